import { useEffect, useMemo, useState } from "react";
import { readBoard, readNotes } from "#comments";
import type { Comment } from "#model";
import type { LiveReport } from "../live/live-report.ts";
import { useStateOf } from "../live/use-live.ts";
import { lateComments, unreceived } from "./late-comments.ts";

/**
 * The comments on this device that came too late, and how to forget one of them. When the server refuses the notes
 * because their round is closed, what it has not received joins these, and the page loads anew without it.
 */
export function useLateComments(live: LiveReport): [comments: readonly Comment[], forget: (id: string) => void] {
  const { report, person } = live;
  const late = useMemo(() => lateComments(report, person), [report, person]);
  const [comments, setComments] = useState(() => late.read());
  const refused = useStateOf(live, ({ kind, reason }) => kind === "refused" && reason === "round-closed");
  useEffect(() => {
    if (!refused) return undefined;
    const board = live.document("board");
    let kept = false;
    const keep = (): void => {
      // Only the server's own board says what it has received.
      if (kept || !board.state.exchanged) return;
      kept = late.add(unreceived(readNotes(live.document("notes").doc, person), readBoard(board.doc)));
      // What the device does not keep stays in the document.
      if (kept) void live.discardRefused().then(() => window.location.reload());
    };
    keep();
    board.provider.on("synced", keep);
    return () => {
      board.provider.off("synced", keep);
    };
  }, [refused, live, late, person]);
  const forget = (id: string): void => {
    late.remove(id);
    setComments(late.read());
  };
  return [comments, forget];
}
