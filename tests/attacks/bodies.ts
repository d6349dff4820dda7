import * as encoding from "lib0/encoding";
import * as Y from "yjs";
import { fieldsMap, slotText } from "#collab";
import type { Attack, Raid } from "./attack.ts";
import { ending, force, knock, settled, updateOf } from "./attack.ts";
import { SLOT } from "./stage.ts";

/** Writes into the text on top of what there is. */
function write(raid: Raid, edit: (doc: Y.Doc) => void, how: { client?: number; step?: 1 | 2 } = {}): Promise<string> {
  return force(raid, raid.body, updateOf(raid.stage.at("body").doc, edit, how.client), how.step);
}

/** A few bytes that say: of this client, so many things were once there and are gone. */
function emptySpace(client: number, clock: number, length: number): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const number of [1, 1, client, clock]) encoding.writeVarUint(encoder, number);
  encoding.writeUint8(encoder, 0);
  encoding.writeVarUint(encoder, length);
  encoding.writeVarUint(encoder, 0);
  return encoding.toUint8Array(encoder);
}

/** The second half of two words: it needs the first, which nobody has. */
function secondHalf(): Uint8Array {
  const doc = new Y.Doc();
  slotText(doc, SLOT).insert(0, "một");
  const first = Y.encodeStateVector(doc);
  slotText(doc, SLOT).insert(3, "hai");
  return Y.encodeStateAsUpdate(doc, first);
}

/** Hangs its word on an item of a client that nobody knows. */
function hanging(): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 1;
  slotText(doc, SLOT).insert(0, "một");
  const before = Y.encodeStateVector(doc);
  doc.clientID = 2;
  slotText(doc, SLOT).insert(3, "hai");
  return Y.encodeStateAsUpdate(doc, before);
}

/** Deletes what was never written. */
function deletion(client: number, clock: number, length: number): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const number of [0, 1, client, 1, clock, length]) encoding.writeVarUint(encoder, number);
  return encoding.toUint8Array(encoder);
}

/** The client of the report's first text, which the server wrote. */
function seedClient(doc: Y.Doc, own: number): number {
  return [...doc.store.clients.keys()].find((client) => client !== own) ?? 0;
}

/** What is sent into the text: others' clients, holes, foreign shapes, and by whom it must not be written. */
export const BODY_ATTACKS: readonly Attack[] = [
  {
    name: "words by another's Yjs client",
    as: "drafter",
    still: true,
    outcome: "4422 foreign-client",
    run: (raid) =>
      write(raid, (doc) => slotText(doc, SLOT).insert(1, "giả"), { client: raid.stage.at("body").doc.clientID }),
  },
  {
    name: "words by another's Yjs client, as a joining page sends them",
    as: "drafter",
    still: true,
    outcome: "4422 foreign-client",
    run: (raid) =>
      write(raid, (doc) => slotText(doc, SLOT).insert(1, "giả"), {
        client: raid.stage.at("body").doc.clientID,
        step: 1,
      }),
  },
  {
    name: "words by the server's own Yjs client",
    as: "drafter",
    outcome: "4422 foreign-client",
    run: (raid) => {
      const { doc } = raid.stage.at("body");
      const client = seedClient(doc, doc.clientID);
      return write(raid, (copy) => slotText(copy, SLOT).insert(1, "giả"), { client });
    },
  },
  {
    name: "words in the place of a letter that another has written meanwhile",
    as: "drafter",
    outcome: "no effect",
    run: async (raid) => {
      const { doc } = raid.stage.at("body");
      const forged = updateOf(doc, (copy) => slotText(copy, SLOT).insert(1, "g"), doc.clientID);
      const intruder = raid.enter();
      await intruder.sit(raid.body);
      raid.stage.work();
      await raid.stage.at("body").saved();
      intruder.update(raid.body, forged);
      return settled(intruder, raid.body);
    },
  },
  {
    name: "bytes that are no update",
    as: "drafter",
    outcome: "4422 malformed",
    run: (raid) => force(raid, raid.body, Uint8Array.of(1, 2, 3, 250, 251)),
  },
  {
    name: "update cut in the middle",
    as: "drafter",
    outcome: "4422 malformed",
    run: (raid) => {
      const whole = updateOf(raid.stage.at("body").doc, (doc) => slotText(doc, SLOT).insert(1, "nửa lời"));
      return force(raid, raid.body, whole.slice(0, Math.floor(whole.length / 2)));
    },
  },
  {
    name: "update that waits for what nobody has",
    as: "drafter",
    outcome: "4422 pending",
    run: (raid) => force(raid, raid.body, secondHalf()),
  },
  {
    name: "update that waits for what nobody has, as a joining page sends it",
    as: "drafter",
    outcome: "4422 pending",
    run: (raid) => force(raid, raid.body, secondHalf(), 1),
  },
  {
    name: "word that hangs on an unknown client's",
    as: "drafter",
    outcome: "4422 pending",
    run: (raid) => force(raid, raid.body, hanging()),
  },
  {
    name: "deletion of what was never written",
    as: "drafter",
    outcome: "4422 pending",
    run: (raid) => force(raid, raid.body, deletion(raid.stage.at("body").doc.clientID, 500_000, 10)),
  },
  {
    name: "two thousand million units of emptiness",
    as: "drafter",
    outcome: "4422 absurd-length",
    run: (raid) => force(raid, raid.body, emptySpace(77, 0, 2 ** 31)),
  },
  {
    name: "emptiness that fills up another's client",
    as: "drafter",
    still: true,
    outcome: "4422 foreign-client",
    run: (raid) => {
      const { doc } = raid.stage.at("body");
      return force(raid, raid.body, emptySpace(doc.clientID, Y.getState(doc.store, doc.clientID), 1000));
    },
  },
  {
    name: "root that no report has",
    as: "drafter",
    outcome: "4422 unknown-root",
    run: (raid) => write(raid, (doc) => doc.getMap("evil").set("a", 1)),
  },
  {
    name: "slot that the template has not",
    as: "drafter",
    outcome: "4422 unknown-root",
    run: (raid) => write(raid, (doc) => slotText(doc, "no-slot").insert(0, "x")),
  },
  {
    name: "table without a cell's whole name",
    as: "drafter",
    outcome: "4422 unknown-root",
    run: (raid) => write(raid, (doc) => doc.getText("table:t1:row").insert(0, "x")),
  },
  {
    name: "the text taken for a map",
    as: "drafter",
    outcome: "4422 unknown-root",
    run: (raid) =>
      force(
        raid,
        raid.body,
        updateOf(new Y.Doc(), (doc) => doc.getMap(`slot:${SLOT}`).set("b", 1)),
      ),
  },
  {
    name: "Y.Map in a field",
    as: "drafter",
    outcome: "4422 nested-type",
    run: (raid) => write(raid, (doc) => fieldsMap(doc).set("a", new Y.Map())),
  },
  {
    name: "tree in the place of a table",
    as: "drafter",
    outcome: "4422 nested-type",
    run: (raid) => write(raid, (doc) => doc.getXmlFragment("table:t1").insert(0, [new Y.XmlElement("table_row")])),
  },
  {
    name: "object in the text",
    as: "drafter",
    outcome: "4422 nested-type",
    run: (raid) => write(raid, (doc) => slotText(doc, SLOT).insertEmbed(1, { image: "x" })),
  },
  {
    name: "format a hundred deep",
    as: "drafter",
    outcome: "4422 nested-type",
    run: (raid) => {
      let b: unknown = 1;
      for (let i = 0; i < 100; i++) b = [b];
      return write(raid, (doc) => slotText(doc, SLOT).insert(1, "x", { b }));
    },
  },
  {
    name: "the text opened by a delegate",
    as: "delegate",
    outcome: "door: forbidden",
    run: (raid) => knock(raid, raid.body),
  },
  {
    name: "the text written by a reader",
    as: "reader",
    outcome: "4422 read-only",
    run: (raid) => write(raid, (doc) => slotText(doc, SLOT).insert(1, "lén ")),
  },
  {
    name: "all of the text deleted by a reader",
    as: "reader",
    outcome: "4422 read-only",
    run: (raid) =>
      write(raid, (doc) => {
        const text = slotText(doc, SLOT);
        text.delete(0, text.length);
      }),
  },
  {
    name: "the text written by a reader, as a joining page sends it",
    as: "reader",
    outcome: "not stored",
    run: async (raid) => {
      const intruder = raid.enter();
      await intruder.sit(raid.body);
      const doc = raid.stage.at("body").doc;
      intruder.update(
        raid.body,
        updateOf(doc, (copy) => slotText(copy, SLOT).insert(1, "lén ")),
        1,
      );
      await Promise.race([intruder.until(() => intruder.answers.length > 0), intruder.closed]);
      return intruder.answers[0] === false ? "not stored" : ending(intruder);
    },
  },
  {
    name: "the victim's own update played again, 200 times",
    as: "drafter",
    outcome: "no effect",
    run: async (raid) => {
      const intruder = raid.enter();
      await intruder.sit(raid.body);
      const whole = Y.encodeStateAsUpdate(raid.stage.at("body").doc);
      for (let i = 0; i < 200; i++) intruder.update(raid.body, whole, i % 2 === 0 ? 2 : 1);
      return settled(intruder, raid.body);
    },
  },
  {
    name: "a good update behind a forged one, in one breath",
    as: "drafter",
    still: true,
    outcome: "4422 foreign-client",
    run: (raid) => {
      const { doc } = raid.stage.at("body");
      const put = (word: string, client?: number): Uint8Array =>
        updateOf(doc, (copy) => slotText(copy, SLOT).insert(1, word), client);
      return force(raid, raid.body, [put("giả", doc.clientID), put("thật"), put("thật")]);
    },
  },
];
