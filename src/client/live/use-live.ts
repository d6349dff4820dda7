import { useCallback, useSyncExternalStore } from "react";
import { afterFrame, notAfterFrame } from "../ui/after-frame.ts";
import type { Missed } from "./absence.ts";
import type { LiveReport } from "./live-report.ts";
import type { Ended, SyncState } from "./sync-state.ts";

/** Whether the person's work is safe; the component is drawn again whenever that changes, several times with every letter. */
export function useSyncState(live: LiveReport): SyncState {
  return useStateOf(live, (state) => state);
}

/**
 * One value of what is known of whether the person's work is safe; the component is drawn again only when that value
 * changes, right after the next frame: a letter is never kept waiting for the news that it is being saved.
 */
export function useStateOf<T>(live: LiveReport, pick: (state: SyncState) => T): T {
  const subscribe = useCallback(
    (listener: () => void) => {
      const stop = live.subscribe(() => afterFrame(listener));
      return () => {
        stop();
        notAfterFrame(listener);
      };
    },
    [live],
  );
  return useSyncExternalStore(subscribe, () => pick(live.getSyncState()));
}

/** What others changed while one was away; null where nothing is to be told. */
export function useMissed(live: LiveReport): Missed | null {
  return useSyncExternalStore(live.subscribe, live.getMissed);
}

/** How the connection has ended for good, or null: the component is not drawn again for every word that is saved. */
export function useEnding(live: LiveReport): Ended | null {
  return useStateOf(live, ({ kind }) => (kind === "signed-out" || kind === "revoked" || kind === "gone" ? kind : null));
}
