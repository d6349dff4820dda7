import { useSyncExternalStore } from "react";
import type { LiveReport } from "./live-report.ts";
import type { SyncState } from "./sync-state.ts";

/** Whether the person's work is safe; the component is drawn again when that changes. */
export function useSyncState(live: LiveReport): SyncState {
  return useSyncExternalStore(live.subscribe, live.getSyncState);
}

/** How the connection has ended for good, or null: the component is not drawn again for every word that is saved. */
export function useEnding(live: LiveReport): "signed-out" | "gone" | null {
  return useSyncExternalStore(live.subscribe, () => {
    const { kind } = live.getSyncState();
    return kind === "signed-out" || kind === "gone" ? kind : null;
  });
}
