import * as Y from "yjs";
import { putComment } from "#comments";
import type { Attack, Raid } from "./attack.ts";
import { ending, settled } from "./attack.ts";
import type { Intruder } from "./intruder.ts";
import { QUERY_AWARENESS } from "./intruder.ts";

const nothing = (): void => undefined;

async function seated(raid: Raid, name = raid.body): Promise<Intruder> {
  const intruder = raid.enter();
  await intruder.sit(name);
  return intruder;
}

/** So many updates of a megabyte of comments each, of the attacker's own. */
function megabytes(raid: Raid, count: number): Uint8Array[] {
  const doc = new Y.Doc();
  const author = raid.me.person.id;
  return Array.from({ length: count }, (_, n) => {
    const before = Y.encodeStateVector(doc);
    doc.transact(() => {
      for (let i = 0; i < 100; i++)
        putComment(doc, raid.stage.comment(author, `x${n}-${i}-${author}`, { text: "x".repeat(10_000) }));
    });
    return Y.encodeStateAsUpdate(doc, before);
  });
}

/** Too much of something. */
export const FLOOD_ATTACKS: readonly Attack[] = [
  {
    name: "6,000 messages at once",
    as: "drafter",
    outcome: "4429 flooding",
    run: async (raid) => {
      const intruder = await seated(raid);
      for (let i = 0; i < 6000; i++) intruder.send(raid.body, QUERY_AWARENESS, nothing);
      return ending(intruder);
    },
  },
  {
    name: "back at once after a flood",
    as: "drafter",
    outcome: "4429 flooding",
    run: async (raid) => {
      const first = await seated(raid);
      for (let i = 0; i < 6000; i++) first.send(raid.body, QUERY_AWARENESS, nothing);
      await first.closed;
      const second = raid.enter();
      await second.opened();
      for (let i = 0; i < 1000; i++) second.send(raid.body, QUERY_AWARENESS, nothing);
      return ending(second);
    },
  },
  {
    name: "60 MB in a minute's time",
    as: "drafter",
    outcome: "4429 flooding",
    run: async (raid) => {
      const intruder = await seated(raid);
      const state = { cursor: "x".repeat(2 * 1024 * 1024) };
      for (let clock = 1; clock <= 30; clock++) intruder.present(raid.body, [{ client: 5, clock, state }]);
      return ending(intruder);
    },
  },
  {
    name: "1,001 sockets by one link",
    as: "drafter",
    outcome: "4429 flooding",
    run: async (raid) => {
      const crowd: Intruder[] = [];
      for (let round = 0; round < 10; round++) {
        const some = Array.from({ length: 100 }, () => raid.enter());
        await Promise.all(some.map((one) => one.opened()));
        crowd.push(...some);
      }
      const last = await ending(raid.enter());
      for (const one of crowd) one.socket.terminate();
      return last;
    },
  },
  {
    name: "message of 5 MB",
    as: "drafter",
    outcome: "1009",
    run: async (raid) => {
      const intruder = await seated(raid);
      intruder.socket.send(new Uint8Array(5 * 1024 * 1024), { compress: false });
      return ending(intruder);
    },
  },
  {
    name: "message that unpacks to 50 MB",
    as: "drafter",
    outcome: "1009",
    run: async (raid) => {
      const intruder = await seated(raid);
      intruder.socket.send(new Uint8Array(50 * 1024 * 1024), { compress: true });
      return ending(intruder);
    },
  },
  {
    name: "more comments than a person's notes hold",
    as: "delegate",
    outcome: "4422 too-large",
    run: async (raid) => {
      const intruder = await seated(raid, raid.notes);
      for (const update of megabytes(raid, 10)) intruder.update(raid.notes, update);
      return ending(intruder);
    },
  },
  {
    name: "5 MB for a document that was not opened",
    as: "drafter",
    outcome: "4429 flooding",
    run: async (raid) => {
      const intruder = raid.enter();
      await intruder.opened();
      for (let i = 0; i < 5; i++) intruder.update(raid.body, new Uint8Array(1024 * 1024));
      return ending(intruder);
    },
  },
  {
    name: "one's own update played again until it would fill the document",
    as: "delegate",
    outcome: "no effect",
    run: async (raid) => {
      const intruder = await seated(raid, raid.notes);
      const [update] = megabytes(raid, 1);
      for (let i = 0; i < 20; i++) if (update) intruder.update(raid.notes, update);
      return settled(intruder, raid.notes);
    },
  },
  {
    name: "a large document asked for again and again",
    as: "delegate",
    outcome: "4429 flooding",
    run: async (raid) => {
      const intruder = await seated(raid, raid.notes);
      for (const update of megabytes(raid, 5)) intruder.update(raid.notes, update);
      await settled(intruder, raid.notes);
      for (let i = 0; i < 40; i++) intruder.ask(raid.notes);
      return ending(intruder);
    },
  },
  {
    name: "500 Yjs clients present at once",
    as: "drafter",
    outcome: "4429 flooding",
    run: async (raid) => {
      const intruder = await seated(raid);
      for (let i = 0; i < 500; i++) intruder.present(raid.body, [{ client: 9_000_000 + i, clock: 1, state: {} }]);
      return ending(intruder);
    },
  },
  {
    name: "600 Yjs clients in one update",
    as: "drafter",
    outcome: "4422 too-large",
    run: async (raid) => {
      const intruder = await seated(raid);
      const doc = new Y.Doc();
      for (let i = 0; i < 600; i++) {
        doc.clientID = 8_000_000 + i;
        doc.getMap("fields").set(`f${i}`, "x");
      }
      intruder.update(raid.body, Y.encodeStateAsUpdate(doc));
      return ending(intruder);
    },
  },
];
