import type { Person } from "#model";
import { removeAwarenessStates } from "y-protocols/awareness";
import type { Awareness } from "y-protocols/awareness";
import type { Seat } from "./guest.ts";

/** The longest cursor, as JSON: two relative positions with room to spare. */
const LONGEST_CURSOR = 1000;

/** As how many Yjs clients one guest may be present at a document: a page has another each time it is loaded. */
const MOST_PRESENCES = 100;

/** Dark enough for white letters on them, and told apart by most eyes. */
const COLOURS = ["#8a1c1c", "#1d5fa8", "#2b6e3f", "#7a4a00", "#6a3fa0", "#00696b", "#a03070", "#4a5a10"] as const;

/** The same colour for a person everywhere. */
function colourOf(person: Person): string {
  let sum = 0;
  for (const letter of person.id) sum = (Math.imul(sum, 31) + (letter.codePointAt(0) ?? 0)) >>> 0;
  return COLOURS[sum % COLOURS.length] ?? COLOURS[0];
}

/**
 * Rewrites what a guest says of who is present, so that it speaks for the guest alone: the name and colour come from
 * the server, one Yjs client per seat, and only the cursor is taken over. Only those who may write the body are seen.
 *
 * `states` is Hocuspocus' scratch copy of the message; its first entry is that copy's own client, which nobody sent,
 * and of the rest one is heard: a client speaks for itself alone. `owns` says whether a client id is this person's to
 * use, and keeps it for the person where `claim` is true. What a message says of clients that are gone is passed over.
 * Gives what speaks against the guest: another's client, or more clients than pages are loaded.
 */
export async function rewritePresence(
  states: Map<number, Record<string, unknown>>,
  seat: Seat | undefined,
  present: Awareness,
  owns: (seat: Seat, client: number, claim: boolean) => Promise<boolean>,
): Promise<"foreign-client" | "flooding" | null> {
  const [, entry, ...others] = [...states.entries()];
  states.clear();
  if (seat?.name.kind !== "body" || seat.right !== "write" || !entry) return null;
  for (const [other] of others) if (!(await owns(seat, other, false))) return "foreign-client";
  const [client, state] = entry;
  if (client !== seat.presence) {
    if (!(await owns(seat, client, seat.presences < MOST_PRESENCES))) return "foreign-client";
    if (++seat.presences > MOST_PRESENCES) return "flooding";
  }
  // A page that has reloaded its document is present under a new client, and no longer under the old one.
  if (seat.presence !== null && seat.presence !== client) removeAwarenessStates(present, [seat.presence], null);
  seat.presence = client;
  const { me } = seat.member;
  const cursor = smallJson(state["cursor"]);
  states.set(client, {
    user: { id: me.id, name: me.name, color: colourOf(me) },
    ...(cursor === undefined ? {} : { cursor }),
  });
  return null;
}

function smallJson(value: unknown): unknown {
  if (value === null || typeof value !== "object") return undefined;
  const text = JSON.stringify(value);
  return text.length > LONGEST_CURSOR ? undefined : JSON.parse(text);
}
