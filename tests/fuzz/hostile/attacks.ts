import * as Y from "yjs";
import { slotText } from "#collab";
import type { Random } from "../../support/random.ts";
import { SLOTS } from "../stage.ts";

/** A document under attack: all of it, one of its slots' texts, and chance. */
type Attack = (doc: Y.Doc, text: Y.Text, r: Random) => void;

const LONG = "x".repeat(40_000);

const NONSENSE: readonly unknown[] = [
  null,
  true,
  7,
  "heading",
  LONG,
  [],
  {},
  { id: "" },
  { id: "lead", kind: "heading", level: 1 },
  { id: "a~2", kind: "item", level: 1 },
  { id: "same", kind: "item", level: 99 },
  { id: "same", kind: "table", level: -1 },
  { id: "same", kind: "table", level: 0, table: "../../etc" },
  { id: "same", kind: "__proto__", level: Number.NaN, [LONG]: LONG },
  { id: 5, kind: "heading", level: "2" },
  { id: "x".repeat(200), kind: 3 },
  nested(40),
];

/** Everything that no Word file can hold, and what turns text around or hides in it. */
const SIGNS = `${Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).join("")}\u007F\u0085\u00AD\u200B\u200F\u2028\u2029\u202E\u2066\uFEFF\uFFFC\uFFFE\uFFFF`;

const KEYS = ["b", "strong", "em", "underline", "colour", "__proto__", "constructor", "", LONG];

/** Changes that no program of ours would make, each through Yjs's own doors, by what it does. */
export const ATTACKS: Readonly<Record<string, Attack>> = {
  emptySlot: (_doc, text) => text.delete(0, text.length),
  emptyEverything: (doc) => {
    for (const slot of SLOTS) slotText(doc, slot).delete(0, slotText(doc, slot).length);
    for (const key of doc.getMap("fields").keys()) doc.getMap("fields").delete(key);
  },
  bareText: (_doc, text, r) => {
    const words = r.pick(["text", "\n", "\n\n\n", "a\nb", "\r\n\u0000", "\uD83D\uDE00"]);
    text.insert(somewhere(text, r), words);
  },
  manyMarkers: (_doc, text, r) => text.insert(somewhere(text, r), "\n".repeat(200), { b: r.pick(NONSENSE) }),
  longText: (_doc, text, r) => text.insert(somewhere(text, r), LONG),
  nonsenseMarker: (_doc, text, r) => {
    text.insert(somewhere(text, r), r.pick(["\n", "x", "\n\n"]), { b: r.pick(NONSENSE) });
  },
  nonsenseFormat: (_doc, text, r) => {
    const at = somewhere(text, r);
    const length = Math.min(r.pick([1, 2, 5, LONG.length]), text.length - at);
    if (length > 0) text.format(at, length, { [r.pick(KEYS)]: r.pick(NONSENSE) });
  },
  manyFormats: (_doc, text, r) => {
    for (let i = 0; i < 30 && text.length > 1; i++) text.format(r.int(text.length - 1), 1, { [`k${i}`]: i });
  },
  signs: (_doc, text, r) => {
    const from = r.int(SIGNS.length);
    text.insert(somewhere(text, r), SIGNS.slice(from, from + 1 + r.int(8)));
  },
  embed: (_doc, text, r) => {
    text.insertEmbed(
      somewhere(text, r),
      r.pick([
        () => ({ image: "x" }),
        () => ({}),
        () => ({ [LONG]: nested(30) }),
        () => new Y.Map([["a", 1]]),
        () => new Y.Text("inner\nwords"),
        () => Y.Array.from([1, [2], "three"]),
        () => new Y.XmlElement("table_row"),
        () => new Y.XmlFragment(),
      ])(),
      r() < 0.5 ? { b: r.pick(NONSENSE) } : {},
    );
  },
  nestDeep: (_doc, text, r) => {
    let inner: Y.Text | Y.Map<unknown> = new Y.Text("deep");
    for (let i = 0; i < 30; i++) inner = new Y.Map([["in", inner]]);
    text.insertEmbed(somewhere(text, r), inner);
  },
  textAttribute: (_doc, text, r) => text.setAttribute(r.pick(KEYS), r.pick(NONSENSE)),
  unknownRoot: (doc, _text, r) =>
    r.pick([
      () => doc.getMap("elsewhere").set("key", new Y.Text(String(r.int(9)))),
      () => doc.getText("slot:elsewhere").insert(0, "words of a slot that the template does not have"),
      () => doc.getText("slot:").insert(0, "nobody's"),
      () => doc.getText("slot:__proto__").insert(0, "\n"),
      () => doc.getArray(LONG).push([1, 2, 3]),
      () => doc.getXmlFragment("page").push([new Y.XmlElement("p")]),
      () => doc.getText("table:t1").insert(0, "no table"),
      () => doc.getMap("table:t2").set("rows", 3),
      () => doc.getXmlFragment("table:t3").push([new Y.XmlText("loose"), new Y.XmlElement("script")]),
    ])(),
  nonsenseField: (doc, _text, r) =>
    doc
      .getMap("fields")
      .set(r.pick(["year", "date", "place", "x", "__proto__", LONG]), r.pick([...NONSENSE, SIGNS, new Y.Text("t")])),
  cutPair: (_doc, text, r) => {
    const at = text.toJSON().search(/[\uD800-\uDBFF]/);
    if (at >= 0) text.insert(Math.min(at + 1, text.length), r.pick(["", "z"]));
    if (at >= 0) text.delete(Math.min(at, text.length - 1), 1);
  },
  halfPair: (_doc, text, r) => text.insert(somewhere(text, r), r.pick(["\uD83D", "\uDE00", "\uDE00\uD83D"])),
  slotAsArray: (doc, text, r) => {
    // The same name taken for an array: entries that no text can show.
    const other = new Y.Doc();
    other.getArray(Y.findRootTypeKey(text)).insert(0, [r.int(9), { a: 1 }, "s", new Uint8Array([1, 2])]);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
  },
  slotAsMap: (doc, text) => {
    const other = new Y.Doc();
    other.getMap(Y.findRootTypeKey(text)).set("b", { id: "x" });
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
  },
  fieldsAsText: (doc) => {
    const other = new Y.Doc();
    other.getText("fields").insert(0, "year");
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
  },
  subdocument: (doc) => {
    const other = new Y.Doc();
    other.getMap("elsewhere").set("doc", new Y.Doc());
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
  },
};

function somewhere(text: Y.Text, r: Random): number {
  return r.int(text.length + 1);
}

function nested(depth: number): unknown {
  let value: unknown = "bottom";
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? { in: value } : [value];
  return value;
}
