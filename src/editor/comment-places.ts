import { readTable, slotText } from "#collab";
import { anchorRange, cellTarget } from "#comments";
import type { CommentTarget } from "#model";
import { threadRanges } from "./highlights.ts";
import { positionOfTable } from "./table/table-blocks.ts";
import type { TextEditor } from "./text-editor.ts";

/** What a comment made now would be about: the cell with the caret, the selected words, else the slot of the caret. */
export function targetOf(text: TextEditor): CommentTarget | null {
  const { view, tables, binding } = text;
  const inside = tables.active;
  const cell = inside?.cell();
  const at = inside && positionOfTable(view.state, inside.table);
  if (inside && cell && at !== null) {
    const section = String(view.state.doc.resolve(at).parent.attrs["slot"]);
    return cellTarget(section, readTable(binding.doc, inside.table), cell);
  }
  const { slot, selection } = text.snapshot();
  if (selection && selection.text.trim() !== "") {
    return {
      scope: "range",
      slot: selection.slot,
      ...anchorRange(slotText(binding.doc, selection.slot), selection.from, selection.to),
    };
  }
  return slot === null ? null : { scope: "slot", slot };
}

/** The distance of each placed thread's first line from the top of an element, in pixels. */
export function threadTops({ view, tables }: TextEditor, mount: HTMLElement): Map<string, number> {
  const { top } = mount.getBoundingClientRect();
  const tops = new Map<string, number>();
  for (const [thread, { from }] of threadRanges(view.state)) tops.set(thread, view.coordsAtPos(from).top - top);
  for (const [thread, cell] of tables.markedCells()) tops.set(thread, cell.getBoundingClientRect().top - top);
  return tops;
}
