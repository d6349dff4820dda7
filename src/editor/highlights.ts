import type { Node } from "prosemirror-model";
import { Plugin, PluginKey } from "prosemirror-state";
import type { EditorState, Transaction } from "prosemirror-state";
import type { Decoration } from "prosemirror-view";
import { DecorationSet } from "prosemirror-view";
import { LINEAGE_ROOT } from "#collab";
import { resolveAnchor } from "#comments";
import type { RangeAnchor, ThreadState } from "#model";
import { isRemote } from "./binding/guard.ts";
import type { SlotsBinding } from "./binding/slots-binding.ts";
import { frame, sign } from "./frames.ts";

/** A comment on words, as the text shows it. */
export interface ThreadMark {
  readonly id: string;
  readonly slot: string;
  readonly anchor: RangeAnchor;
  readonly state: ThreadState;
  readonly active: boolean;
  /** Which of several places of the comment it is, from 0; absent for its first. */
  readonly part?: number;
  /** The wording proposed instead of the words: given, both are shown, what goes and what comes. */
  readonly proposal?: string;
  /** True where nobody has said yet that the comment is about these words. */
  readonly uncertain?: boolean;
}

interface Shown {
  /** By a key of their own: two people's comments may bear one id. */
  readonly threads: ReadonlyMap<string, ThreadMark>;
  readonly set: DecorationSet;
  /** The keys of those that show a proposed wording. */
  readonly proposing: readonly string[];
  /** Threads whose words stand nowhere, as far as is known. */
  readonly unplaced: ReadonlySet<string>;
  /** How often anybody had moved words or brought some back when all anchors were last asked. */
  readonly moves: number;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

const key = new PluginKey<Shown>("highlights");

const AGAIN = "again";

/**
 * Shows the words that comments are about. Edits carry the highlights along. What others do may bring words back or take
 * them away: the places of the threads that it touched, and of those that had none, are asked of the anchors again; all
 * are where words were moved. Nothing else here grows with the number of threads, but showing other ones.
 */
export function highlights(binding: SlotsBinding, onClick: (thread: string) => void): Plugin {
  let moves = 0;
  return new Plugin<Shown>({
    key,
    state: {
      init: () => ({ threads: new Map(), set: DecorationSet.empty, proposing: [], unplaced: new Set(), moves }),
      apply: (transaction, old, _, state) => {
        const given: unknown = transaction.getMeta(key);
        const carried = transaction.docChanged ? afterEdit(transaction, old) : old;
        const remote = transaction.docChanged && isRemote(transaction);
        if (given === AGAIN || (remote && moves !== old.moves))
          return replaced(binding, state, { ...carried, moves }, new Set(old.threads.keys()), new Map());
        if (given !== undefined) return changed(binding, state, carried, given as readonly ThreadMark[]);
        const asked = remote ? replaced(binding, state, carried, doubtful(transaction, carried), new Map()) : carried;
        return transaction.docChanged ? proposedAnew(binding, state, asked) : asked;
      },
    },
    view: (view) => {
      // What is moved in one edit may be written down as moved in the next, as undo does.
      let asking: ReturnType<typeof setTimeout> | undefined;
      const moved = (): void => {
        moves++;
        asking ??= setTimeout(() => {
          asking = undefined;
          if (key.getState(view.state)?.moves !== moves) view.dispatch(showThreadsAgain(view.state));
        }, 0);
      };
      const lineage = binding.doc.getMap(LINEAGE_ROOT);
      lineage.observe(moved);
      return {
        destroy: () => {
          clearTimeout(asking);
          lineage.unobserve(moved);
        },
      };
    },
    props: {
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

function afterEdit({ mapping, doc }: Transaction, old: Shown): Shown {
  const gone: string[] = [];
  const onRemove = (spec: Spec): void => {
    if (spec["words"] !== false) gone.push(keyOf(spec));
  };
  const set = old.set.map(mapping, doc, { onRemove });
  return { ...old, set, unplaced: gone.length === 0 ? old.unplaced : new Set([...old.unplaced, ...gone]) };
}

/** The threads whose places an edit leaves in doubt: those at what it changed, and those that have none. */
function doubtful({ mapping, doc }: Transaction, { set, unplaced }: Shown): Set<string> {
  const names = new Set(unplaced);
  mapping.maps.forEach((map, i) => {
    const rest = mapping.slice(i + 1);
    map.forEach((_from, _to, newFrom, newTo) => {
      const from = Math.max(rest.map(newFrom, -1) - 1, 0);
      const to = Math.min(rest.map(newTo) + 1, doc.content.size);
      for (const { spec } of set.find(from, to)) names.add(keyOf(spec));
    });
  });
  return names;
}

/** Other threads than before: only those that are new, or look otherwise, cost anything. */
function changed(binding: SlotsBinding, state: EditorState, old: Shown, given: readonly ThreadMark[]): Shown {
  const threads = new Map<string, ThreadMark>();
  for (const thread of given) {
    const name = thread.part === undefined ? thread.id : `${thread.id}#${thread.part}`;
    threads.set(threads.has(name) ? `${name} ${threads.size}` : name, thread);
  }
  const stale = new Set<string>();
  const restyled = new Set<string>();
  for (const name of old.threads.keys()) if (!threads.has(name)) stale.add(name);
  for (const [name, thread] of threads) {
    const before = old.threads.get(name);
    if (before && samePlace(before, thread)) {
      if (!sameLook(before, thread)) restyled.add(name);
    } else {
      stale.add(name);
    }
  }
  const known = restyled.size === 0 ? new Map<string, Range>() : rangesBy(keyOf, old.set);
  for (const name of known.keys()) if (!restyled.has(name)) known.delete(name);
  const unplaced = new Set([...old.unplaced].filter((name) => threads.has(name)));
  const proposing = [...threads].flatMap(([name, { proposal }]) => (proposal === undefined ? [] : [name]));
  return replaced(
    binding,
    state,
    { ...old, threads, proposing, unplaced },
    new Set([...stale, ...known.keys()]),
    known,
  );
}

function samePlace(a: ThreadMark, b: ThreadMark): boolean {
  return a.slot === b.slot && a.anchor.start === b.anchor.start && a.anchor.end === b.anchor.end;
}

/** After an edit: a wording that was put into the text is no longer proposed there, one that was taken back is again. */
function proposedAnew(binding: SlotsBinding, state: EditorState, shown: Shown): Shown {
  if (shown.proposing.length === 0) return shown;
  const names = new Set(shown.proposing);
  const found = shown.set.find(undefined, undefined, (spec) => spec["words"] !== false && names.has(keyOf(spec)));
  const known = new Map(found.map(({ from, to, spec }) => [keyOf(spec), { from, to }]));
  return replaced(binding, state, shown, names, known);
}

/** True where the blocks in which a range stands say the wording already. */
function saysSo(doc: Node, { from, to }: Range, wording: string): boolean {
  return doc.textBetween(doc.resolve(from).start(), doc.resolve(to).end(), "\n").includes(wording.trim());
}

function sameLook(a: ThreadMark, b: ThreadMark): boolean {
  return a.state === b.state && a.active === b.active && a.proposal === b.proposal && a.uncertain === b.uncertain;
}

/** Draws some threads anew: where `known` says, else where their anchors are. */
function replaced(
  binding: SlotsBinding,
  state: EditorState,
  shown: Shown,
  names: ReadonlySet<string>,
  known: ReadonlyMap<string, Range>,
): Shown {
  if (names.size === 0) return shown;
  const unplaced = new Set(shown.unplaced);
  const made: Decoration[] = [];
  for (const name of names) {
    const thread = shown.threads.get(name);
    const range = thread && (known.get(name) ?? rangeOf(binding, state, thread));
    if (range) unplaced.delete(name);
    else if (thread) unplaced.add(name);
    if (thread && range) made.push(...decorations(state.doc, name, thread, range));
  }
  const old = shown.set.find(undefined, undefined, (spec) => names.has(keyOf(spec)));
  return { ...shown, set: shown.set.remove(old).add(state.doc, made), unplaced };
}

function rangeOf(binding: SlotsBinding, state: EditorState, thread: ThreadMark): Range | null {
  const range = resolveAnchor(binding.doc, thread.slot, thread.anchor);
  if (!range) return null;
  const from = binding.position(state.doc, range.slot, range.from);
  const to = binding.position(state.doc, range.slot, range.to);
  return from < to ? { from, to } : null;
}

function decorations(doc: Node, name: string, thread: ThreadMark, range: Range): Decoration[] {
  const { id, state, active } = thread;
  const { from, to } = range;
  const proposal = thread.proposal === undefined || saysSo(doc, range, thread.proposal) ? undefined : thread.proposal;
  const looks = [
    `tk-comment tk-comment-${state}`,
    active ? "tk-comment-active" : "",
    proposal === undefined ? "" : "tk-comment-change",
    thread.uncertain ? "tk-comment-uncertain" : "",
  ];
  const words = frame(
    from,
    to,
    { class: looks.filter((look) => look !== "").join(" "), "data-thread": id },
    { thread: id, name, inclusiveStart: false, inclusiveEnd: false },
  );
  if (proposal === undefined) return [words];
  // It holds no words of the report: taken away by an edit, the comment still stands at its own.
  const spec = { thread: id, name, words: false, side: -1, ignoreSelection: true, key: `${name} ${proposal}` };
  return [words, sign(to, () => proposedWords(id, proposal), spec)];
}

function proposedWords(thread: string, proposal: string): HTMLElement {
  const element = document.createElement("ins");
  element.className = "tk-proposed";
  element.dataset["thread"] = thread;
  element.contentEditable = "false";
  element.textContent = ` ${proposal}`;
  return element;
}

type Spec = Readonly<Record<string, unknown>>;

function keyOf(spec: Spec): string {
  return String(spec["name"]);
}

/** What {@link highlights} would show, for `frames` to draw. */
export function threadMarks(state: EditorState): DecorationSet | undefined {
  return key.getState(state)?.set;
}

/** The transaction that shows these threads and no others. */
export function showThreads(state: EditorState, threads: readonly ThreadMark[]): Transaction {
  return state.tr.setMeta(key, threads);
}

/** The transaction that asks the anchors anew: words were moved, and the shared text now says where to. */
export function showThreadsAgain(state: EditorState): Transaction {
  return state.tr.setMeta(key, AGAIN);
}

/** Where each thread that has a place stands now. */
export function threadRanges(state: EditorState): Map<string, Range> {
  return rangesBy(({ thread }) => String(thread), key.getState(state)?.set ?? DecorationSet.empty);
}

function rangesBy(name: (spec: Spec) => string, set: DecorationSet): Map<string, Range> {
  const ranges = new Map<string, Range>();
  for (const { from, to, spec } of set.find()) {
    const of = name(spec);
    const known = ranges.get(of);
    ranges.set(of, known ? { from: Math.min(known.from, from), to: Math.max(known.to, to) } : { from, to });
  }
  return ranges;
}
