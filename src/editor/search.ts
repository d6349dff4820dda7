import { Plugin, PluginKey, TextSelection } from "prosemirror-state";
import type { EditorState, Transaction } from "prosemirror-state";
import { Fragment } from "prosemirror-model";
import type { Node } from "prosemirror-model";
import { DecorationSet } from "prosemirror-view";
import { reportSchema } from "#model";
import { frame } from "./frames.ts";
import { ReplaceManyStep } from "./replace-many.ts";
import type { TextReplacement } from "./replace-many.ts";

export interface SearchOptions {
  readonly matchCase?: boolean;
  /** False finds "dai hoi" in "đại hội". */
  readonly matchMarks?: boolean;
}

interface Search {
  readonly query: string;
  readonly options: SearchOptions;
  readonly matches: readonly { readonly from: number; readonly to: number }[];
  /** The match that is selected, or -1. */
  readonly index: number;
  readonly set: DecorationSet;
  /** Blocks in the form in which they are compared; a block that stays is not read again. */
  readonly folded: WeakMap<Node, Folded>;
}

/** A text to search in: the same words folded, and for each unit of them where its letter stands in the text. */
interface Folded {
  readonly text: string;
  /** Null where every letter kept its place. */
  readonly places: readonly { readonly from: number; readonly to: number }[] | null;
}

const key = new PluginKey<Search | null>("search");

/** Finds text in every slot and shows where it stands. A match lies within one block. */
export function search(): Plugin {
  return new Plugin<Search | null>({
    key,
    state: {
      init: () => null,
      apply: (transaction, old, _, state) => {
        const given: unknown = transaction.getMeta(key);
        const asked = given === undefined ? old : (given as Pick<Search, "query" | "options"> | null);
        if (!asked || asked.query === "") return null;
        if (asked === old && !transaction.docChanged && !transaction.selectionSet) return old;
        const folded = asked === old ? old.folded : new WeakMap<Node, Folded>();
        const matches =
          asked === old && !transaction.docChanged ? old.matches : find(state.doc, asked.query, asked.options, folded);
        const { from, to } = state.selection;
        const index = matches.findIndex((match) => match.from === from && match.to === to);
        const set = DecorationSet.create(
          state.doc,
          matches.map((match, i) =>
            frame(match.from, match.to, { class: i === index ? "tk-found tk-found-here" : "tk-found" }),
          ),
        );
        return { query: asked.query, options: asked.options, matches, index, set, folded };
      },
    },
  });
}

/** What {@link search} would show, for `frames` to draw. */
export function foundMarks(state: EditorState): DecorationSet | undefined {
  return key.getState(state)?.set;
}

/** The state of the search, or null while there is none. */
export function searchState(state: EditorState): { query: string; count: number; index: number } | null {
  const found = key.getState(state);
  return found ? { query: found.query, count: found.matches.length, index: found.index } : null;
}

/** Begins a search, or ends it with null. The first match at or after the caret is selected. */
export function searchFor(state: EditorState, query: string | null, options: SearchOptions = {}): Transaction {
  const transaction = state.tr.setMeta(key, query === null ? null : { query: query.normalize("NFC"), options });
  if (query === null || query === "") return transaction;
  const matches = find(state.doc, query.normalize("NFC"), options, new WeakMap());
  const next = matches.find((match) => match.from >= state.selection.from) ?? matches[0];
  return next ? select(transaction, next) : transaction;
}

/** Selects the next (`by` 1) or previous match, around the end of the report. Null where nothing is found. */
export function stepMatch(state: EditorState, by: 1 | -1): Transaction | null {
  const found = key.getState(state);
  if (!found || found.matches.length === 0) return null;
  const { from } = state.selection;
  const { matches, index } = found;
  const at =
    index >= 0
      ? (index + by + matches.length) % matches.length
      : by === 1
        ? Math.max(
            matches.findIndex((match) => match.from >= from),
            0,
          )
        : (matches.findLastIndex((match) => match.from < from) + matches.length) % matches.length;
  const match = matches[at];
  return match ? select(state.tr, match) : null;
}

/** Replaces the selected match, and selects the next; where none is selected, only selects. */
export function replaceMatch(state: EditorState, text: string): Transaction | null {
  const found = key.getState(state);
  const match = found?.matches[found.index];
  if (!found || !match) return stepMatch(state, 1);
  const next = found.matches[found.index + 1] ?? found.matches[0];
  const transaction = state.tr.replaceWith(match.from, match.to, wordsFor(state.doc, match, text));
  if (!next || next === match) return transaction;
  return select(transaction, { from: transaction.mapping.map(next.from), to: transaction.mapping.map(next.to) });
}

/** Replaces every match in one edit; each block keeps what is around it. */
export function replaceMatches(state: EditorState, text: string): { transaction: Transaction; count: number } {
  const matches = key.getState(state)?.matches ?? [];
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

/** What comes in place of a stretch: the words as one line, under the marks that hold there. */
function wordsFor(doc: Node, { from, to }: { from: number; to: number }, text: string): Fragment {
  const words = text.normalize("NFC").replaceAll(/[\r\n]+/g, " ");
  if (words === "") return Fragment.empty;
  const marks = doc.resolve(from).marksAcross(doc.resolve(to)) ?? [];
  return Fragment.from(reportSchema.text(words, marks));
}

function select(transaction: Transaction, { from, to }: { from: number; to: number }): Transaction {
  return transaction.setSelection(TextSelection.create(transaction.doc, from, to)).scrollIntoView();
}

function find(
  doc: Node,
  query: string,
  options: SearchOptions,
  known: WeakMap<Node, Folded>,
): { from: number; to: number }[] {
  const wanted = fold(query, options).text;
  const matches: { from: number; to: number }[] = [];
  if (wanted === "") return matches;
  doc.descendants((node, pos) => {
    if (node.type !== reportSchema.nodes.block) return true;
    let folded = known.get(node);
    if (!folded) {
      folded = fold(node.textContent, options);
      known.set(node, folded);
    }
    const { text, places } = folded;
    for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + wanted.length)) {
      const last = at + wanted.length - 1;
      matches.push({ from: pos + 1 + (places?.[at]?.from ?? at), to: pos + 1 + (places?.[last]?.to ?? last + 1) });
    }
    return false;
  });
  return matches;
}

/** Text in the form in which it is compared. A letter written in several signs, as some keyboards do, counts as one. */
function fold(text: string, options: SearchOptions): Folded {
  if (!/\p{M}/u.test(text)) {
    let folded = "";
    for (let i = 0; i < text.length; i++) folded += foldLetter(text.charAt(i), options) || text.charAt(i);
    return { text: folded, places: null };
  }
  let folded = "";
  const places: { from: number; to: number }[] = [];
  for (const { 0: letter, index } of text.matchAll(/\P{M}\p{M}*|\p{M}+/gu)) {
    const sign = foldLetter(letter.normalize("NFC"), options);
    folded += sign;
    for (let i = 0; i < sign.length; i++) places.push({ from: index, to: index + letter.length });
  }
  return { text: folded, places };
}

function foldLetter(letter: string, { matchCase = false, matchMarks = true }: SearchOptions): string {
  let sign = letter;
  if (!matchMarks) {
    sign = sign === "đ" ? "d" : sign === "Đ" ? "D" : sign.normalize("NFD").replaceAll(/\p{M}/gu, "");
  }
  if (matchCase) return sign;
  const lower = sign.toLowerCase();
  return lower.length === sign.length ? lower : sign;
}
