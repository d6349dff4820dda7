import * as Y from "yjs";
import { markerAttributes, slotText, writeTable } from "#collab";
import type { Random } from "../support/random.ts";
import type { OldOperation } from "./script.ts";
import { TABLE } from "./edits/cells.ts";
import { SLOTS } from "./stage.ts";

const KINDS = ["paragraph", "heading", "item"] as const;

/** A body as some program at some time stored it: most slots as we write them, some as older programs did. */
export function storedBody(r: Random, fresh: () => string): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 2;
  let id = 0;
  doc.transact(() => {
    for (const slot of SLOTS) {
      const text = slotText(doc, slot);
      const form = r();
      // Nobody's slot: without any marker, so that all write in a lead.
      if (form < 0.1) continue;
      // Words before any marker.
      if (form < 0.18) text.insert(0, words(r, fresh));
      for (let blocks = 1 + r.int(3); blocks > 0; blocks--) {
        id++;
        const old = form < 0.35 && r() < 0.6;
        text.insert(text.length, "\n", old ? oldMarker(r, id) : shaped(r, id));
        const chars = words(r, fresh);
        if (chars !== "") text.insert(text.length, chars, old && r() < 0.3 ? oldMarks(r) : {});
      }
    }
  });
  if (r() < 0.4) sharedTable(doc, r, fresh);
  return Y.encodeStateAsUpdate(doc);
}

/** A table of two or three rows and columns at the end of a slot. */
function sharedTable(doc: Y.Doc, r: Random, fresh: () => string): void {
  const text = slotText(doc, "results");
  text.insert(text.length, "\n", { b: { id: "st", kind: "table", level: 0, table: TABLE } });
  const cell = () => ({
    header: false,
    colspan: 1,
    rowspan: 1,
    align: null,
    paragraphs: [r() < 0.3 ? [] : [{ text: fresh() + fresh(), marks: [] }]],
  });
  const columns = 2 + r.int(2);
  const rows = Array.from({ length: 2 + r.int(2) }, () => ({
    total: false,
    cells: Array.from({ length: columns }, cell),
  }));
  let lines = 0;
  writeTable(doc, TABLE, { widths: [], rows }, () => `line${++lines}`);
}

/** What an old or foreign client does beside ours: text and markers without our attributes, attributes of its own. */
export function oldWriting(r: Random, fresh: () => string): OldOperation {
  const at = r.int(30);
  const chars = Array.from({ length: 1 + r.int(3) }, fresh).join("");
  return r.pick<() => OldOperation>([
    () => ({ at, insert: chars }),
    () => ({ at, insert: chars, attributes: oldMarks(r) }),
    () => ({ at, insert: "\n" }),
    () => ({ at, insert: "\n", attributes: oldMarker(r, r.int(9)) }),
    () => ({ at, insert: `\n${chars}\n`, attributes: oldMarker(r, r.int(9)) }),
    () => ({ at, length: 1 + r.int(4), attributes: { ...oldMarker(r, r.int(9)), ...oldMarks(r) } }),
    () => ({ at, length: 1 + r.int(4), attributes: { b: null, strong: null } }),
  ])();
}

function words(r: Random, fresh: () => string): string {
  const chars = Array.from({ length: r.int(7) }, fresh);
  if (r() < 0.3) chars.splice(r.int(chars.length + 1), 0, r.pick([" ", "|"]));
  return chars.join("");
}

function shaped(r: Random, id: number): Record<string, unknown> {
  const kind = r.pick(KINDS);
  return markerAttributes(`s${id}`, kind, kind === "paragraph" ? 0 : 1);
}

/** The attributes of a marker that is not as we write it: without an id, one that is taken, other names and types. */
function oldMarker(r: Random, id: number): Record<string, unknown> {
  return r.pick<Record<string, unknown>>([
    {},
    { b: null },
    { b: { kind: "heading", level: 1 } },
    { b: { id: "", kind: "item", level: 2 } },
    { b: { id: "s1", kind: "item", level: 1 } },
    { b: { id: `s${id}`, kind: "heading", level: "2", colour: "red" } },
    { b: { id: `s${id}`, kind: "quotation", level: 1 } },
    { b: { id: `~${id}`, kind: "item", level: 7 } },
    { b: { id: "lead", kind: "heading", level: 1 } },
    { b: `s${id}` },
    { heading: 2, id: `s${id}` },
  ]);
}

function oldMarks(r: Random): Record<string, unknown> {
  return r.pick<Record<string, unknown>>([
    { strong: "true" },
    { bold: true },
    { strong: true, colour: "red" },
    { em: false, underline: true },
    { b: { id: "s1", kind: "heading", level: 1 } },
  ]);
}
