/** When and by whom a change or comment was made; empty where the file does not say. */
export interface WordStamp {
  readonly author: string;
  readonly initials: string;
  /** As written: Word's clock on the wall, whatever zone stands behind it. "" for the "0-00-00" of LibreOffice. */
  readonly date: string;
}

/** A tracked change: words or a row put in or taken out. A move is both, at its two places. */
export interface WordChange extends WordStamp {
  readonly kind: "inserted" | "deleted";
}

/** A stretch of a paragraph's whole text that is alike. */
export interface WordRun {
  /** NFC. Tabs are `\t`, breaks of line or page `\n`; fields are their results; a legacy font's text is Unicode. */
  readonly text: string;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly strike: boolean;
  /** Tracked, or null where the words simply stand. What one put in and another took out again is not in the text. */
  readonly change: WordChange | null;
}

export interface WordParagraph {
  /** In reading order over the whole file, those in cells included. */
  readonly index: number;
  /** `outlineLevel` from 0, the paragraph's own or its style's; null for body text. */
  readonly style: { readonly id: string; readonly name: string; readonly outlineLevel: number | null };
  /** Of a list: its level from 0, and the label as Word would print it ("1.", "a)", "-"); null where it is none. */
  readonly list: { readonly level: number; readonly label: string } | null;
  readonly align: "left" | "center" | "right" | "justify";
  /** Bookmarks that begin in it, at a place in its whole text. */
  readonly bookmarks: readonly { readonly name: string; readonly at: number }[];
  /** Its whole text: what was put in and what was taken out alike. Positions count in this, in UTF-16 units. */
  readonly runs: readonly WordRun[];
  /** The paragraph's own mark tracked: with "inserted" the paragraph is new, with "deleted" it joins the next. */
  readonly mark: WordChange | null;
}

export interface WordCell {
  readonly column: number;
  readonly columns: number;
  readonly rows: number;
  /** Never a table: the paragraphs of a table in a cell stand here one after another. */
  readonly blocks: readonly WordBlock[];
}

export interface WordTable {
  /** How many rows at the top are repeated on each page. */
  readonly header: number;
  /** Widths of the grid's columns in twentieths of a point; empty where not said. */
  readonly widths: readonly number[];
  readonly rows: readonly (readonly WordCell[])[];
  /** Rows put in or taken out, one entry for each of `rows`. */
  readonly rowChanges: readonly (WordChange | null)[];
}

export type WordBlock =
  | { readonly type: "paragraph"; readonly paragraph: WordParagraph }
  | { readonly type: "table"; readonly table: WordTable };

export interface WordSpot {
  readonly paragraph: number;
  readonly at: number;
}

export interface WordComment extends WordStamp {
  /** As in the file; where two comments share one, the second has `#2` behind it. */
  readonly id: string;
  /** What survives in Word over saves; "" where missing. */
  readonly durableId: string;
  readonly dateUtc: string;
  /** The comment this one answers (by `id`), also where found out by equal ranges; never itself an answer; null. */
  readonly parent: string | null;
  readonly resolved: boolean;
  /** Its paragraphs, joined with line breaks. */
  readonly text: string;
  /** The words it stands on, wherever that is; what was taken out is among them. "" where it stands on none. */
  readonly quote: string;
  /** Where it stands in the body, `from` not after `to`; null for an orphan, and for one in a note or a header. */
  readonly range: { readonly from: WordSpot; readonly to: WordSpot } | null;
}

/** Words that stand beside the body. */
export interface WordAside {
  readonly kind: "footnote" | "endnote" | "header" | "footer" | "textBox";
  /** Its paragraphs, joined with line breaks; what was taken out is not among them. */
  readonly text: string;
  /** The paragraph it hangs on; null for a header or footer. */
  readonly paragraph: number | null;
}

/**
 * What a {@link WordFile} does not hold, or holds otherwise than the file: `fields` are kept as their results,
 * `nestedTables` as paragraphs, `footnotes`, `endnotes` and `textBoxes` as asides; `symbols` are signs of picture fonts
 * that no letter stands for, `formatChanges` and `cellChanges` tracked ones, `takenBack` stretches that one put in and
 * another took out, `prompts` the grey prompts of content controls, `hidden` stretches of hidden text.
 */
export type WordLeftOut =
  | "pictures"
  | "textBoxes"
  | "footnotes"
  | "endnotes"
  | "fields"
  | "formulas"
  | "objects"
  | "nestedTables"
  | "symbols"
  | "formatChanges"
  | "cellChanges"
  | "takenBack"
  | "prompts"
  | "hidden";

/** A Word file as plain data. */
export interface WordFile {
  /** The program that wrote it, as it says; "" where it does not. */
  readonly producer: string;
  /** When it says it was saved last: UTC in ISO 8601 with milliseconds; "" where it does not. */
  readonly modified: string;
  /** How often it says it was saved; 0 where it does not. */
  readonly revision: number;
  /** Custom properties by name. */
  readonly properties: Readonly<Record<string, string>>;
  readonly protection: "comments" | "trackedChanges" | "readOnly" | "forms" | null;
  readonly blocks: readonly WordBlock[];
  /** All paragraphs of `blocks` in reading order: `paragraphs[i].index === i`. */
  readonly paragraphs: readonly WordParagraph[];
  readonly comments: readonly WordComment[];
  readonly asides: readonly WordAside[];
  /** What stands in the file and is not in here, counted; what is not named is not there. */
  readonly leftOut: Readonly<Partial<Record<WordLeftOut, number>>>;
  /** How many paragraphs had text under a legacy Vietnamese font (TCVN3, VNI) that was made Unicode: to proof-read. */
  readonly converted: number;
}
