import { BookmarkEnd, BookmarkStart } from "docx";
import type { ParagraphChild, XmlComponent } from "docx";
import type { Report } from "#model";
import { numberOutline } from "#model";
import { isPrinted } from "./comment-anchors.ts";
import { printedOrder } from "./printed-order.ts";

/** Begins the name of a block's bookmark, and of a title's. The underscore hides them in Word's list. */
export const BLOCK_BOOKMARK = "_tkb_";
export const TITLE_BOOKMARK = "_tks_";

/** Gives out the names and numbers of bookmarks, each once. */
export class Bookmarks {
  readonly #taken = new Set<string>();
  #number = 0;

  /** `children` under a bookmark with the next {@link name}. */
  around(prefix: string, id: string, children: readonly ParagraphChild[]): ParagraphChild[] {
    const name = this.name(prefix, id);
    return [inline(new BookmarkStart(name, this.#number)), ...children, inline(new BookmarkEnd(this.#number))];
  }

  /**
   * The next name. A plain id is its name after the prefix, `-` as `_`; any other id, and one that comes again, is named
   * by its number in the file, since Word takes only letters, figures and `_`, and 40 of them.
   */
  name(prefix: string, id: string): string {
    this.#number++;
    const plain = `${prefix}${id.replaceAll("-", "_")}`;
    const fits = /^[A-Za-z0-9-]+$/.test(id) && plain.length <= 40 && !this.#taken.has(plain.toLowerCase());
    const name = fits ? plain : `${prefix}_${this.#number}`;
    // Word does not tell capitals from small letters in names of bookmarks.
    this.#taken.add(name.toLowerCase());
    return name;
  }
}

// The docx library writes the ends of a bookmark wherever a run may stand, but leaves them out of the type.
function inline(element: XmlComponent): ParagraphChild {
  return element as ParagraphChild;
}

/** What stands under a bookmark: a block of a slot, or the title of an outline node. */
export type BookmarkTarget =
  | { readonly type: "block"; readonly slot: string; readonly block: string }
  | { readonly type: "title"; readonly node: string };

/**
 * The bookmarks of a report's Word file by their names, in the order of the file. Names cannot be read back into ids, so
 * whoever reads such a file recomputes them from the text it was made of: the live one, or the frozen one of its round.
 * Bookmarks of appendices that the file leaves out are in here too, after all others.
 */
export function bookmarkTargets(
  report: Pick<Report, "template" | "ruleSet" | "fields" | "slots">,
): ReadonlyMap<string, BookmarkTarget> {
  const { template, ruleSet, fields, slots } = report;
  const bookmarks = new Bookmarks();
  const targets = new Map<string, BookmarkTarget>();
  const { text, appendices } = printedOrder(template, numberOutline(template, ruleSet, fields));
  for (const { slot, before, entry } of [...text, ...appendices.flat()]) {
    for (const { format, node } of [...before, entry]) {
      if (format) targets.set(bookmarks.name(TITLE_BOOKMARK, node.id), { type: "title", node: node.id });
    }
    for (const block of (slots[slot.id] ?? []).filter(isPrinted)) {
      targets.set(bookmarks.name(BLOCK_BOOKMARK, block.id), { type: "block", slot: slot.id, block: block.id });
    }
  }
  return targets;
}
