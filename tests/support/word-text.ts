import type { WordBlock, WordCell, WordFile, WordParagraph, WordRun } from "#docx";

/** How a paragraph of a made-up Word file is set. */
export interface ParagraphSetting {
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly center?: boolean;
  readonly outline?: number;
  readonly style?: string;
  readonly label?: string;
  readonly listLevel?: number;
  readonly bookmark?: string;
  readonly mark?: "inserted" | "deleted";
}

const STAMP = { author: "Người sửa Mẫu", initials: "NM", date: "2022-01-05T08:00:00Z" };

/** A run of a made-up paragraph. */
export function run(text: string, setting: Partial<WordRun> & { readonly by?: "inserted" | "deleted" } = {}): WordRun {
  const { by, ...rest } = setting;
  const change = by ? { ...STAMP, kind: by } : null;
  return { text, bold: false, italic: false, underline: false, strike: false, change, ...rest };
}

/** A paragraph; its number in the file is given by {@link wordFile}. */
export function p(text: string | readonly WordRun[], setting: ParagraphSetting = {}): WordBlock {
  const runs =
    typeof text === "string" ? [run(text, { bold: setting.bold ?? false, italic: setting.italic ?? false })] : text;
  return {
    type: "paragraph",
    paragraph: {
      index: -1,
      style: { id: setting.style ?? "", name: setting.style ?? "", outlineLevel: setting.outline ?? null },
      list: setting.label === undefined ? null : { level: setting.listLevel ?? 0, label: setting.label },
      align: setting.center ? "center" : "justify",
      bookmarks: setting.bookmark === undefined ? [] : [{ name: setting.bookmark, at: 0 }],
      runs,
      mark: setting.mark ? { ...STAMP, kind: setting.mark } : null,
    },
  };
}

/** A table of cells; a string is a cell of one paragraph for each of its lines. */
export function table(
  rows: readonly (readonly (string | readonly WordBlock[])[])[],
  setting: { readonly header?: number; readonly widths?: readonly number[] } = {},
): WordBlock {
  return {
    type: "table",
    table: {
      header: setting.header ?? 0,
      widths: setting.widths ?? [],
      rowChanges: rows.map(() => null),
      rows: rows.map((row) =>
        row.map((cell, column): WordCell => {
          const blocks = typeof cell === "string" ? cell.split("\n").map((line) => p(line)) : cell;
          return { column, columns: 1, rows: 1, blocks };
        }),
      ),
    },
  };
}

/** A Word file of these blocks. */
export function wordFile(blocks: readonly WordBlock[], more: Partial<WordFile> = {}): WordFile {
  const paragraphs: WordParagraph[] = [];
  const numbered = (list: readonly WordBlock[]): WordBlock[] =>
    list.map((block) => {
      if (block.type === "paragraph") {
        const paragraph = { ...block.paragraph, index: paragraphs.length };
        paragraphs.push(paragraph);
        return { type: "paragraph", paragraph };
      }
      const rows = block.table.rows.map((row) => row.map((cell) => ({ ...cell, blocks: numbered(cell.blocks) })));
      return { type: "table", table: { ...block.table, rows } };
    });
  const own = numbered(blocks);
  const empty = {
    producer: "",
    modified: "",
    revision: 0,
    properties: {},
    protection: null,
    comments: [],
    asides: [],
    leftOut: {},
    converted: 0,
  };
  return { ...empty, blocks: own, paragraphs, ...more };
}
