import { ORIGIN, spotOf, TableEdit } from "#collab";
import { bringIntoView } from "./scrolling.ts";
import type { SearchOptions } from "./search-words.ts";
import type { Match } from "./search.ts";
import { foundMatches, replacementLine, replaceMatches, searchFor, searchState, toMatch, wordsFor } from "./search.ts";
import { positionOfTable } from "./table/table-blocks.ts";
import type { FoundInCell } from "./table/table-texts.ts";
import type { TextEditor } from "./text-editor.ts";

/** Finds and replaces in the text and in the cells of its tables, from match to match in their order. */
export class Finder {
  readonly #text: TextEditor;
  readonly #newId: () => string;
  /** The table in which the last search ended. */
  #left: string | null = null;

  constructor(text: TextEditor, newId: () => string) {
    this.#text = text;
    this.#newId = newId;
  }

  /** Begins a search. The first match at or after the caret, or after the last match, is selected. */
  find(query: string, options?: SearchOptions): void {
    const isBehind = this.#behind();
    this.#left = null;
    this.#text.view.dispatch(searchFor(this.#state, query, options));
    const matches = foundMatches(this.#state);
    const next = matches.find(isBehind) ?? matches[0];
    if (next) this.#go(next);
  }

  /** Selects the next (1) or the previous match, around the end of the report. */
  step(by: 1 | -1): void {
    const matches = foundMatches(this.#state);
    const index = searchState(this.#state)?.index ?? -1;
    const behind = matches.findIndex(this.#behind());
    const others = by === 1 ? Math.max(behind, 0) : (behind < 0 ? matches.length : behind) - 1;
    const match = matches.at((index >= 0 ? index + by : others) % Math.max(matches.length, 1));
    if (match) this.#go(match);
  }

  /** Replaces the selected match, and selects the next; where none is selected, or one may not write, only selects. */
  replaceCurrent(words: string): void {
    const { view, editable } = this.#text;
    const matches = foundMatches(this.#state);
    const index = searchState(this.#state)?.index ?? -1;
    const match = matches[index];
    if (!match || !editable) {
      this.step(1);
      return;
    }
    const next = matches[index + 1] ?? matches[0];
    if (match.cell) {
      this.#replaceInCells([match.cell], words);
      if (next && next !== match) this.#go(behindReplaced(next, match.cell, replacementLine(words).length));
      return;
    }
    const transaction = view.state.tr.replaceWith(match.from, match.to, wordsFor(view.state.doc, match, words));
    view.dispatch(transaction);
    if (!next || next === match) return;
    const map = (pos: number): number => transaction.mapping.map(pos);
    this.#go({ from: map(next.from), to: map(next.to), cell: next.cell });
  }

  /** Replaces every match, as one step of undo. How many there were. */
  replaceAll(words: string): number {
    const { view, history, editable } = this.#text;
    const matches = foundMatches(this.#state);
    if (!editable || matches.length === 0) return 0;
    history.together(() => {
      const { transaction, count } = replaceMatches(view.state, words);
      if (count > 0) view.dispatch(transaction);
      this.#replaceInCells(
        matches.flatMap(({ cell }) => cell ?? []),
        words,
      );
    });
    return matches.length;
  }

  clear(): void {
    const here = foundMatches(this.#state)[searchState(this.#state)?.index ?? -1];
    this.#text.view.dispatch(searchFor(this.#state, null));
    this.#left = here?.cell?.table ?? null;
  }

  /** Right after a search that ended in a table, puts the focus there; false where there was none. */
  enterLast(): boolean {
    const table = this.#left;
    this.#left = null;
    return table !== null && this.#text.tables.focus(table);
  }

  get #state(): TextEditor["view"]["state"] {
    return this.#text.view.state;
  }

  /** Tells whether a match stands at the caret, or at the match that was gone to last, or behind. */
  #behind(): (match: Match) => boolean {
    const { tables } = this.#text;
    const state = this.#state;
    const here = foundMatches(state)[searchState(state)?.index ?? -1]?.cell ?? null;
    const table = here?.table ?? tables.active?.table;
    const block = table === undefined ? null : positionOfTable(state, table);
    if (table === undefined || block === null) return ({ from }) => from >= state.selection.from;
    const pos = block + (state.doc.nodeAt(block)?.nodeSize ?? 1) - 1;
    const order = new Map(tables.texts.of(table).map(({ cell }, i) => [cell, i]));
    const first = order.get(here?.cell ?? tables.active?.cell() ?? "") ?? 0;
    return ({ from, cell }) => {
      if (from !== pos || !cell) return from > pos;
      const at = order.get(cell.cell) ?? 0;
      return at > first || (at === first && cell.from >= (here?.from ?? 0));
    };
  }

  #go(match: Match): void {
    const { view, tables } = this.#text;
    view.dispatch(toMatch(view.state.tr, match));
    if (match.cell) {
      tables.goTo(match.cell);
      return;
    }
    // The view scrolls to its own selection only while it has the focus, which the search keeps.
    const { node } = view.domAtPos(match.from);
    bringIntoView(node instanceof HTMLElement ? node : node.parentElement);
  }

  /** Found words, in their order, are replaced from the last to the first, so that each is at its old place. */
  #replaceInCells(found: readonly FoundInCell[], words: string): void {
    const { binding, history } = this.#text;
    const { doc } = binding;
    if (found.length === 0) return;
    const line = replacementLine(words);
    history.together(() => {
      doc.transact(() => {
        for (const { table, cell, from, to } of found.toReversed()) {
          const spot = spotOf(cell);
          if (spot) new TableEdit(doc, table, this.#newId).replaceRange(spot, from, to, line);
        }
      }, ORIGIN.editor);
    });
  }
}

/** A match by its place after another, in a cell, was replaced by so many units. */
function behindReplaced(match: Match, replaced: FoundInCell, length: number): Match {
  const { cell } = match;
  if (!cell || cell.table !== replaced.table || cell.cell !== replaced.cell || cell.from < replaced.to) return match;
  const shift = length - (replaced.to - replaced.from);
  return { ...match, cell: { ...cell, from: cell.from + shift, to: cell.to + shift } };
}
