import type { Version } from "#model";
import { TongketError } from "#model";
import { api } from "../../app/api.ts";
import type { LiveReport } from "../../live/live-report.ts";

/** How long one waits for one's own last words to reach the server before a version is given up, in milliseconds. */
const PATIENCE = 10_000;

/** What of a live report it takes to know that every word is on the server. */
type Sending = Pick<LiveReport, "report" | "getSyncState" | "subscribe">;

/**
 * Has the server keep the text as it is under a name. It waits until the server has every word of this person, so that
 * the version holds what the person sees. Throws `version-unsaved` where that takes too long, and what the server says.
 */
export async function saveVersion(live: Sending, name: string): Promise<Version> {
  if (!(await everythingSent(live))) throw new TongketError("version-unsaved");
  return api.makeVersion(live.report, { name });
}

function everythingSent(live: Sending): Promise<boolean> {
  return new Promise((resolve) => {
    let stop: () => void = () => undefined;
    const timer = setTimeout(() => end(false), PATIENCE);
    const end = (sent: boolean): void => {
      clearTimeout(timer);
      stop();
      resolve(sent);
    };
    const look = (): void => {
      const { kind, unsaved } = live.getSyncState();
      if (unsaved === 0 && kind === "saved") end(true);
      else if (kind === "offline" || kind === "refused" || kind === "signed-out" || kind === "gone") end(false);
    };
    stop = live.subscribe(look);
    look();
  });
}
