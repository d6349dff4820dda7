import type { FieldSpec, Localised } from "./template.ts";

/** The families of documents whose presentation rules differ. */
export type Family = "party" | "state" | "union" | "youth";

/**
 * Where a value of a rule set comes from and how sure we are. `certainty` follows how it was seen: `read` in the text
 * of the rule, `quoted` by others from it, `habit` of offices without a rule seen, `assumed` from a related rule.
 */
export interface Provenance {
  /** JSON pointers of the values it speaks of, relative to the rule set; `*` stands for every key of a level. */
  readonly of: readonly string[];
  readonly source: string;
  readonly certainty: "read" | "quoted" | "habit" | "assumed";
  readonly doubt?: string;
}

/** How a piece of text is set. Sizes are points; what is absent is inherited from the body text. */
export interface TextStyle {
  readonly size?: number;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly underline?: boolean;
  readonly capitals?: boolean;
  readonly align?: "left" | "center" | "right" | "justify";
}

/** A horizontal rule under a line of the heading block: its share of that line's width, or a row of signs instead. */
export interface LineBelow {
  /** 0 for none, 1 for as long as the text. */
  readonly share: number;
  /** Real characters printed instead of a drawn line, as the Party's `*` and `-----`. */
  readonly signs?: string;
}

/**
 * A printed line of fixed words or of fields: `text` may hold `{field}`, and the names that `printedFields` adds. A line
 * whose fields are all empty is not printed; a required field without a value prints its label in square brackets.
 */
export interface PrintedLine extends TextStyle {
  readonly text: string;
  readonly below?: LineBelow;
  /** Points above and below the line; absent is none. */
  readonly spaceBefore?: number;
  readonly spaceAfter?: number;
}

/**
 * How one depth of the outline is numbered. `number` is `upperRoman`, `decimal`, `vietnameseLetter` (a b c d đ e …),
 * `ordinalWord` (thứ nhất, thứ hai …), `path` (the decimals of this depth and of the decimal depths right above it,
 * joined by dots) or `none`; `%` in `pattern` stands for it.
 */
export interface LevelFormat extends TextStyle {
  readonly number: "upperRoman" | "decimal" | "vietnameseLetter" | "ordinalWord" | "path" | "none";
  readonly pattern: string;
  /** True where the label stands on its own line above the title. */
  readonly labelAbove?: boolean;
}

/** The short forms of the power to sign, and the bodies for which no deputy signs *in place of* its head. */
export interface SigningPowers {
  /** On behalf of a collective: `T/M`, `TM.`. */
  readonly collective: string;
  /** A deputy in place of the head: `K/T`, `KT.`. */
  readonly deputy: string;
  /** By order of the head: `T/L`, `TL.`. */
  readonly order: string;
  /** Others the family knows, as `Q.` and `TUQ.`. */
  readonly others: readonly string[];
  /** Names, or beginnings of names, of bodies that lead as a collective, and of their heads. */
  readonly withoutDeputy: readonly string[];
}

/** The presentation rules of one family at one time. Lengths are millimetres, sizes points. */
export interface RuleSet {
  readonly id: string;
  readonly family: Family;
  readonly name: Localised;
  /** The documents it is taken from, as one cites them. */
  readonly source: string;
  readonly effectiveFrom: string;
  readonly effectiveTo?: string;
  readonly fields: readonly FieldSpec[];
  readonly page: {
    readonly width: number;
    readonly height: number;
    readonly margin: { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number };
    readonly font: string;
    readonly language: string;
    readonly pageNumber: TextStyle & { readonly fromEdge: number; readonly onFirstPage: boolean };
  };
  readonly heading: {
    /** Column widths in millimetres; together the width between the margins. */
    readonly columns: readonly [number, number];
    readonly left: readonly PrintedLine[];
    readonly right: readonly PrintedLine[];
    readonly number: PrintedLine;
    readonly placeAndDate: PrintedLine;
    readonly typeName: PrintedLine;
    readonly subject: PrintedLine;
    /** *Kính gửi*, or null where a report of this family has none. */
    readonly addressee: PrintedLine | null;
    /** The line that marks a draft, with `{round}`, and the cell it is printed in. `unnumbered` is said before round 1. */
    readonly draftMark: PrintedLine & { readonly column: "left" | "right"; readonly unnumbered: string };
  };
  readonly body: {
    readonly text: Required<Pick<TextStyle, "size" | "align">>;
    readonly firstLineIndent: number;
    readonly spaceBefore: number;
    readonly spaceAfter: number;
    readonly line:
      | { readonly rule: "exact"; readonly points: number }
      | { readonly rule: "multiple"; readonly lines: number };
    /** The sign of each item level, first level first. */
    readonly items: readonly string[];
    /** What ends the text in place of its full stop, as `./.`; empty where the full stop stands. */
    readonly endMark: string;
  };
  /** Parts (*Phần*), appendices, then the depths below them, outermost first. The last entry serves all deeper ones. */
  readonly numbering: {
    readonly part: LevelFormat;
    readonly appendix: LevelFormat;
    readonly levels: readonly LevelFormat[];
  };
  /** Appendices follow the signature, each from a new page. */
  readonly appendix: {
    /** True where the pages of each appendix are counted from 1. */
    readonly restartPages: boolean;
    /** The line that says to which document it belongs, or null. */
    readonly reference: PrintedLine | null;
    /**
     * An appendix with a table of at least so many columns lies on its side; so does one whose table finds no room for
     * its longest words. Absent: only the latter.
     */
    readonly lyingFrom?: number;
  };
  readonly closing: {
    /** `sign` begins each recipient; `last` is the line that says where the document is filed, with `{archive}`. */
    readonly recipients: {
      readonly title: PrintedLine;
      readonly items: TextStyle;
      readonly sign: string;
      readonly last: string;
    };
    readonly signature: {
      /** How the family writes in whose place somebody signs; absent where nothing is known of it. */
      readonly powers?: SigningPowers;
      readonly power: TextStyle;
      readonly title: TextStyle;
      readonly name: TextStyle;
      /** Room left for the signature, millimetres. */
      readonly space: number;
    };
    readonly columns: readonly [number, number];
  };
  /** The table of comments and responses: A4 lying on its side. */
  readonly responses: {
    readonly margin: { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number };
    /** Widths of the heading block's two columns. */
    readonly headingColumns: readonly [number, number];
    /** Widths of the four columns; together the width between the margins. */
    readonly columns: readonly [number, number, number, number];
    readonly head: TextStyle;
    readonly cells: TextStyle;
    /** True where a fifth column, the first, numbers the rows. */
    readonly numberedRows?: boolean;
  };
  /** Tables in the text, where the family has rules or habits of its own; what is absent is inherited from the body. */
  readonly tables?: { readonly caption?: TextStyle; readonly cells?: TextStyle };
  readonly provenance: readonly Provenance[];
}
