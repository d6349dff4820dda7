import type { Around } from "./tracked-change.ts";
import { changeIn } from "./tracked-change.ts";
import type { WordBlock, WordCell, WordChange, WordLeftOut } from "./word-file.ts";
import type { XmlElement } from "./xml.ts";
import { child, isOn, value, whole } from "./xml.ts";

/** The story a table stands in, as far as a table needs it. */
interface Surroundings {
  readonly reading: { leaveOut: (what: WordLeftOut) => void };
  readonly texts: readonly string[];
  readBlocks: (elements: readonly XmlElement[], around: Around, blocks: WordBlock[], nested: boolean) => void;
  inside: (element: XmlElement, around: Around) => { elements: readonly XmlElement[]; around: Around } | null;
  marker: (element: XmlElement) => void;
  dropFrom: (index: number) => void;
}

/** More columns Word does not know. */
const WIDEST = 63;

interface CellDraft {
  readonly column: number;
  columns: number;
  rows: number;
  readonly blocks: WordBlock[];
}

/** Reads a table into `blocks`; where it is `nested`, its paragraphs stand there instead. */
export function readTable(
  story: Surroundings,
  element: XmlElement,
  around: Around,
  blocks: WordBlock[],
  nested: boolean,
): void {
  const rows: WordCell[][] = [];
  const rowChanges: (WordChange | null)[] = [];
  /** The cells that may go on in the next row, by their first column. */
  let above = new Map<number, CellDraft>();
  let header = 0;
  const isTable = !nested;
  if (nested) story.reading.leaveOut("nestedTables");
  eachInside(story, element.children, "w:tr", around, (row, aroundRow) => {
    const properties = child(row, "w:trPr");
    const change = changeIn(properties) ?? aroundRow.change;
    const cells: CellDraft[] = [];
    const below = new Map<number, CellDraft>();
    let column = span(value(properties, "w:gridBefore"), 0);
    eachInside(story, row.children, "w:tc", aroundRow, (cell, aroundCell) => {
      const setting = child(cell, "w:tcPr");
      const columns = span(value(setting, "w:gridSpan"), 1);
      for (const name of CELL_CHANGES) if (child(setting, name)) story.reading.leaveOut("cellChanges");
      if (!isTable) {
        story.readBlocks(cell.children, aroundCell, blocks, true);
        return;
      }
      const left = cells.at(-1);
      const upper = above.get(column);
      if (isContinued(setting, "w:hMerge") && left && left.column + left.columns === column) {
        left.columns += columns;
        readContinued(story, cell, aroundCell, left.blocks);
      } else if (isContinued(setting, "w:vMerge") && upper) {
        upper.rows++;
        below.set(column, upper);
        readContinued(story, cell, aroundCell, upper.blocks);
      } else {
        const draft: CellDraft = { column, columns, rows: 1, blocks: [] };
        story.readBlocks(cell.children, aroundCell, draft.blocks, true);
        cells.push(draft);
        if (value(setting, "w:vMerge") !== undefined) below.set(column, draft);
      }
      column += columns;
    });
    above = below;
    if (header === rows.length && isOn(properties, "w:tblHeader") === true) header++;
    rows.push(cells);
    rowChanges.push(change);
  });
  if (!isTable || rows.length === 0) return;
  const grid = child(element, "w:tblGrid")?.children.filter(({ name }) => name === "w:gridCol") ?? [];
  const widths = grid.map(({ attributes }) => whole(attributes["w:w"]));
  const known = widths.flatMap((width) => width ?? []);
  const table = { header, widths: known.length === widths.length ? known : [], rows, rowChanges };
  blocks.push({ type: "table", table });
}

const CELL_CHANGES = ["w:cellIns", "w:cellDel", "w:cellMerge"] as const;

/** Calls `read` for each row or cell, through whatever is bracketed around them. */
function eachInside(
  story: Surroundings,
  elements: readonly XmlElement[],
  name: "w:tr" | "w:tc",
  around: Around,
  read: (element: XmlElement, around: Around) => void,
): void {
  for (const element of elements) {
    const inner = element.name === name ? null : story.inside(element, around);
    if (element.name === name) read(element, around);
    else if (inner) eachInside(story, inner.elements, name, inner.around, read);
    else story.marker(element);
  }
}

/** The hidden part of a merged cell: words that stand there all the same are added to the cell that is seen. */
function readContinued(story: Surroundings, cell: XmlElement, around: Around, blocks: WordBlock[]): void {
  const before = story.texts.length;
  const own: WordBlock[] = [];
  story.readBlocks(cell.children, around, own, true);
  const isEmpty = story.texts.slice(before).every((text) => text.trim() === "");
  if (isEmpty) story.dropFrom(before);
  else blocks.push(...own);
}

/** Goes on the cell before: says so, or says nothing of where it begins. */
function isContinued(setting: XmlElement | undefined, name: "w:hMerge" | "w:vMerge"): boolean {
  const merge = value(setting, name);
  return merge !== undefined && merge !== "restart";
}

function span(text: string | undefined, least: number): number {
  return Math.min(Math.max(whole(text) ?? least, least), WIDEST);
}
