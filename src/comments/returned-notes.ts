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
import * as Y from "yjs";
import { anchorRange, resolveAnchor, wordsOf } from "./anchor.ts";
import { cellTarget } from "./cell-anchor.ts";
import { commentKey, notesMap, replyKey } from "./notes.ts";
import type { Notes } from "./notes.ts";
import { idOf, numberOf } from "./record-id.ts";
import { LIMITS, sameJson } from "./record.ts";

/** A returned copy, and who each of its authors is; null for one whose remarks are left out. */
export interface CopyToTake {
  readonly copy: ReturnedCopy;
  readonly people: ReadonlyMap<string, string | null>;
  /** When the file was last saved (UTC), as far as it says; empty where it does not. */
  readonly savedAt: string;
}

/** What becomes of a remark: it is new, changes one that came before, is known already, or has no person. */
export type RemarkFate = "new" | "changed" | "known" | "left-out";

/** What one person's notes get. */
export interface NewRecords {
  readonly comments: readonly Comment[];
  readonly replies: readonly Reply[];
}

/** The records that some copies bring, by person, and for each copy what becomes of its remarks, in their order. */
export interface TakenCopies {
  readonly records: ReadonlyMap<string, NewRecords>;
  readonly fates: readonly (readonly RemarkFate[])[];
}

/** What returned copies are taken into. */
export interface TakingSide {
  readonly template: Template;
  readonly round: Round;
  /** The frozen draft of the round. */
  readonly frozen: Y.Doc;
  /** What each person has written, by person. */
  readonly notes: ReadonlyMap<string, Pick<Notes, "comments" | "replies">>;
  /** UTC in ISO 8601 with milliseconds. */
  readonly now: string;
}

/**
 * What some returned copies bring to the notes of those who wrote in them. The ids of records follow from what they are
 * about, who wrote them and when: so a copy that comes again brings nothing, and a later one what is new in it or was
 * edited. The order of the copies does not matter. What is gone from a copy stays. What was withdrawn stays withdrawn.
 */
export function takeCopies(side: TakingSide, copies: readonly CopyToTake[]): TakenCopies {
  const taking = new Taking(side);
  const order = copies
    .map((copy, index) => ({ copy, index, key: JSON.stringify(copy.copy.remarks) }))
    .toSorted((a, b) => compare(a.copy.savedAt, b.copy.savedAt) || compare(a.key, b.key));
  const fates: (readonly RemarkFate[])[] = copies.map(() => []);
  for (const { copy, index } of order) fates[index] = taking.take(copy);
  return { records: taking.records(), fates };
}

/**
 * Writes records into a person's notes, `state` being what they hold, if anything: the update that does it, and the Yjs
 * client it is written by, which is new. The same records on the same notes give the same bytes.
 */
export function writeRecords(
  state: Uint8Array | undefined,
  person: string,
  { comments, replies }: NewRecords,
): { readonly update: Uint8Array; readonly client: number } {
  const doc = new Y.Doc();
  if (state) Y.applyUpdate(doc, state);
  const before = Y.encodeStateVector(doc);
  const known = Y.decodeStateVector(before);
  let client = numberOf(JSON.stringify([person, comments, replies, [...known]]));
  while (known.has(client)) client = (client + 1) >>> 0 || 1;
  doc.clientID = client;
  doc.transact(() => {
    const map = notesMap(doc, person);
    for (const comment of comments) map.set(commentKey(comment.id), comment);
    for (const reply of replies) map.set(replyKey(reply.id), reply);
  });
  return { update: Y.encodeStateAsUpdate(doc, before), client };
}

/** A stretch of a slot's flat text. */
interface Span {
  readonly slot: string;
  readonly from: number;
  readonly to: number;
}

class Taking {
  readonly #side: TakingSide;
  readonly #comments = new Map<string, Comment>();
  readonly #replies = new Map<string, Reply>();
  readonly #written = new Set<string>();
  readonly #measures = new Map<string, SlotMeasure>();
  readonly #tables = new Map<string, Table>();

  constructor(side: TakingSide) {
    this.#side = side;
    for (const { comments, replies } of side.notes.values()) {
      for (const comment of comments) this.#comments.set(comment.id, comment);
      for (const reply of replies) this.#replies.set(reply.id, reply);
    }
    for (const blocks of Object.values(readText(side.frozen, side.template).slots)) {
      for (const { table } of blocks) if (table) this.#tables.set(table.id, table);
    }
  }

  records(): Map<string, NewRecords> {
    const found = new Map<string, { comments: Comment[]; replies: Reply[] }>();
    for (const id of [...this.#written].toSorted(compare)) {
      const comment = this.#comments.get(id);
      const reply = this.#replies.get(id);
      const author = comment?.author ?? reply?.author ?? "";
      const own = found.get(author) ?? { comments: [], replies: [] };
      found.set(author, own);
      if (comment) own.comments.push(comment);
      if (reply) own.replies.push(reply);
    }
    return found;
  }

  take({ copy, people, savedAt }: CopyToTake): RemarkFate[] {
    const newest = copy.remarks.map(({ at }) => at).reduce((a, b) => (a > b ? a : b), "");
    const seen = new Map<string, number>();
    const ids: (string | null)[] = [];
    return copy.remarks.map((remark) => {
      const person = people.get(remark.author) ?? null;
      if (person === null) {
        ids.push(null);
        return "left-out";
      }
      const made = { person, at: this.#within(remark.at || newest), savedAt };
      const answered = remark.answers && "comment" in remark.answers ? remark.answers.comment : null;
      const root =
        answered ?? (remark.answers && "remark" in remark.answers ? (ids[remark.answers.remark] ?? null) : null);
      const nth = (parts: readonly (string | number)[]): string => {
        const key = JSON.stringify(parts);
        const count = seen.get(key) ?? 0;
        seen.set(key, count + 1);
        return idOf(FROM_COPY, [...parts, count]);
      };
      if (root !== null) {
        const { id, fate } = this.#reply(remark, root, made, nth);
        ids.push(id);
        return fate;
      }
      const { id, fate } = this.#comment(remark, made, nth);
      ids.push(id);
      return fate;
    });
  }

  #reply(remark: Remark, root: string, made: Made, nth: Nth): { id: string; fate: RemarkFate } {
    // Replies have one level.
    const comment = this.#replies.get(root)?.comment ?? root;
    const id = nth(["r", comment, made.person, remark.stamp, remark.stamp === "" ? remark.text : ""]);
    const [text = "", ...more] = chunks(remark.text);
    const old = this.#replies.get(id);
    const fresh: Reply = { id, comment, author: made.person, text, createdAt: made.at, withdrawn: false };
    const fate = this.#put(this.#replies, old, fresh, made);
    this.#continue(more, id, comment, made);
    return { id: comment, fate };
  }

  #comment(remark: Remark, made: Made, nth: Nth): { id: string; fate: RemarkFate } {
    const { round } = this.#side;
    const target = this.#target(remark.target);
    const isChange = remark.source === "tracked" || remark.source === "silent";
    const proposes =
      remark.proposal !== undefined && target.scope === "range" && remark.proposal.length <= LIMITS.proposal;
    const words = proposes
      ? remark.text
      : [remark.text, remark.proposal ?? ""].filter((part) => part !== "").join("\n");
    const [text = "", ...more] = chunks(words);
    const about = JSON.stringify(remark.target);
    const id = isChange
      ? nth(["p", round.number, made.person, about, proposes ? "" : text])
      : nth(["c", round.number, made.person, remark.stamp, about, remark.stamp === "" ? text : ""]);
    const fresh: Comment = {
      id,
      author: made.person,
      round: round.number,
      target,
      kind: remark.kind,
      text,
      ...(proposes ? { proposal: remark.proposal ?? "" } : {}),
      createdAt: made.at,
      ...(this.#isLate(made.at) ? { late: true } : {}),
      withdrawn: false,
    };
    const same = this.#comments.get(id) ?? this.#sameComment(fresh, remark);
    if (same && !sameJson(same.target, target) && !isChange) {
      const moved = { ...fresh, id: same.id };
      return { id: same.id, fate: this.#put(this.#comments, same, moved, made) };
    }
    const outer = isChange && !same ? this.#overlapping(fresh) : null;
    if (outer?.known) return { id: outer.known, fate: "known" };
    const fate = this.#put(this.#comments, same, fresh, made);
    for (const inner of outer?.inner ?? []) this.#withdraw(inner, made);
    this.#continue(more, id, id, made);
    return { id: same?.id ?? id, fate };
  }

  /** A comment that came before in a copy whose words around it were different: of the same time with the same words. */
  #sameComment(fresh: Comment, { source, stamp }: Remark): Comment | undefined {
    if (source !== "comment" || stamp === "") return undefined;
    return [...this.#comments.values()].find(
      (one) =>
        one.id.startsWith(FROM_COPY) &&
        one.author === fresh.author &&
        one.round === fresh.round &&
        one.createdAt === fresh.createdAt &&
        one.text === fresh.text &&
        one.proposal === undefined &&
        !this.#written.has(one.id),
    );
  }

  /**
   * How a proposed wording stands to those that the person made before: `known` is one that says the same, or more;
   * `inner` are those that it takes the place of.
   */
  #overlapping(fresh: Comment): { known: string | null; inner: Comment[] } {
    const span = this.#span(fresh);
    const inner: Comment[] = [];
    if (!span || fresh.proposal === undefined) return { known: null, inner };
    for (const one of this.#comments.values()) {
      if (!one.id.startsWith(FROM_COPY) || one.author !== fresh.author || one.round !== fresh.round) continue;
      if (one.proposal === undefined || one.id === fresh.id) continue;
      const other = this.#span(one);
      if (!other || other.slot !== span.slot || other.to <= span.from || span.to <= other.from) continue;
      if (this.#result(span, other, fresh.proposal) === this.#result(other, span, one.proposal))
        return { known: one.id, inner: [] };
      if (one.withdrawn) continue;
      if (other.from <= span.from && span.to <= other.to) return { known: one.id, inner: [] };
      if (span.from <= other.from && other.to <= span.to) inner.push(one);
    }
    return { known: null, inner };
  }

  #span({ target }: Comment): Span | null {
    return target.scope === "range" ? resolveAnchor(this.#side.frozen, target.slot, target.anchor) : null;
  }

  /** The words from the beginning of both stretches to the end of both, with one of them reworded. */
  #result(span: Span, other: Span, proposal: string): string {
    const words = wordsOf(slotText(this.#side.frozen, span.slot));
    return (
      words.slice(Math.min(span.from, other.from), span.from) +
      proposal +
      words.slice(span.to, Math.max(span.to, other.to))
    );
  }

  #withdraw(comment: Comment, { at, savedAt }: Made): void {
    const editedAt = this.#within(savedAt || at);
    this.#comments.set(comment.id, { ...comment, editedAt, withdrawn: true });
    this.#written.add(comment.id);
  }

  /** Puts a record where it is new or says something else. What it is about, its time and its round stay. */
  #put<T extends Comment | Reply>(all: Map<string, T>, old: T | undefined, fresh: T, made: Made): RemarkFate {
    if (!old) {
      all.set(fresh.id, fresh);
      this.#written.add(fresh.id);
      return "new";
    }
    if (old.withdrawn || saysSame(old, fresh)) return "known";
    const editedAt = this.#within(made.savedAt || made.at);
    // Who has edited it here since has the last word.
    if (old.editedAt !== undefined && old.editedAt >= editedAt) return "known";
    const { text } = fresh;
    const proposal = "proposal" in fresh && fresh.proposal !== undefined ? { proposal: fresh.proposal } : {};
    all.set(old.id, { ...old, text, ...proposal, editedAt });
    this.#written.add(old.id);
    return "changed";
  }

  /** What is too long for one record goes on in replies. */
  #continue(more: readonly string[], from: string, comment: string, made: Made): void {
    for (const [index, text] of more.entries()) {
      const id = idOf(FROM_COPY, ["m", from, index]);
      const fresh: Reply = { id, comment, author: made.person, text, createdAt: made.at, withdrawn: false };
      this.#put(this.#replies, this.#replies.get(id), fresh, made);
    }
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

interface Made {
  readonly person: string;
  readonly at: string;
  readonly savedAt: string;
}

type Nth = (parts: readonly (string | number)[]) => string;

function saysSame(a: Comment | Reply, b: Comment | Reply): boolean {
  const proposal = (of: Comment | Reply): string | undefined => ("proposal" in of ? of.proposal : undefined);
  return a.text === b.text && proposal(a) === proposal(b);
}

function chunks(text: string): string[] {
  const parts: string[] = [];
  for (let at = 0; at < text.length;) {
    let end = Math.min(at + LIMITS.text, text.length);
    if (end < text.length && /[\uD800-\uDBFF]/u.test(text.charAt(end - 1))) end--;
    parts.push(text.slice(at, end));
    at = end;
  }
  return parts;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
