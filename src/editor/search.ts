import { Fragment } from "prosemirror-model";
import type { Node } from "prosemirror-model";
import { Plugin, PluginKey, TextSelection } from "prosemirror-state";
import type { EditorState, Transaction } from "prosemirror-state";
import { DecorationSet } from "prosemirror-view";
import { reportSchema } from "#model";
import { frame } from "./frames.ts";
import { ReplaceManyStep } from "./replace-many.ts";
import type { TextReplacement } from "./replace-many.ts";
import { SearchWords } from "./search-words.ts";
import type { SearchOptions } from "./search-words.ts";
import { isSame } from "./table/table-texts.ts";
import type { FoundInCell, TableTexts } from "./table/table-texts.ts";

/**
 * Where words were found: between two positions of the text, or in a cell. That one stands, among the others, where its
 * table's caption ends.
 */
export interface Match {
  readonly from: number;
  readonly to: number;
  readonly cell: FoundInCell | null;
}

/** Shows what was found in the cells of tables, and nothing else. */
export type ShowFound = (found: readonly FoundInCell[], here: FoundInCell | null) => void;

interface Search {
  readonly words: SearchWords;
  readonly matches: readonly Match[];
  /** The match that is selected, or -1. */
  readonly index: number;
  /** The match in a cell that was gone to last. */
  readonly cell: FoundInCell | null;
  readonly set: DecorationSet;
  /** The state of the tables in which was searched. */
  readonly tables: number | undefined;
}

const key = new PluginKey<Search | null>("search");

/** Finds text in every slot and every cell, in the order of the text, and shows where it stands. A match lies within one block, or one cell. */
export function search(texts: TableTexts | null = null, show: ShowFound = () => undefined): Plugin {
  return new Plugin<Search | null>({
    key,
    state: {
      init: () => null,
      apply: (transaction, old, _, state) => {
        const given = transaction.getMeta(key) as { words?: SearchWords | null; cell?: FoundInCell } | undefined;
        const words = given?.words === undefined ? (old?.words ?? null) : given.words;
        if (!words || words.query === "") return null;
        const cell = given?.cell ?? (transaction.selectionSet ? null : (old?.cell ?? null));
        const known = old?.words === words && !transaction.docChanged && old.tables === texts?.version ? old : null;
        if (known && !transaction.selectionSet && cell === known.cell) return known;
        const matches = known?.matches ?? find(state.doc, words, texts);
        const index = placeOf(state, matches, cell);
        const set = DecorationSet.create(
          state.doc,
          matches.flatMap((match, i) =>
            match.cell ? [] : frame(match.from, match.to, { class: i === index ? FOUND_HERE : FOUND }),
          ),
        );
        return { words, matches, index, cell, set, tables: texts?.version };
      },
    },
    view: () => ({
      update: ({ state }, before) => {
        const [now, then] = [key.getState(state), key.getState(before)];
        if (now === then) return;
        const found = now?.matches.flatMap((match) => match.cell ?? []) ?? [];
        if (found.length > 0 || then?.matches.some((match) => match.cell))
          show(found, now?.matches[now.index]?.cell ?? null);
      },
    }),
  });
}

/** The classes of what was found, and of what of it is selected. */
export const FOUND = "tk-found";
export const FOUND_HERE = "tk-found tk-found-here";

/** What {@link search} would show in the text, for `frames` to draw. */
export function foundMarks(state: EditorState): DecorationSet | undefined {
  return key.getState(state)?.set;
}

/** The state of the search, or null while there is none. */
export function searchState(state: EditorState): { query: string; count: number; index: number } | null {
  const found = key.getState(state);
  return found ? { query: found.words.query, count: found.matches.length, index: found.index } : null;
}

/** All that was found, in the order of the text. */
export function foundMatches(state: EditorState): readonly Match[] {
  return key.getState(state)?.matches ?? [];
}

/** Begins a search, or ends it with null. */
export function searchFor(state: EditorState, query: string | null, options: SearchOptions = {}): Transaction {
  return state.tr.setMeta(key, { words: query === null ? null : new SearchWords(query, options) });
}

/** Selects a match. */
export function toMatch(transaction: Transaction, { from, to, cell }: Match): Transaction {
  if (cell) return transaction.setMeta(key, { cell });
  return transaction.setSelection(TextSelection.create(transaction.doc, from, to)).scrollIntoView();
}

/** Replaces every match of the text in one edit, those in cells not; each block keeps what is around it. */
export function replaceMatches(state: EditorState, text: string): { transaction: Transaction; count: number } {
  const matches = foundMatches(state).filter(({ cell }) => !cell);
  const replacements = matches.map(({ from, to }) => ({ from, to, content: wordsFor(state.doc, { from, to }, text) }));
  const transaction = state.tr;
  for (const one of bySection(state.doc, replacements)) transaction.step(new ReplaceManyStep(one));
  return { transaction, count: matches.length };
}

/** Stretches in order, apart for each section, the last first: each is at its old place when its turn comes. */
function bySection(doc: Node, replacements: readonly TextReplacement[]): TextReplacement[][] {
  const parts: TextReplacement[][] = [];
  let end = 0;
  for (const one of replacements) {
    if (one.from >= end) {
      const $from = doc.resolve(one.from);
      end = $from.end(1);
      parts.unshift([]);
    }
    parts[0]?.push(one);
  }
  return parts;
}

/** What comes in place of a match: the words as one line, under the marks that hold there. */
export function wordsFor(doc: Node, { from, to }: { from: number; to: number }, text: string): Fragment {
  const words = replacementLine(text);
  if (words === "") return Fragment.empty;
  const marks = doc.resolve(from).marksAcross(doc.resolve(to)) ?? [];
  return Fragment.from(reportSchema.text(words, marks));
}

/** What somebody asks for in place of what was found, as one line. */
export function replacementLine(text: string): string {
  return text.normalize("NFC").replaceAll(/[\r\n]+/g, " ");
}

function placeOf({ selection }: EditorState, matches: readonly Match[], cell: FoundInCell | null): number {
  if (cell) return matches.findIndex((match) => match.cell !== null && isSame(match.cell, cell));
  return matches.findIndex(({ from, to, cell: other }) => !other && from === selection.from && to === selection.to);
}

function find(doc: Node, words: SearchWords, texts: TableTexts | null): Match[] {
  const matches: Match[] = [];
  doc.descendants((node, pos) => {
    if (node.type !== reportSchema.nodes.block) return true;
    for (const { from, to } of words.in(node, () => node.textContent)) {
      matches.push({ from: pos + 1 + from, to: pos + 1 + to, cell: null });
    }
    const table = String(node.attrs["table"] ?? "");
    if (table === "" || !texts) return false;
    const end = pos + node.nodeSize - 1;
    for (const holder of texts.of(table)) {
      for (const { from, to } of words.in(holder, () => holder.text)) {
        matches.push({ from: end, to: end, cell: { table, cell: holder.cell, from, to } });
      }
    }
    return false;
  });
  return matches;
}
