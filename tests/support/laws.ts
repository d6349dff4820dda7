import type { Node } from "prosemirror-model";
import type * as Y from "yjs";
import { docFrom, readSlot, slotText } from "#collab";
import { blockNode, reportSchema } from "#model";
import { encodeStateAsUpdate } from "yjs";

/** What a fresh load of a document shows. */
export function freshParse(doc: Y.Doc, slots: readonly string[]): Node {
  return reportSchema.node(
    "doc",
    null,
    slots.map((slot) => reportSchema.node("section", { slot }, readSlot(slotText(doc, slot)).map(blockNode))),
  );
}

/** Laws 1 and 2 for what an editor shows: valid by the schema, every slot once and in order, ids unique in each. */
export function assertWhole(shown: Node, slots: readonly string[]): void {
  shown.check();
  const found = shown.children.map((section) => String(section.attrs["slot"]));
  if (found.join() !== slots.join()) throw new Error(`the skeleton is broken: ${found.join()}`);
  for (const section of shown.children) {
    const ids = section.children.map((block) => String(block.attrs["id"]));
    if (new Set(ids).size < ids.length || ids.includes("")) throw new Error(`ids are not unique: ${ids.join()}`);
  }
}

/** What an editor shows is what a fresh parse of its document gives. */
export function assertFresh(shown: Node, doc: Y.Doc, slots: readonly string[]): void {
  const wanted = freshParse(doc, slots);
  if (!shown.eq(wanted)) throw new Error(`the view is not the text\n  view ${spell(shown)}\n  text ${spell(wanted)}`);
}

/** Law 4: a document loaded anew from its bytes shows the same. */
export function assertReloads(shown: Node, doc: Y.Doc, slots: readonly string[]): void {
  const loaded = freshParse(docFrom(encodeStateAsUpdate(doc)), slots);
  if (!shown.eq(loaded)) throw new Error(`a fresh load differs\n  view ${spell(shown)}\n  load ${spell(loaded)}`);
}

/** How often each character of a document's text stands in it. */
export function countCharacters(shown: Node): Map<string, number> {
  const counts = new Map<string, number>();
  shown.descendants((node) => {
    for (const char of node.text ?? "") counts.set(char, (counts.get(char) ?? 0) + 1);
  });
  return counts;
}

/** A document on one line, for messages. */
export function spell(shown: Node): string {
  return shown.children
    .map((section) =>
      section.children
        .map((block) => {
          const runs = block.children.map((text) => {
            const marks = text.marks.map((mark) => mark.type.name.charAt(0)).join("");
            return marks === "" ? (text.text ?? "") : `<${marks}:${text.text ?? ""}>`;
          });
          const { id, kind, level } = block.attrs;
          return `[${String(id)} ${String(kind).charAt(0)}${String(level)}|${runs.join("")}]`;
        })
        .join(""),
    )
    .join(" // ");
}
