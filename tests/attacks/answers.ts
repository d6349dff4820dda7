import * as Y from "yjs";
import {
  anchorRange,
  confirmPlace,
  mergeComments,
  mergesMap,
  placingsMap,
  refusePlace,
  separateComment,
} from "#comments";
import { slotText } from "#collab";
import type { Spot } from "#model";
import type { Attack, Raid } from "./attack.ts";
import { force, knock, updateOf } from "./attack.ts";
import { RECORDS, SLOT } from "./stage.ts";

const DAY = 24 * 3600 * 1000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY).toISOString();

/** Writes into the document of the committee's answers, on top of what there is. */
function write(raid: Raid, edit: (doc: Y.Doc) => void, how: { client?: number; step?: 1 | 2 } = {}): Promise<string> {
  return force(raid, raid.decisions, updateOf(raid.stage.at("decisions").doc, edit, how.client), how.step);
}

/** Says of the victims' later comment that it is answered with another; in the attacker's name, now, but for `more`. */
function merge(raid: Raid, more: Readonly<Record<string, unknown>>, key: string = RECORDS.later): Promise<string> {
  const record = { comment: key, with: RECORDS.comment, by: raid.me.person.id, at: inDays(0), ...more };
  return write(raid, (doc) => mergesMap(doc).set(key, record));
}

/** Says of the victims' later comment where it stands; in the attacker's name, now, but for `more`. */
function place(raid: Raid, more: Readonly<Record<string, unknown>>, key: string = RECORDS.later): Promise<string> {
  const record = { comment: key, here: spot(raid), not: [], by: raid.me.person.id, at: inDays(0), ...more };
  return write(raid, (doc) => placingsMap(doc).set(key, record));
}

function spot(raid: Raid): Spot {
  return { slot: SLOT, anchor: anchorRange(slotText(raid.stage.at("body").doc, SLOT), 1, 4).anchor };
}

const drafterOf = ({ stage }: Raid): string => stage.victims.drafter.person.id;
const chairOf = ({ stage }: Raid): string => stage.victims.chair.person.id;

/** What is said of which comments are answered together. */
const MERGE_ATTACKS: readonly Attack[] = [
  {
    name: "merge in another drafter's name",
    as: "drafter",
    outcome: "4422 not-yours",
    run: (raid) =>
      write(raid, (doc) => mergeComments(doc, [RECORDS.later], RECORDS.comment, drafterOf(raid), inDays(0))),
  },
  {
    name: "merge in the chair's name, as a joining page sends it",
    as: "drafter",
    outcome: "4422 not-yours",
    run: (raid) =>
      write(raid, (doc) => mergeComments(doc, [RECORDS.later], RECORDS.comment, chairOf(raid), inDays(0)), { step: 1 }),
  },
  {
    name: "merge in a drafter's name by the chair",
    as: "chair",
    outcome: "4422 not-yours",
    run: (raid) =>
      write(raid, (doc) => mergeComments(doc, [RECORDS.later], RECORDS.comment, drafterOf(raid), inDays(0))),
  },
  {
    name: "comment separated in another drafter's name",
    as: "drafter",
    outcome: "4422 not-yours",
    run: (raid) => write(raid, (doc) => separateComment(doc, RECORDS.same, drafterOf(raid), inDays(0))),
  },
  {
    name: "merge by another's Yjs client",
    as: "drafter",
    outcome: "4422 foreign-client",
    run: (raid) =>
      write(raid, (doc) => mergeComments(doc, [RECORDS.later], RECORDS.comment, raid.me.person.id, inDays(0)), {
        client: raid.stage.at("decisions").doc.clientID,
      }),
  },
  {
    name: "merge under another comment's key",
    as: "drafter",
    outcome: "4422 bad-record",
    run: (raid) => merge(raid, { comment: RECORDS.comment, with: RECORDS.same }),
  },
  {
    name: "merge under a key that no comment has",
    as: "drafter",
    outcome: "4422 bad-record",
    run: (raid) => merge(raid, {}, "nobody"),
  },
  {
    name: "merge under the key __proto__",
    as: "drafter",
    outcome: "4422 bad-record",
    run: (raid) => merge(raid, {}, "__proto__"),
  },
  {
    name: "merge with a comment that is not there",
    as: "drafter",
    outcome: "4422 bad-record",
    run: (raid) => merge(raid, { with: "nobody" }),
  },
  {
    name: "merge of a comment with itself",
    as: "drafter",
    outcome: "4422 bad-record",
    run: (raid) => merge(raid, { with: RECORDS.later }),
  },
  {
    name: "merge with fields that none has",
    as: "drafter",
    outcome: "4422 bad-record",
    run: (raid) => merge(raid, { validatedBy: chairOf(raid) }),
  },
  {
    name: "merge of the year 2000",
    as: "drafter",
    outcome: "4422 bad-record",
    run: (raid) => merge(raid, { at: "2000-01-01T00:00:00.000Z" }),
  },
  {
    name: "merge of next week",
    as: "drafter",
    outcome: "4422 bad-record",
    run: (raid) => merge(raid, { at: inDays(7) }),
  },
  {
    name: "number in the place of a merge",
    as: "drafter",
    outcome: "4422 bad-record",
    run: (raid) => write(raid, (doc) => mergesMap(doc).set(RECORDS.later, 2 ** 53)),
  },
  {
    name: "Y.Map in the place of a merge",
    as: "drafter",
    outcome: "4422 nested-type",
    run: (raid) => write(raid, (doc) => mergesMap(doc).set(RECORDS.later, new Y.Map([["comment", RECORDS.later]]))),
  },
  {
    name: "merges taken for a text",
    as: "drafter",
    outcome: "4422 unknown-root",
    run: (raid) =>
      force(
        raid,
        raid.decisions,
        updateOf(new Y.Doc(), (doc) => doc.getText("merges").insert(0, "x")),
      ),
  },
  {
    name: "others' merges deleted",
    as: "drafter",
    outcome: "4422 bad-record",
    run: (raid) => write(raid, (doc) => mergesMap(doc).clear()),
  },
  {
    name: "others' merges deleted by the chair",
    as: "chair",
    outcome: "4422 bad-record",
    run: (raid) => write(raid, (doc) => mergesMap(doc).delete(RECORDS.same)),
  },
  {
    name: "others' merges deleted behind a good one, in one update",
    as: "drafter",
    outcome: "4422 bad-record",
    run: (raid) =>
      write(raid, (doc) => {
        mergeComments(doc, [RECORDS.later], RECORDS.comment, raid.me.person.id, inDays(0));
        mergesMap(doc).delete(RECORDS.same);
      }),
  },
];

/** What is said of where comments stand whose words are gone. */
const PLACE_ATTACKS: readonly Attack[] = [
  {
    name: "place confirmed in another drafter's name",
    as: "drafter",
    outcome: "4422 not-yours",
    run: (raid) => write(raid, (doc) => confirmPlace(doc, RECORDS.later, spot(raid), drafterOf(raid), inDays(0))),
  },
  {
    name: "place refused in the chair's name, as a joining page sends it",
    as: "drafter",
    outcome: "4422 not-yours",
    run: (raid) =>
      write(raid, (doc) => refusePlace(doc, RECORDS.same, spot(raid), chairOf(raid), inDays(0)), { step: 1 }),
  },
  {
    name: "place confirmed in a drafter's name by the chair",
    as: "chair",
    outcome: "4422 not-yours",
    run: (raid) => write(raid, (doc) => confirmPlace(doc, RECORDS.later, spot(raid), drafterOf(raid), inDays(0))),
  },
  {
    name: "place by another's Yjs client",
    as: "drafter",
    outcome: "4422 foreign-client",
    run: (raid) =>
      write(raid, (doc) => confirmPlace(doc, RECORDS.later, spot(raid), raid.me.person.id, inDays(0)), {
        client: raid.stage.at("decisions").doc.clientID,
      }),
  },
  {
    name: "place under another comment's key",
    as: "drafter",
    outcome: "4422 bad-record",
    run: (raid) => place(raid, { comment: RECORDS.comment }),
  },
  {
    name: "place of a comment that is not there",
    as: "drafter",
    outcome: "4422 bad-record",
    run: (raid) => place(raid, {}, "nobody"),
  },
  {
    name: "place in a slot that is not there",
    as: "drafter",
    outcome: "4422 bad-record",
    run: (raid) => place(raid, { here: { ...spot(raid), slot: "no-slot" } }),
  },
  {
    name: "place refused in a slot that is not there",
    as: "drafter",
    outcome: "4422 bad-record",
    run: (raid) => place(raid, { not: [{ ...spot(raid), slot: "no-slot" }] }),
  },
  {
    name: "place with an anchor of 100,000 letters",
    as: "drafter",
    outcome: "4422 bad-record",
    run: (raid) => place(raid, { here: { slot: SLOT, anchor: { start: "A".repeat(100_000), end: "AA==" } } }),
  },
  {
    name: "1,000 places refused at once",
    as: "drafter",
    outcome: "4422 bad-record",
    run: (raid) => place(raid, { here: null, not: Array.from({ length: 1000 }, () => spot(raid)) }),
  },
  {
    name: "place with fields that none has",
    as: "drafter",
    outcome: "4422 bad-record",
    run: (raid) => place(raid, { role: "chair" }),
  },
  {
    name: "place of the year 2000",
    as: "drafter",
    outcome: "4422 bad-record",
    run: (raid) => place(raid, { at: "2000-01-01T00:00:00.000Z" }),
  },
  {
    name: "place of next week",
    as: "drafter",
    outcome: "4422 bad-record",
    run: (raid) => place(raid, { at: inDays(7) }),
  },
  {
    name: "bytes in the place of a place",
    as: "drafter",
    outcome: "4422 nested-type",
    run: (raid) => write(raid, (doc) => placingsMap(doc).set(RECORDS.later, new Uint8Array(64))),
  },
  {
    name: "others' places deleted",
    as: "drafter",
    outcome: "4422 bad-record",
    run: (raid) => write(raid, (doc) => placingsMap(doc).clear()),
  },
  {
    name: "others' places deleted by the chair",
    as: "chair",
    outcome: "4422 bad-record",
    run: (raid) => write(raid, (doc) => placingsMap(doc).delete(RECORDS.same)),
  },
];

/** By people who have no business with answers: a document that is not opened takes nothing from them either. */
const OUTSIDERS: readonly Attack[] = (["delegate", "reader"] as const).flatMap((as): Attack[] => [
  {
    name: `merges and places opened by a ${as}`,
    as,
    outcome: "door: forbidden",
    run: (raid) => knock(raid, raid.decisions),
  },
  {
    name: `merge by a ${as}`,
    as,
    outcome: "door: forbidden",
    run: (raid) => merge(raid, {}),
  },
  {
    name: `place by a ${as}`,
    as,
    outcome: "door: forbidden",
    run: (raid) => place(raid, {}),
  },
  {
    name: `merge by a ${as} without asking for the document`,
    as,
    outcome: "no effect",
    run: (raid) => unasked(raid, (doc) => mergesMap(doc).clear()),
  },
  {
    name: `merges and places in the notes of a ${as}`,
    as,
    outcome: as === "delegate" ? "4422 unknown-root" : "door: forbidden",
    run: (raid) =>
      force(
        raid,
        raid.notes,
        updateOf(new Y.Doc(), (doc) => {
          mergeComments(doc, [RECORDS.later], RECORDS.comment, raid.me.person.id, inDays(0));
          confirmPlace(doc, RECORDS.later, spot(raid), raid.me.person.id, inDays(0));
        }),
      ),
  },
]);

/** Sends into a document that one has not sat down at. */
async function unasked(raid: Raid, edit: (doc: Y.Doc) => void): Promise<string> {
  const intruder = raid.enter();
  await intruder.opened();
  intruder.update(raid.decisions, updateOf(raid.stage.at("decisions").doc, edit));
  const denied = await intruder.sit(raid.decisions);
  return denied === null ? "opened" : "no effect";
}

/** Merges of comments and places of comments that are not the sender's to give, and records that are none. */
export const ANSWER_ATTACKS: readonly Attack[] = [...MERGE_ATTACKS, ...PLACE_ATTACKS, ...OUTSIDERS];
