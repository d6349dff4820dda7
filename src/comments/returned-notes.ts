import type {
  Comment,
  CommentTarget,
  DraftStretch,
  QuotedRange,
  Remark,
  RemarkTarget,
  Reply,
  ReturnedCopy,
  Round,
  Table,
  Template,
} from "#model";
import { FROM_COPY } from "#model";
import type { SlotMeasure } from "#collab";
import { measureSlot, readText, slotText } from "#collab";
import type * as Y from "yjs";
import { anchorRange, wordsOf } from "./anchor.ts";
import { cellTarget } from "./cell-anchor.ts";
import { CopyDesk } from "./copy-desk.ts";
import type { Made, RemarkFate } from "./copy-desk.ts";
import { compareAges } from "./copy-trail.ts";
import type { CopyAge } from "./copy-trail.ts";
import type { NewRecords } from "./new-records.ts";
import { idOf } from "./record-id.ts";
import { compareText, isInstant, LIMITS } from "./record.ts";

/** A returned copy, and who each of its authors is; null for one whose remarks are left out. */
export interface CopyToTake {
  readonly copy: ReturnedCopy;
  readonly people: ReadonlyMap<string, string | null>;
  /** When the file was last saved (UTC), as far as it says; empty where it does not. */
  readonly savedAt: string;
  /** How often it was saved, as far as it says; 0 where it does not. */
  readonly revision: number;
}

/** What becomes of the remarks of one copy, in their order, and how many are new and made after their round was closed. */
export interface CopyOutcome {
  readonly fates: readonly RemarkFate[];
  readonly late: number;
}

/** The records that some copies bring, by person, and what becomes of each copy, in their order. */
export interface TakenCopies {
  readonly records: ReadonlyMap<string, NewRecords>;
  readonly copies: readonly CopyOutcome[];
}

/** What returned copies are taken into. */
export interface TakingSide {
  readonly template: Template;
  readonly round: Round;
  /** The frozen draft of the round. */
  readonly frozen: Y.Doc;
  /** The notes of each person who has some. */
  readonly notes: ReadonlyMap<string, Y.Doc>;
  /** UTC in ISO 8601 with milliseconds. */
  readonly now: string;
}

/**
 * What some returned copies bring to the notes of those who wrote in them. The ids of records follow from what they are
 * about, who wrote them and when: so a copy that comes again brings nothing, and a later one what is new in it or was
 * edited. The order in which copies come does not matter: each says how old it is, and an older one takes back nothing
 * of a later one. What is gone from a copy stays. What was withdrawn stays withdrawn.
 */
export function takeCopies(side: TakingSide, copies: readonly CopyToTake[]): TakenCopies {
  const taking = new Taking(side);
  const order = copies
    .map((copy, index) => ({ copy, index, age: ageOf(copy, side.now), key: JSON.stringify(copy.copy.remarks) }))
    .toSorted((a, b) => compareAges(a.age, b.age) || compareText(a.key, b.key));
  const outcomes: CopyOutcome[] = copies.map(() => ({ fates: [], late: 0 }));
  for (const { copy, index, age } of order) outcomes[index] = taking.take(copy, age);
  return { records: taking.desk.records(), copies: outcomes };
}

/** How old a copy is; a clock that is ahead of ours tells nothing. */
function ageOf({ copy, savedAt, revision }: CopyToTake, now: string): CopyAge {
  const times = copy.remarks.map(({ at }) => at).filter((at) => isInstant(at) && at <= now);
  return {
    saved: isInstant(savedAt) && savedAt <= now ? savedAt : "",
    newest: times.reduce((a, b) => (a > b ? a : b), ""),
    revision,
  };
}

/** A remark as the record that it is, `words` being all that it says. */
interface Planned {
  readonly remark: Remark;
  readonly made: Made;
  readonly fresh: Comment;
  readonly words: string;
  readonly known: Comment | undefined;
}

/** One copy while it is taken: whose its remarks are, and which records they are. */
interface Sitting {
  readonly nth: (parts: readonly (string | number)[]) => string;
  /** Records that remarks of this copy are. */
  readonly claimed: Set<string>;
}

class Taking {
  readonly #side: TakingSide;
  readonly desk: CopyDesk;
  readonly #measures = new Map<string, SlotMeasure>();
  readonly #tables = new Map<string, Table>();

  constructor(side: TakingSide) {
    this.#side = side;
    this.desk = new CopyDesk(side.notes, side.frozen, (at) => this.#within(at));
    for (const blocks of Object.values(readText(side.frozen, side.template).slots)) {
      for (const { table } of blocks) if (table) this.#tables.set(table.id, table);
    }
  }

  take({ copy, people }: CopyToTake, age: CopyAge): CopyOutcome {
    const counts = new Map<string, number>();
    const sitting: Sitting = {
      claimed: new Set(),
      nth: (parts) => {
        const key = JSON.stringify(parts);
        const count = counts.get(key) ?? 0;
        counts.set(key, count + 1);
        return idOf(FROM_COPY, [...parts, count]);
      },
    };
    const made = copy.remarks.map((remark): Made | null => {
      const person = people.get(remark.author) ?? null;
      if (person === null) return null;
      const at = this.#within(remark.at || age.newest || age.saved);
      const isChange = remark.source === "tracked" || remark.source === "silent";
      return { person, at, age, durableId: remark.durableId, isChange };
    });
    // Which records the remarks are is settled first, so that none of them is taken for that of another.
    const planned = copy.remarks.map((remark, index) => {
      const by = made[index];
      const { answers } = remark;
      const isReply = answers !== null && ("comment" in answers || made[answers.remark]);
      return by && !isReply ? this.#planned(remark, by, sitting) : null;
    });
    const ids: (string | null)[] = [];
    const fates = copy.remarks.map(({ answers, ...remark }, index): RemarkFate => {
      const by = made[index];
      if (!by) {
        ids.push(null);
        return "left-out";
      }
      const plan = planned[index];
      const root = answers && ("comment" in answers ? answers.comment : ids[answers.remark]);
      const { id, fate } = plan ? this.#comment(plan, sitting) : this.#reply(remark, root ?? "", by, sitting);
      ids.push(id);
      return fate;
    });
    const late = planned.filter((plan, index) => plan?.fresh.late && fates[index] === "new").length;
    return { fates, late };
  }

  #reply(
    { text, stamp }: Pick<Remark, "text" | "stamp">,
    root: string,
    made: Made,
    { nth }: Sitting,
  ): { id: string; fate: RemarkFate } {
    // Replies have one level.
    const comment = this.desk.replies.get(root)?.comment ?? root;
    const id = nth(["r", comment, made.person, stamp, stamp === "" ? text : ""]);
    const fresh: Reply = { id, comment, author: made.person, text: "", createdAt: made.at, withdrawn: false };
    return { id: comment, fate: this.desk.put(this.desk.replies, this.desk.replies.get(id), fresh, text, made) };
  }

  #planned(remark: Remark, made: Made, { nth, claimed }: Sitting): Planned {
    const { round } = this.#side;
    const target = this.#target(remark.target);
    const proposes =
      remark.proposal !== undefined && target.scope === "range" && remark.proposal.length <= LIMITS.proposal;
    const words = proposes
      ? remark.text
      : [remark.text, remark.proposal ?? ""].filter((part) => part !== "").join("\n");
    const about = JSON.stringify(remark.target);
    const next = (): string =>
      made.isChange
        ? nth(["p", round.number, made.person, about, proposes ? "" : words.slice(0, LIMITS.text)])
        : nth(["c", round.number, made.person, remark.stamp, about, remark.stamp === "" ? words : ""]);
    const named = made.isChange ? undefined : this.desk.named(made, round.number, claimed);
    let id = next();
    if (!named) while (claimed.has(id)) id = next();
    const known = named ?? this.desk.comments.get(id);
    if (known) claimed.add(known.id);
    const fresh: Comment = {
      id,
      author: made.person,
      round: round.number,
      target,
      kind: remark.kind,
      text: "",
      ...(proposes ? { proposal: remark.proposal ?? "" } : {}),
      createdAt: made.at,
      ...(this.#isLate(made.at) ? { late: true } : {}),
      withdrawn: false,
    };
    return { remark, made, fresh, words, known };
  }

  #comment({ remark, made, fresh, words, known }: Planned, { claimed }: Sitting): { id: string; fate: RemarkFate } {
    const { desk } = this;
    if (made.isChange) {
      const id = known?.id ?? fresh.id;
      // One that another wording took the place of stands again only where a later copy says so.
      if (known?.withdrawn && !desk.standsAgain(known, made)) return { id, fate: desk.fateOfWithdrawn(known) };
      const rivals = known && !known.withdrawn ? null : desk.rivals({ ...fresh, text: words }, made);
      if (rivals?.same) {
        desk.sawAgain(rivals.same, made);
        return { id: rivals.same.id, fate: "known" };
      }
      if (rivals?.over) return { id: rivals.over, fate: rivals.isOlder ? "older" : "known" };
      const fate = desk.put(desk.comments, known, fresh, words, made);
      for (const inner of rivals?.inner ?? []) desk.replace(inner, made);
      return { id, fate };
    }
    const same = known ?? (remark.stamp === "" ? undefined : desk.moved(fresh, words, claimed));
    if (same) claimed.add(same.id);
    return { id: same?.id ?? fresh.id, fate: desk.put(desk.comments, same, fresh, words, made) };
  }

  /** An instant brought between the opening of the round and now: the clock of the device may be wrong. */
  #within(at: string): string {
    const { round, now } = this.#side;
    return at === "" || at < round.openedAt ? round.openedAt : at > now ? now : at;
  }

  #isLate(at: string): boolean {
    const { round, now } = this.#side;
    return [round.closedAt, round.deadline].some((end) => end !== undefined && end <= now && at > end);
  }

  /** The target as a comment names it; where its words or its cell are not in the draft, the slot. */
  #target(target: RemarkTarget): CommentTarget {
    if (target.scope === "cell") {
      const table = this.#tables.get(target.table);
      const cell = table && cellTarget(target.slot, table, target.cell);
      return cell ?? { scope: "slot", slot: target.slot };
    }
    if (target.scope !== "range") return target;
    const [first, ...also] = [target.stretch, ...target.also].flatMap((stretch) => this.#range(stretch) ?? []);
    if (!first) return { scope: "slot", slot: target.stretch.slot };
    return { scope: "range", ...first, ...(also.length > 0 ? { also: also.slice(0, LIMITS.also) } : {}) };
  }

  #range({ slot, from, to }: DraftStretch): QuotedRange | null {
    const text = slotText(this.#side.frozen, slot);
    const measure = this.#measures.get(slot) ?? measureSlot(text);
    this.#measures.set(slot, measure);
    const [start, end] = [measure.indexAt(from), measure.indexAt(to)];
    if (start === null || end === null || start >= end || wordsOf(text).slice(start, end).trim() === "") return null;
    return { slot, ...anchorRange(text, start, end) };
  }
}
