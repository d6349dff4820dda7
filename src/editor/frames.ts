import { Plugin } from "prosemirror-state";
import type { EditorState } from "prosemirror-state";
import type { DecorationSource } from "prosemirror-view";
import { Decoration, DecorationSet } from "prosemirror-view";

/** What makes a decoration anew at another place: decorations do not tell what they look like. By their specs. */
const makers = new WeakMap<object, (from: number, to: number) => Decoration>();

/** A frame around words that {@link frames} may draw at another place. */
export function frame(
  from: number,
  to: number,
  attributes: Readonly<Record<string, string>>,
  spec: Readonly<Record<string, unknown>> = {},
): Decoration {
  const own = { ...spec };
  makers.set(own, (a, b) => frame(a, b, attributes, spec));
  return Decoration.inline(from, to, attributes, own);
}

/** A sign between letters that {@link frames} may draw at another place. */
export function sign(pos: number, draw: () => HTMLElement, spec: Readonly<Record<string, unknown>>): Decoration {
  const own = { ...spec };
  makers.set(own, (_, to) => sign(to, draw, spec));
  return Decoration.widget(pos, draw, own);
}

/**
 * Draws the frames and signs of `source`, but touches no word that is being typed: while an input method is at work they
 * stay as they were, carried along by the edits, and are drawn anew with the next transaction after it. On a phone, whose
 * keyboard takes up a whole word again wherever the caret goes, they stand around the caret's word and never within it:
 * the browser loses hold of a word in several pieces, and writes it twice.
 */
export function frames(source: (state: EditorState) => DecorationSet | undefined, atWork: () => boolean): Plugin {
  const drawn = (state: EditorState): DecorationSet => {
    const set = source(state) ?? DecorationSet.empty;
    return ANDROID ? aroundWord(set, state) : set;
  };
  const plugin: Plugin<DecorationSet> = new Plugin<DecorationSet>({
    state: {
      init: (_, state) => drawn(state),
      apply: (transaction, old, _, state) => (atWork() ? old.map(transaction.mapping, transaction.doc) : drawn(state)),
    },
    props: { decorations: (state): DecorationSource | undefined => plugin.getState(state) },
  });
  return plugin;
}

const ANDROID = typeof navigator !== "undefined" && /Android/u.test(navigator.userAgent);

/** The same set, but what begins, ends or stands within the word at the caret does so at the word's borders. */
function aroundWord(set: DecorationSet, state: EditorState): DecorationSet {
  const word = wordAt(state);
  if (!word) return set;
  const within = (pos: number): boolean => pos > word.from && pos < word.to;
  const cutting = set.find(word.from, word.to).filter(({ from, to }) => within(from) || within(to));
  const moved = cutting.flatMap(({ from, to, spec }) => {
    const made = makers.get(Object(spec))?.(within(from) ? word.from : from, within(to) ? word.to : to);
    return made ? [made] : [];
  });
  return cutting.length > 0 ? set.remove(cutting).add(state.doc, moved) : set;
}

/** The word that the caret, or a selection of letters, is in or at. */
function wordAt({ selection }: EditorState): { from: number; to: number } | null {
  const { $from, $to } = selection;
  if (!$from.parent.isTextblock || !$from.sameParent($to)) return null;
  const text = $from.parent.textContent;
  if (!/^[\p{L}\p{M}\p{N}]*$/u.test(text.slice($from.parentOffset, $to.parentOffset))) return null;
  const before = /[\p{L}\p{M}\p{N}]*$/u.exec(text.slice(0, $from.parentOffset))?.[0].length ?? 0;
  const behind = /^[\p{L}\p{M}\p{N}]*/u.exec(text.slice($to.parentOffset))?.[0].length ?? 0;
  return { from: $from.pos - before, to: $to.pos + behind };
}
