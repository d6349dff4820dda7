import { Slice } from "prosemirror-model";
import { docFrom } from "#collab";
import { FormerText } from "../../src/editor/binding/former-text.ts";
import { cutAcross } from "../../src/editor/paste/clipboard.ts";
import { replaceMatches, searchFor } from "../../src/editor/search.ts";
import { restored } from "../../src/editor/restore.ts";
import { diffWords } from "../../src/client/workspace/compare/word-diff.ts";
import { carried } from "../fuzz/edits/moving.ts";
import type { Random } from "../support/random.ts";
import { typedWords } from "./prose.ts";
import { textOf } from "./world.ts";
import type { Range, Seat } from "./world.ts";
import { spell } from "./ledger.ts";
import type { Unit } from "./ledger.ts";

/** One thing that a person does at or around a stretch of words. */
export type Act = (seat: Seat, at: Range, r: Random, about: ReadonlySet<number>) => void;

/** A position between two signs of a stretch, or at its one end. */
function within({ from, to }: Range, r: Random): number {
  return to - from < 2 ? to : from + 1 + r.int(to - from - 1);
}

function type(seat: Seat, from: number, to: number, words: string): void {
  seat.write(() => {
    seat.desk.select(from, to);
    seat.desk.type(words);
  });
}

function press(seat: Seat, anchor: number, head: number, ...keys: string[]): void {
  seat.write(() => {
    seat.desk.select(anchor, head);
    for (const key of keys) seat.desk.press(key);
  });
}

/** The block around a position: where its text begins and ends. */
function blockAround(seat: Seat, pos: number): Range {
  const $pos = seat.desk.state.doc.resolve(pos);
  return { from: $pos.start(), to: $pos.end() };
}

/** A stretch with some of what stands around it in its blocks. */
function wider(seat: Seat, { from, to }: Range, r: Random): Range {
  const [first, last] = [blockAround(seat, from), blockAround(seat, to)];
  return r() < 0.3
    ? { from: first.from, to: last.to }
    : { from: from - r.int(from - first.from + 1), to: to + r.int(last.to - to + 1) };
}

/** A part of a stretch. */
function narrower({ from, to }: Range, r: Random): Range {
  const a = from + r.int(to - from);
  const b = a + 1 + r.int(to - a);
  return b - a === to - from && to - from > 1 ? { from: a + 1, to: b } : { from: a, to: b };
}

/** A place to put something, anywhere in a block, not within a stretch. `slot` says of which slots. */
function elsewhere(seat: Seat, { from, to }: Range, r: Random, slot: "same" | "other" | "any"): number | null {
  const own = seat.desk.state.doc.resolve(from).node(1);
  const places: Range[] = [];
  seat.desk.state.doc.descendants((node, pos, parent) => {
    if (!node.isTextblock) return true;
    if (slot === "any" || (parent === own) === (slot === "same"))
      places.push({ from: pos + 1, to: pos + 1 + node.content.size });
    return false;
  });
  for (let i = 0; i < 20 && places.length > 0; i++) {
    const block = r.pick(places);
    const pos = r() < 0.3 ? r.pick([block.from, block.to]) : block.from + r.int(block.to - block.from + 1);
    if (pos < from || pos > to) return pos;
  }
  return null;
}

/** The signs with those of a stretch put in at another place. */
function rearranged(shown: readonly Unit[], { from, to }: Range, pos: number): Unit[] {
  const moved = shown.filter((unit) => unit.pos >= from && unit.pos < to);
  const rest = shown.filter((unit) => unit.pos < from || unit.pos >= to);
  const at = rest.filter((unit) => unit.pos < pos).length;
  return [...rest.slice(0, at), ...moved, ...rest.slice(at)];
}

function drag(seat: Seat, range: Range, r: Random): void {
  const pos = elsewhere(seat, range, r, "any");
  if (pos === null) return;
  seat.arrange(rearranged(seat.shown(), range, pos), () => {
    seat.desk.select(range.from, range.to);
    seat.desk.drop(pos, carried(seat.desk.state.selection.content()), true);
  });
}

function cut(seat: Seat, { from, to }: Range): void {
  const units = seat.shown().filter((unit) => unit.pos >= from && unit.pos < to);
  seat.write(() => {
    seat.desk.select(from, to);
    const { state } = seat.desk;
    seat.cut = { carried: carried(state.selection.content()), units };
    const asked = state.tr.deleteSelection().setMeta("uiEvent", "cut");
    seat.desk.dispatch(cutAcross(state, asked) ?? asked);
  });
}

/** Pastes what was cut. What stands again by then is not carried: these are other signs. */
function pasteCut(seat: Seat, pos: number): void {
  const { cut: held } = seat;
  if (!held) return;
  seat.cut = null;
  const shown = seat.shown();
  const standing = new Set(shown.map(({ sign }) => sign));
  const pasted = held.units.map((unit) => (standing.has(unit.sign) ? { ...unit, sign: -1 } : unit));
  seat.arrange(inserted(shown, pasted, pos), () => {
    seat.desk.select(pos);
    seat.desk.paste(held.carried);
  });
}

function inserted(shown: readonly Unit[], put: readonly Unit[], pos: number): Unit[] {
  const at = shown.filter((unit) => unit.pos < pos).length;
  return [...shown.slice(0, at), ...put, ...shown.slice(at)];
}

const cutAndPaste =
  (slot: "same" | "other"): Act =>
  (seat, at, r) => {
    const range = r() < 0.7 ? wider(seat, at, r) : narrower(at, r);
    cut(seat, range);
    const pos = elsewhere(seat, { from: range.from, to: range.from - 1 }, r, slot);
    if (pos !== null) pasteCut(seat, pos);
  };

/** Moves the blocks of a stretch by their keys. Their ids tell what became of the order. */
function shift(seat: Seat, { from, to }: Range, key: string, times: number): void {
  for (let i = 0; i < times; i++) {
    const units = seat.shown();
    const before = blocksOf(seat).map((block) => ({
      ...block,
      units: units.filter(({ pos }) => pos >= block.from && pos < block.to),
    }));
    seat.desk.history.stop();
    if (i === 0) seat.desk.select(from, to);
    seat.desk.press(key);
    seat.desk.history.stop();
    const after = blocksOf(seat);
    // Two slots may each have a block of the same id; one that stayed in its slot is not the one that came, and one that
    // came where its id is taken has a new one.
    const stayed = after.map(({ slot, id }) => take(before, (block) => block.slot === slot && block.id === id));
    const came = after.map(({ id }, at) => stayed[at] ?? take(before, (block) => block.id === id));
    const wanted = came.flatMap((block) => (block ?? take(before, ({ units: own }) => own.length > 0))?.units ?? []);
    seat.arrange(wanted, () => undefined);
  }
}

function blocksOf(
  seat: Seat,
): { readonly slot: string; readonly id: string; readonly from: number; readonly to: number }[] {
  const blocks: ReturnType<typeof blocksOf> = [];
  seat.desk.state.doc.descendants((node, pos, parent) => {
    const slot = String(parent?.attrs["slot"]);
    if (node.isTextblock) blocks.push({ slot, id: String(node.attrs["id"]), from: pos, to: pos + node.nodeSize });
    return !node.isTextblock;
  });
  return blocks;
}

/** The first of a list that fits, taken out of it. */
function take<T>(list: T[], fits: (one: T) => boolean): T | undefined {
  const at = list.findIndex(fits);
  return at < 0 ? undefined : list.splice(at, 1)[0];
}

const shifted =
  (key: string): Act =>
  (seat, { from, to }, r) =>
    shift(seat, { from, to: r() < 0.5 ? from : to }, key, 1 + r.int(2));

/** Finds words and puts others in the place of each. */
function replaceAll(seat: Seat, query: string, wanted: string): void {
  const { desk } = seat;
  seat.write(() => {
    desk.dispatch(searchFor(desk.state, query, {}));
    const { transaction, count } = replaceMatches(desk.state, wanted);
    if (count > 0) desk.dispatch(transaction);
    desk.dispatch(searchFor(desk.state, null));
  });
}

/** Brings back the version that was saved. What stands elsewhere by then comes back as other signs, which never happens. */
function restore(seat: Seat): void {
  const { version, desk } = seat;
  if (!version) return;
  const body = docFrom(version.state);
  const former = new FormerText(desk.doc, body);
  seat.bring(version.units, () => desk.dispatch(restored(desk.state, textOf(body), diffWords, former)));
}

const SHAPES = ["Mod-Alt-0", "Mod-Alt-1", "Mod-Alt-2", "Mod-Shift-8"];

/** Everything that one person does to the words of a comment or beside them. */
export const ACTS = {
  "typing inside": (seat, at, r) => {
    const pos = within(at, r);
    type(seat, pos, pos, `${r() < 0.5 ? " " : ""}${typedWords(r)}${r() < 0.5 ? " " : ""}`);
  },
  "typing before": (seat, { from }, r) => type(seat, from, from, `${typedWords(r)} `),
  "typing after": (seat, { to }, r) => type(seat, to, to, ` ${typedWords(r)}`),
  split: (seat, at, r) => {
    const block = blockAround(seat, at.from);
    const pos = r.pick([() => within(at, r), () => block.from + r.int(at.from - block.from + 1), () => at.to])();
    press(seat, pos, pos, "Enter");
  },
  join: (seat, { from, to }, r) => {
    const [first, last] = [blockAround(seat, from), blockAround(seat, to)];
    const [pos, key] = r.pick([
      [first.from, "Backspace"],
      [last.from, "Backspace"],
      [last.to, "Delete"],
    ] as const);
    // Once for a block that is one of a list, once more to join it.
    press(seat, pos, pos, key, key);
  },
  "kind, level": (seat, { from, to }, r) => {
    press(seat, from, to, r.pick([...SHAPES, "Tab", "Shift-Tab"]), r.pick([...SHAPES, "Tab", "Shift-Tab"]));
  },
  marks: (seat, at, r) => {
    const { from, to } = r() < 0.5 ? narrower(at, r) : wider(seat, at, r);
    press(seat, from, to, r.pick(["Mod-b", "Mod-i"]));
  },
  "deleting a part": (seat, at, r) => {
    const { from, to } = narrower(at, r);
    press(seat, from, to, r.pick(["Backspace", "Delete"]));
  },
  "writing over a part": (seat, at, r) => {
    const { from, to } = narrower(at, r);
    type(seat, from, to, typedWords(r));
  },
  "deleting all": (seat, at, r) => {
    const { from, to } = wider(seat, at, r);
    press(seat, from, to, "Backspace");
  },
  "writing anew": (seat, at, r, about) => {
    const { from, to } = wider(seat, at, r);
    const units = seat.shown().filter(({ pos }) => pos >= from && pos < to);
    press(seat, from, to, "Backspace");
    // In one line: several are another text.
    if (
      blockAround(seat, from).to < from ||
      units.some((unit, i) => i > 0 && unit.pos !== (units[i - 1]?.pos ?? 0) + 1)
    )
      return;
    const pos = r() < 0.5 ? seat.desk.state.selection.from : elsewhere(seat, { from, to: from - 1 }, r, "any");
    if (pos === null) return;
    seat.writeAnew(pos, units, about, () => {
      seat.desk.select(pos);
      seat.desk.paste({ html: "", text: spell(units), slice: Slice.empty });
    });
  },
  "moving up": shifted("Alt-Shift-ArrowUp"),
  "moving down": shifted("Alt-Shift-ArrowDown"),
  dragging: (seat, at, r) => drag(seat, r() < 0.7 ? wider(seat, at, r) : narrower(at, r), r),
  "cut, paste here": cutAndPaste("same"),
  "cut, paste there": cutAndPaste("other"),
  "copy, paste": (seat, at, r) => {
    const { from, to } = wider(seat, at, r);
    const pos = elsewhere(seat, { from, to: from - 1 }, r, "any");
    seat.desk.select(from, to);
    const copy = carried(seat.desk.state.selection.content());
    if (pos === null) return;
    seat.write(() => {
      seat.desk.select(pos);
      seat.desk.paste(copy);
    });
  },
  "undo of a deletion": (seat, at, r) => {
    const { from, to } = r() < 0.7 ? wider(seat, at, r) : narrower(at, r);
    press(seat, from, to, "Backspace");
    seat.undo();
  },
  redo: (seat, at, r, about) => {
    ACTS[r.pick(["deleting a part", "typing inside", "dragging", "moving down", "split"] as const)](seat, at, r, about);
    seat.undo();
    seat.redo();
  },
  restoring: (seat, at, r, about) => {
    seat.save();
    const edits = 1 + r.int(3);
    for (let i = 0; i < edits; i++) {
      const act = r.pick([
        "deleting all",
        "deleting a part",
        "writing over a part",
        "moving down",
        "split",
        "join",
        "dragging",
      ] as const);
      const aim = i === 0 ? at : randomRange(seat, r);
      if (aim) ACTS[act](seat, aim, r, about);
    }
    restore(seat);
  },
  "replacing all": (seat, at, r) => {
    const words = [...spell(seat.shown().filter(({ pos }) => pos >= at.from && pos < at.to)).matchAll(/\p{L}+/gu)];
    if (words.length === 0) return;
    const first = r.int(words.length);
    const last = Math.min(words.length - 1, first + r.int(3));
    const query = (words[first]?.input ?? "").slice(
      words[first]?.index,
      (words[last]?.index ?? 0) + (words[last]?.[0].length ?? 0),
    );
    replaceAll(seat, query, r() < 0.2 ? "" : typedWords(r));
  },
} satisfies Record<string, Act>;

export type ActName = keyof typeof ACTS;

/** Some words anywhere in a block; null where the block has none. */
export function randomRange(seat: Seat, r: Random): Range | null {
  const shown = seat.shown();
  if (shown.length === 0) return null;
  const first = r.int(shown.length);
  const last = Math.min(shown.length - 1, first + r.int(25));
  const [a, b] = [shown[first], shown[last]];
  return a && b && a.slot === b.slot ? { from: a.pos, to: b.pos + 1 } : null;
}

/** What two people do in a mix, and how often. */
const MIX: Readonly<Record<string, number>> = {
  "typing inside": 12,
  "typing before": 6,
  "typing after": 6,
  split: 6,
  join: 4,
  "kind, level": 5,
  marks: 6,
  "deleting a part": 8,
  "writing over a part": 6,
  "deleting all": 1,
  "moving up": 3,
  "moving down": 3,
  dragging: 3,
  "cut, paste here": 2,
  "cut, paste there": 2,
  "copy, paste": 2,
  "undo of a deletion": 2,
  "replacing all": 2,
  undo: 6,
  "redo it": 3,
  save: 2,
  restore: 1,
};

/** One act of a mix, at the comment's words or anywhere. */
export function mixed(seat: Seat, aim: () => Range | null, r: Random, about: ReadonlySet<number>): void {
  const name = r.weighted<string>(MIX);
  if (name === "undo") seat.undo();
  else if (name === "redo it") seat.redo();
  else if (name === "save") seat.save();
  else if (name === "restore") restore(seat);
  else {
    const at = (r() < 0.4 ? aim() : null) ?? randomRange(seat, r);
    if (at) ACTS[name as ActName](seat, at, r, about);
  }
}
