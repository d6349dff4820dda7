import * as Y from "yjs";
import { readText, slotText } from "#collab";
import type { Template } from "#model";
import { assertFresh, assertReloads, assertWhole } from "../support/laws.ts";
import { Cast } from "./cast.ts";
import { EDITS } from "./edits/every.ts";
import type { EditName } from "./edits/every.ts";
import { SLOTS } from "./stage.ts";
import type { Random } from "../support/random.ts";
import { random } from "../support/random.ts";

const TEMPLATE = {
  id: "hostile",
  outline: SLOTS.map((id) => ({ type: "slot", id })),
} as unknown as Template;

const NONSENSE: readonly unknown[] = [
  null,
  true,
  7,
  "heading",
  [],
  {},
  { id: "" },
  { id: "lead", kind: "heading", level: 1 },
  { id: "a~2", kind: "item", level: 1 },
  { id: "same", kind: "item", level: 99 },
  { id: "same", kind: "table", level: -1 },
  { id: 5, kind: "heading", level: "2" },
  { id: "x".repeat(200), kind: 3 },
];

/** One change that no program of ours would make, through Yjs's own doors. */
const ATTACKS: readonly ((doc: Y.Doc, text: Y.Text, r: Random) => void)[] = [
  (_doc, text) => text.delete(0, text.length),
  (doc) => SLOTS.forEach((slot) => slotText(doc, slot).delete(0, slotText(doc, slot).length)),
  (_doc, text, r) =>
    text.insert(r.int(text.length + 1), r.pick(["text", "\n", "\n\n\n", "a\nb", "\r\n\u0000", "\uD83D\uDE00"])),
  (_doc, text, r) => text.insert(r.int(text.length + 1), r.pick(["\n", "x", "\n\n"]), { b: r.pick(NONSENSE) }),
  (_doc, text, r) => {
    const at = r.int(text.length + 1);
    const length = Math.min(1 + r.int(6), text.length - at);
    if (length > 0)
      text.format(at, length, { [r.pick(["b", "strong", "em", "colour", "__proto__"])]: r.pick(NONSENSE) });
  },
  (_doc, text, r) =>
    text.insertEmbed(r.int(text.length + 1), r.pick([{ image: "x" }, {}, new Y.Map(), new Y.Text("inner")])),
  (_doc, text, r) => text.setAttribute("b", r.pick(NONSENSE)),
  (doc, _text, r) => doc.getMap("elsewhere").set("key", new Y.Text(String(r.int(9)))),
  (doc, _text, r) => doc.getMap("fields").set(r.pick(["year", "x"]), r.pick(NONSENSE)),
  (_doc, text, r) => {
    // Cuts a surrogate pair where there is one.
    const at = text.toJSON().search(/[\uD800-\uDBFF]/);
    if (at >= 0) text.insert(Math.min(at + 1, text.length), r.pick(["", "z"]));
    if (at >= 0) text.delete(Math.min(at, text.length - 1), 1);
  },
  (doc, text, r) => {
    // The same name taken for an array: entries that no text can show.
    const other = new Y.Doc();
    other.clientID = 900_000 + r.int(99_999);
    const root = Y.findRootTypeKey(text);
    other.getArray(root).insert(0, [r.int(9), { a: 1 }, "s"]);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
  },
];

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
  "pasteText",
];

/**
 * Law 2: two honest editors and a hostile client on one document. After everything that the client does, each editor
 * shows a valid document with its skeleton whole, the same as a fresh parse, and goes on working.
 */
export function runHostile(seed: number): void {
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
        const attack = r.int(ATTACKS.length);
        done.push(`attack ${attack}`);
        hostile.transact(() => ATTACKS[attack]?.(hostile, slotText(hostile, r.pick(SLOTS)), r));
        Y.applyUpdate(cast.body, Y.encodeStateAsUpdate(hostile, Y.encodeStateVector(cast.body)));
      }
      if (r() < 0.7) cast.reconnect(person);
      for (const { desk } of cast.people) {
        assertWhole(desk.state.doc, SLOTS);
        assertFresh(desk.state.doc, desk.doc, SLOTS);
      }
      readText(cast.body, TEMPLATE);
    }
    cast.quiesce();
    for (const { desk } of cast.people) assertReloads(desk.state.doc, desk.doc, SLOTS);
  } catch (cause) {
    const told = cause instanceof Error ? cause.stack : String(cause);
    throw new Error(`hostile seed ${seed}: ${told}\n${done.join("\n")}`, { cause });
  } finally {
    cast.destroy();
  }
}
