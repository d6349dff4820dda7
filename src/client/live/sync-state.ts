import type { RefusalReason } from "#protocol";
import type { DeviceFault } from "./device-log.ts";

/**
 * Whether what is written here stays on this device when the page closes: `good` where it does, `private` in a private
 * window, `full` where there is no room, `failing` where the browser fails or forbids it.
 */
export type DeviceCondition = "good" | "private" | DeviceFault;

/** How a connection ends for good. */
export type Ended = "signed-out" | "revoked" | "gone";

/**
 * Whether a person's work is safe, over all documents of a report.
 *
 * - `connecting`: the first connection is being made and nothing waits to be saved
 * - `saved`: every change is committed to disk on the server
 * - `saving`: changes are on their way
 * - `offline`: there is no connection; `unsaved` changes wait here and go when it is back
 * - `refused`: the server does not take a change, for `reason`; it stays on this device until discarded
 * - `signed-out`: the server does not know this browser any more; what is kept here waits for the link to be opened
 * - `revoked`: the link was revoked or replaced; what this device kept of the report is forgotten
 * - `gone`: the report was deleted
 */
export interface SyncState {
  readonly kind: "connecting" | "saved" | "saving" | "offline" | "refused" | Ended;
  /** Changes made here that the server has not committed. */
  readonly unsaved: number;
  /** How many of them are committed on this device: at most `unsaved`. */
  readonly kept: number;
  readonly reason: RefusalReason | null;
  readonly device: DeviceCondition;
}

/** What one document contributes to the {@link SyncState}. */
export interface DocumentState {
  /** The exchange of states after connecting is over: the server has all we had, and we what it had. */
  readonly exchanged: boolean;
  readonly unsaved: number;
  /** How many of them are not committed on this device either. */
  readonly unkept: number;
  readonly refused: RefusalReason | null;
}

/** What the socket contributes: `ended` once the server said not to come back. */
export interface SocketState {
  readonly status: "connecting" | "open" | "closed";
  /** True once it was open: from then on `connecting` means coming back. */
  readonly wasOpen: boolean;
  readonly ended: Ended | null;
}

/**
 * The state of a report from the states of its parts. The worst is told: an end before a refusal, a refusal before a
 * missing connection. `saved` is only said where every document is exchanged and nothing is unsaved.
 */
export function syncState(
  socket: SocketState,
  documents: readonly DocumentState[],
  device: DeviceCondition,
): SyncState {
  const unsaved = documents.reduce((sum, document) => sum + document.unsaved, 0);
  const unkept = documents.reduce((sum, document) => sum + document.unkept, 0);
  const reason = documents.find((document) => document.refused !== null)?.refused ?? null;
  const kind = ((): SyncState["kind"] => {
    if (socket.ended !== null) return socket.ended;
    if (reason !== null) return "refused";
    if (socket.status === "closed") return "offline";
    if (socket.status === "connecting") return socket.wasOpen || unsaved > 0 ? "offline" : "connecting";
    if (unsaved > 0) return "saving";
    return documents.every((document) => document.exchanged) ? "saved" : "connecting";
  })();
  return { kind, unsaved, kept: unsaved - unkept, reason, device };
}

/** True where two states say the same, so that nobody is told twice. */
export function sameSyncState(a: SyncState, b: SyncState): boolean {
  return (
    a.kind === b.kind && a.unsaved === b.unsaved && a.kept === b.kept && a.reason === b.reason && a.device === b.device
  );
}

/**
 * True where work would be lost with the page: it is not on the server, and not on the device, or only as long as this
 * window.
 */
export function wouldLose({ unsaved, kept, device }: SyncState): boolean {
  return unsaved > kept || (unsaved > 0 && device === "private");
}
