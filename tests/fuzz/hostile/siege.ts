import * as Y from "yjs";
import { slotText } from "#collab";
import { assertFresh, assertReloads, assertWhole } from "../../support/laws.ts";
import { random } from "../../support/random.ts";
import { Cast } from "../cast.ts";
import { EDITS } from "../edits/every.ts";
import type { EditName } from "../edits/every.ts";
import { SLOTS } from "../stage.ts";
import { ATTACKS } from "./attacks.ts";
import { assertServes } from "./service.ts";

/** What the honest do meanwhile. */
const ORDINARY: readonly EditName[] = [
  "type",
  "keyboard",
  "enter",
  "erase",
  "shape",
  "split",
  "kind",
  "join",
  "deleteRange",
  "mark",
  "retype",
  "copy",
  "drag",
  "shift",
  "pasteText",
  "everything",
];

/**
 * Law 2: two honest editors and a hostile client on one document. After everything that the client does, each editor
 * shows a valid document with its skeleton whole, the same as a fresh parse, and goes on working. In the end the
 * document does everything that a report does; exports take time, so they are made only where `exports` says so.
 */
export async function runHostile(seed: number, exports: boolean): Promise<void> {
  const r = random(seed);
  const cast = new Cast(2, SLOTS, Y.encodeStateAsUpdate(new Y.Doc()));
  const hostile = new Y.Doc();
  hostile.clientID = 666;
  let n = 0;
  const fresh = (): string => String.fromCodePoint((n % 5 === 4 ? 0x20000 : 0x4e00) + n++);
  const done: string[] = [];
  try {
    for (let step = 0; step < 14; step++) {
      const person = r.pick(cast.people);
      const { desk } = person;
      const name = r.pick(ORDINARY);
      const hand = { desk, r, fresh, cut: null, keepCut: () => undefined, remarks: [] };
      done.push(`${person.name} ${name} ${EDITS[name](hand)?.what ?? "-"}`);
      assertFresh(desk.state.doc, desk.doc, SLOTS);
      if (r() < 0.2) done.push(`${person.name} undo ${desk.history.undo()}`);
      Y.applyUpdate(hostile, Y.encodeStateAsUpdate(cast.body, Y.encodeStateVector(hostile)));
      if (r() < 0.7) {
        const attack = r.pick(Object.keys(ATTACKS));
        done.push(`attack ${attack}`);
        hostile.transact(() => ATTACKS[attack]?.(hostile, slotText(hostile, r.pick(SLOTS)), r));
        Y.applyUpdate(cast.body, Y.encodeStateAsUpdate(hostile, Y.encodeStateVector(cast.body)));
      }
      if (r() < 0.7) cast.reconnect(person);
      for (const { desk } of cast.people) {
        assertWhole(desk.state.doc, SLOTS);
        assertFresh(desk.state.doc, desk.doc, SLOTS);
      }
    }
    cast.quiesce();
    for (const { desk } of cast.people) assertReloads(desk.state.doc, desk.doc, SLOTS);
    await assertServes(Y.encodeStateAsUpdate(cast.body), exports);
  } catch (cause) {
    const told = cause instanceof Error ? cause.stack : String(cause);
    throw new Error(`hostile seed ${seed}: ${told}\n${done.join("\n")}`, { cause });
  } finally {
    cast.destroy();
  }
}
