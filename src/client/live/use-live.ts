import { useSyncExternalStore } from "react";
import type { Missed } from "./absence.ts";
import type { LiveReport } from "./live-report.ts";
import type { Ended, SyncState } from "./sync-state.ts";

/** Whether the person's work is safe; the component is drawn again when that changes. */
export function useSyncState(live: LiveReport): SyncState {
  return useSyncExternalStore(live.subscribe, live.getSyncState);
}

/** What others changed while one was away; null where nothing is to be told. */
export function useMissed(live: LiveReport): Missed | null {
  return useSyncExternalStore(live.subscribe, live.getMissed);
}

/** How the connection has ended for good, or null: the component is not drawn again for every word that is saved. */
export function useEnding(live: LiveReport): Ended | null {
  return useSyncExternalStore(live.subscribe, () => {
    const { kind } = live.getSyncState();
    return kind === "signed-out" || kind === "revoked" || kind === "gone" ? kind : null;
  });
}
