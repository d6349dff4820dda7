import type { IParagraphOptions } from "docx";
import type { Block } from "#model";
import type { TrackedWording } from "./tracked-wording.ts";
import type { WordLists, WrittenLabel } from "./word-lists.ts";

/** What a paragraph says of its style and its list. */
type Setting = Pick<IParagraphOptions, "style" | "numbering">;

/** A block of a slot on its way to a paragraph. */
export interface LabelledBlock {
  readonly block: Block;
  readonly style: string;
  readonly label: string;
  /** Its numbers, of a heading. */
  readonly path: readonly number[] | null;
  readonly wordings: readonly TrackedWording[];
}

/** How a block's paragraph is set, and what of its label is written as text. */
export interface BlockSetting {
  readonly paragraph: Pick<IParagraphOptions, "style" | "numbering" | "revision">;
  readonly text: string;
}

/**
 * How the blocks of a slot are set, asked for in their order. Of paragraphs that a proposed wording joins, Word keeps the
 * setting of the last. So that it becomes that of the first, it is changed along with the words, and tracked as they are.
 */
export class BlockSettings {
  readonly #slot: string;
  readonly #lists: WordLists;
  readonly #nextRevision: () => number;
  /** The setting of the first of the blocks that are being joined. */
  #first: Setting | null = null;

  constructor(slot: string, lists: WordLists, nextRevision: () => number) {
    this.#slot = slot;
    this.#lists = lists;
    this.#nextRevision = nextRevision;
  }

  next({ block, style, label, path, wordings }: LabelledBlock): BlockSetting {
    const joined = wordings.find((wording) => wording.joined);
    const joins = wordings.some((wording) => wording.joins);
    const written = this.#written({ block, style, label, path, wordings }, joins || joined !== undefined);
    const setting = { style, ...written.paragraph };
    if (joins && !joined) this.#first = setting;
    return { paragraph: joined && !joins ? this.#changed(setting, joined) : setting, text: written.text };
  }

  #written({ block, style, label, path }: LabelledBlock, isJoined: boolean): WrittenLabel {
    // A heading that is joined is not counted: what follows keeps its number whether the wording is taken or not.
    if (path) return isJoined ? this.#lists.typed(label, style) : this.#lists.heading(this.#slot, path, label, style);
    return block.kind === "item" ? this.#lists.item(block.level, label) : { paragraph: {}, text: label };
  }

  #changed(setting: Setting, { author, date }: TrackedWording): BlockSetting["paragraph"] {
    const first = this.#first;
    this.#first = null;
    if (!first || JSON.stringify(first) === JSON.stringify(setting)) return setting;
    return { ...first, revision: { ...setting, id: this.#nextRevision(), author, date } };
  }
}
