import * as Y from "yjs";

/**
 * The origins of Yjs transactions, by identity: who made a change. Undo takes back what bears `editor`; everything else
 * is somebody else's.
 */
export const ORIGIN = {
  editor: { source: "editor" },
  lineage: { source: "lineage" },
  import: { source: "import" },
  server: { source: "server" },
  migration: { source: "migration" },
} as const;

/** One of the values of {@link ORIGIN}. */
export type Origin = (typeof ORIGIN)[keyof typeof ORIGIN];

/** The attribute that a `\n` carries: `{ id, kind, level }` of the block it begins. Ignored on anything else. */
export const BLOCK_KEY = "b";

/** The derived id of the text that stands before any `\n` of a slot. It is never stored. */
export const LEAD = "lead";

const SLOT_ROOT = "slot:";

/** The name of the root that holds a slot's text. */
export function slotRoot(slot: string): string {
  return SLOT_ROOT + slot;
}

/** The slot whose text a root holds, or null for a root that holds none. */
export function slotOfRoot(root: string): string | null {
  return root.startsWith(SLOT_ROOT) && root.length > SLOT_ROOT.length ? root.slice(SLOT_ROOT.length) : null;
}

/** The name of the root that holds the fields of the heading and the signature. */
export const FIELDS_ROOT = "fields";

/** The text of a slot. It exists in every document, empty where nobody wrote: asking for it changes nothing. */
export function slotText(doc: Y.Doc, slot: string): Y.Text {
  const text = doc.getText(slotRoot(slot));
  // Yjs drops its search markers where a text has formats, for a place found by them does not tell which formats hold
  // there, but it forgets to for a text that was loaded before anybody asked for it.
  text._searchMarker = null;
  return text;
}

const TABLE_ROOT =
  /^table:(?<table>[A-Za-z0-9_-]{1,64})(?::(?<row>[A-Za-z0-9_]{1,31}):(?<column>[A-Za-z0-9_]{1,31}))?$/;

/** The name of the root that holds the rows and columns of a table. */
export function tableRoot(table: string): string {
  return `table:${table}`;
}

/** The name of the root that holds the text of a table's cell. */
export function tableCellRoot(table: string, row: string, column: string): string {
  return `table:${table}:${row}:${column}`;
}

/** The table that a root belongs to, with the row and the column where it is a cell's; null for any other root. */
export function tableOfRoot(root: string): { table: string; cell: { row: string; column: string } | null } | null {
  const groups = TABLE_ROOT.exec(root)?.groups;
  const table = groups?.["table"];
  const row = groups?.["row"];
  const column = groups?.["column"];
  if (table === undefined) return null;
  return { table, cell: row === undefined || column === undefined ? null : { row, column } };
}

/** True for a root of a body that holds text: a slot's, or a part of a table. Any other is a map. */
export function isTextRoot(root: string): boolean {
  return slotOfRoot(root) !== null || tableOfRoot(root) !== null;
}

/** The frame of a table: a text with one `\n` for each row and each column. */
export function tableFrameText(doc: Y.Doc, table: string): Y.Text {
  return doc.getText(tableRoot(table));
}

/** The text of the cell in which a row and a column meet. It exists for every two, empty where nobody wrote. */
export function tableCellText(doc: Y.Doc, table: string, row: string, column: string): Y.Text {
  return doc.getText(tableCellRoot(table, row, column));
}

/** The fields of the heading and the signature: string values, the last writer of each wins. */
export function fieldsMap(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap(FIELDS_ROOT);
}

/** A new document that holds what the updates say, in any order. The caller sees to it that they are whole. */
export function docFrom(...updates: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc();
  doc.transact(() => {
    for (const update of updates) Y.applyUpdate(doc, update, ORIGIN.import);
  }, ORIGIN.import);
  return doc;
}
