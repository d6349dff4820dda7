import { useSyncExternalStore } from "react";
import type { LiveReport } from "./live-report.ts";
import type { SyncState } from "./sync-state.ts";

/** Whether the person's work is safe; the component is drawn again when that changes. */
export function useSyncState(live: LiveReport): SyncState {
  return useSyncExternalStore(live.subscribe, live.getSyncState);
}
