import { Plugin, PluginKey } from "prosemirror-state";
import type { EditorState, Transaction } from "prosemirror-state";
import { Decoration, DecorationSet } from "prosemirror-view";
import { resolveAnchor } from "#comments";
import type { RangeAnchor, ThreadState } from "#model";
import { isRemote } from "./binding/guard.ts";
import type { SlotsBinding } from "./binding/slots-binding.ts";

/** A comment on words, as the text shows it. */
export interface ThreadMark {
  readonly id: string;
  readonly slot: string;
  readonly anchor: RangeAnchor;
  readonly state: ThreadState;
  readonly active: boolean;
}

const key = new PluginKey<{ threads: readonly ThreadMark[]; set: DecorationSet }>("highlights");

/**
 * Shows the words that comments are about. One's own edits carry the highlights along; what others do may bring words
 * back or take them away, and then their places are asked of the anchors again.
 */
export function highlights(binding: SlotsBinding, onClick: (thread: string) => void): Plugin {
  return new Plugin<{ threads: readonly ThreadMark[]; set: DecorationSet }>({
    key,
    state: {
      init: () => ({ threads: [], set: DecorationSet.empty }),
      apply: (transaction, old, _, state) => {
        const given: unknown = transaction.getMeta(key);
        const threads = given === undefined ? old.threads : (given as readonly ThreadMark[]);
        const again = given !== undefined || (transaction.docChanged && isRemote(transaction));
        if (again) return { threads, set: placed(binding, state, threads) };
        return transaction.docChanged ? { threads, set: old.set.map(transaction.mapping, transaction.doc) } : old;
      },
    },
    props: {
      decorations: (state) => key.getState(state)?.set,
      handleClick: (view, pos) => {
        const found = key.getState(view.state)?.set.find(pos, pos) ?? [];
        const [smallest] = found.sort((a, b) => a.to - a.from - (b.to - b.from));
        const thread: unknown = smallest?.spec["thread"];
        if (typeof thread === "string") onClick(thread);
        return false;
      },
    },
  });
}

function placed(binding: SlotsBinding, state: EditorState, threads: readonly ThreadMark[]): DecorationSet {
  const decorations: Decoration[] = [];
  for (const thread of threads) {
    const range = resolveAnchor(binding.doc, thread.slot, thread.anchor);
    if (!range) continue;
    const from = binding.position(state.doc, range.slot, range.from);
    const to = binding.position(state.doc, range.slot, range.to);
    if (from >= to) continue;
    decorations.push(
      Decoration.inline(
        from,
        to,
        {
          class: `tk-comment tk-comment-${thread.state}${thread.active ? " tk-comment-active" : ""}`,
          "data-thread": thread.id,
        },
        { thread: thread.id, inclusiveStart: false, inclusiveEnd: false },
      ),
    );
  }
  return DecorationSet.create(state.doc, decorations);
}

/** The transaction that shows these threads and no others. */
export function showThreads(state: EditorState, threads: readonly ThreadMark[]): Transaction {
  return state.tr.setMeta(key, threads);
}

/** The transaction that asks the anchors anew: words were moved, and the shared text now says where to. */
export function showThreadsAgain(state: EditorState): Transaction {
  return showThreads(state, key.getState(state)?.threads ?? []);
}

/** Where each thread that has a place stands now. */
export function threadRanges(state: EditorState): Map<string, { from: number; to: number }> {
  const ranges = new Map<string, { from: number; to: number }>();
  for (const { from, to, spec } of key.getState(state)?.set.find() ?? []) {
    const id: unknown = spec["thread"];
    if (typeof id !== "string") continue;
    const known = ranges.get(id);
    ranges.set(id, known ? { from: Math.min(known.from, from), to: Math.max(known.to, to) } : { from, to });
  }
  return ranges;
}
