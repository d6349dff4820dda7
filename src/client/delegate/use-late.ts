import { useEffect, useMemo, useState } from "react";
import { readBoard, readNotes } from "#comments";
import type { Comment, Stance } from "#model";
import type { LiveReport } from "../live/live-report.ts";
import { useStateOf } from "../live/use-live.ts";
import { lateAnswers } from "./late-answers.ts";
import { lateComments, unreceived } from "./late-comments.ts";

/** What came too late and is kept on this device, and how to forget it. */
export interface Late {
  readonly comments: readonly Comment[];
  readonly answers: readonly Stance[];
  readonly forget: (id: string) => void;
  readonly forgetAnswer: (round: number) => void;
}

/**
 * What is on this device and came too late. When the server refuses the notes because their round is closed, what it has
 * not received joins these, and the page loads anew without it.
 */
export function useLate(live: LiveReport): Late {
  const { report, person } = live;
  const late = useMemo(() => lateComments(report, person), [report, person]);
  const kept = useMemo(() => lateAnswers(report, person), [report, person]);
  const [comments, setComments] = useState(() => late.read());
  const [answers, setAnswers] = useState(() => kept.read());
  const refused = useStateOf(live, ({ kind, reason }) => kind === "refused" && reason === "round-closed");
  useEffect(() => {
    if (!refused) return undefined;
    const board = live.document("board");
    let isKept = false;
    const keep = (): void => {
      // Only the server's own board says what it has received.
      if (isKept || !board.state.exchanged) return;
      const notes = readNotes(live.document("notes").doc, person);
      // No board tells a delegate's answers: which of them came too late shows once the notes are the server's again.
      isKept = late.add(unreceived(notes, readBoard(board.doc))) && kept.add(notes.stances);
      // What the device does not keep stays in the document.
      if (isKept) void live.discardRefused().then(() => window.location.reload());
    };
    keep();
    board.provider.on("synced", keep);
    return () => {
      board.provider.off("synced", keep);
    };
  }, [refused, live, late, kept, person]);
  const exchanged = useStateOf(live, () => live.document("notes").state.exchanged);
  useEffect(() => {
    if (refused || !exchanged) return;
    kept.check(readNotes(live.document("notes").doc, person).stances);
  }, [refused, exchanged, live, kept, person]);
  const forget = (id: string): void => {
    late.remove(id);
    setComments(late.read());
  };
  const forgetAnswer = (round: number): void => {
    kept.remove(round);
    setAnswers(kept.read());
  };
  // Until the notes are the server's, nobody knows which answers it has.
  const isKnown = answers.checked || (exchanged && !refused);
  return { comments, answers: isKnown ? answers.stances : [], forget, forgetAnswer };
}
