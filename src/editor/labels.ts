import type { BlockKind, Language } from "#model";

/** All words that the editor shows, from the language files. */
export interface EditorLabels {
  readonly language: Language;
  /** On a title: that it cannot be changed. */
  readonly titleFixed: string;
  /** The name of the whole text, for screen readers. */
  readonly editor: string;
  readonly menu: string;
  readonly blocks: Readonly<Record<BlockCommand, string>>;
  readonly moveUp: string;
  readonly moveDown: string;
  /** Said after a block was moved, with `{position}`, `{of}` and `{slot}`. */
  readonly moved: string;
  readonly table: {
    /** The name of the cells, for screen readers. */
    readonly cells: string;
    /** In the place of a caption that is empty. */
    readonly caption: string;
    /** On a total, with `{stated}` and `{computed}`. */
    readonly unbalanced: string;
    /** In place of a table that has no content and cannot get any. */
    readonly missing: string;
  };
  /** On the handle by which a block is dragged. */
  readonly drag: string;
}

/** The kinds of block that the menu and the keys offer. */
export type BlockCommand = "paragraph" | "heading1" | "heading2" | "heading3" | "item1" | "item2";

/** What a {@link BlockCommand} makes of a block. */
export const BLOCK_COMMANDS: Readonly<Record<BlockCommand, { readonly kind: BlockKind; readonly level: number }>> = {
  paragraph: { kind: "paragraph", level: 0 },
  heading1: { kind: "heading", level: 1 },
  heading2: { kind: "heading", level: 2 },
  heading3: { kind: "heading", level: 3 },
  item1: { kind: "item", level: 1 },
  item2: { kind: "item", level: 2 },
};
