import type { Comment, Reply } from "#model";
import { FROM_COPY, say } from "#model";
import { slotText } from "#collab";
import type * as Y from "yjs";
import { resolveAnchor, wordsOf } from "./anchor.ts";
import type { CopyAge, Trail } from "./copy-trail.ts";
import {
  ageTime,
  compareAges,
  isEarlier,
  latestAge,
  latestWords,
  readTrails,
  rewordedAt,
  withSighting,
  wordsKey,
} from "./copy-trail.ts";
import type { NewRecords } from "./new-records.ts";
import { notesMap, readNotes } from "./notes.ts";
import { idOf } from "./record-id.ts";
import { compareText, LIMITS, sameJson } from "./record.ts";

/**
 * What becomes of a remark: it is new, changes one that came before, is known already, is an older wording of one that
 * came (`older`), is kept beside another wording of it, of which nobody knows whether it is older (`both`), or has no
 * person.
 */
export type RemarkFate = "new" | "changed" | "known" | "older" | "both" | "left-out";

/** Who makes a record, when, and in which copy. */
export interface Made {
  readonly person: string;
  readonly at: string;
  readonly age: CopyAge;
  readonly durableId: string;
  readonly isChange: boolean;
}

/** How a proposed wording stands to those that the person made before. */
interface Rivals {
  /** One that says the same. */
  readonly same: Comment | null;
  /** The id of one that holds instead of it. */
  readonly over: string | null;
  /** True where that stood in a later copy. */
  readonly isOlder: boolean;
  /** Those that it takes the place of. */
  readonly inner: readonly Comment[];
}

/** A stretch of a slot's flat text. */
interface Span {
  readonly slot: string;
  readonly from: number;
  readonly to: number;
}

/** The records that copies bring and that others brought before, and which of two wordings holds. */
export class CopyDesk {
  readonly comments: Map<string, Comment> = new Map<string, Comment>();
  readonly replies: Map<string, Reply> = new Map<string, Reply>();
  readonly #trails = new Map<string, Trail>();
  readonly #written = new Set<string>();
  readonly #traced = new Set<string>();
  readonly #frozen: Y.Doc;
  readonly #within: (at: string) => string;

  /** `within` brings an instant between the opening of the round and now. */
  constructor(notes: ReadonlyMap<string, Y.Doc>, frozen: Y.Doc, within: (at: string) => string) {
    this.#frozen = frozen;
    this.#within = within;
    for (const [person, doc] of notes) {
      const { comments, replies } = readNotes(doc, person);
      for (const comment of comments) this.comments.set(comment.id, comment);
      for (const reply of replies) this.replies.set(reply.id, reply);
      for (const trail of readTrails(notesMap(doc, person))) this.#trails.set(trail.id, trail);
    }
  }

  /** What was written since, by person. */
  records(): Map<string, NewRecords> {
    const found = new Map<string, { comments: Comment[]; replies: Reply[]; trails: Trail[] }>();
    for (const id of [...new Set([...this.#written, ...this.#traced])].toSorted(compareText)) {
      const [comment, reply, trail] = [this.comments.get(id), this.replies.get(id), this.#trails.get(id)];
      const author = comment?.author ?? reply?.author ?? "";
      const own = found.get(author) ?? { comments: [], replies: [], trails: [] };
      found.set(author, own);
      if (comment && this.#written.has(id)) own.comments.push(comment);
      if (reply && this.#written.has(id)) own.replies.push(reply);
      if (trail && this.#traced.has(id)) own.trails.push(trail);
    }
    return found;
  }

  /** The comment that has the id by which Word knows a remark. */
  named({ person, durableId }: Made, round: number, claimed: ReadonlySet<string>): Comment | undefined {
    if (durableId === "") return undefined;
    return this.#ownOf(person, round).find(
      ({ id }) => !claimed.has(id) && this.#trails.get(id)?.durableIds.includes(durableId) === true,
    );
  }

  /** A comment that came in a copy whose words around it were different: of the same time with the same words. */
  moved(fresh: Comment, words: string, claimed: ReadonlySet<string>): Comment | undefined {
    const key = wordsKey(words, undefined);
    return this.#ownOf(fresh.author, fresh.round).find((one) => {
      if (one.createdAt !== fresh.createdAt || one.proposal !== undefined || claimed.has(one.id)) return false;
      const trail = this.#trails.get(one.id);
      if (trail?.change) return false;
      return this.#wordsOf(one) === words || trail?.sightings.some((seen) => seen.words === key) === true;
    });
  }

  #ownOf(person: string, round: number): Comment[] {
    return [...this.comments.values()].filter(
      (one) => one.id.startsWith(FROM_COPY) && one.author === person && one.round === round,
    );
  }

  /** How a change of the text stands to the others of the same person. */
  rivals(fresh: Comment, { age }: Made): Rivals {
    const inner: Comment[] = [];
    const span = this.#span(fresh);
    for (const one of this.#ownOf(fresh.author, fresh.round)) {
      if (one.id === fresh.id) continue;
      const later = compareAges(age, latestAge(this.#trailOf(one)));
      if (this.#isSameCell(one, fresh)) {
        if (one.withdrawn || later === 0) continue;
        if (later < 0) return { same: null, over: one.id, isOlder: true, inner: [] };
        inner.push(one);
        continue;
      }
      const other = this.#span(one);
      if (!span || !other || fresh.proposal === undefined || one.proposal === undefined) continue;
      if (other.slot !== span.slot || other.to <= span.from || span.to <= other.from) continue;
      const isSame = this.#result(span, other, fresh.proposal) === this.#result(other, span, one.proposal);
      if (isSame && !(one.withdrawn && this.#trails.get(one.id)?.replaced)) {
        return { same: one, over: null, isOlder: false, inner: [] };
      }
      if (one.withdrawn) continue;
      const isWithin = other.from <= span.from && span.to <= other.to;
      const isAround = span.from <= other.from && other.to <= span.to;
      // In one copy, or where nobody knows which is the later, the wider wording holds.
      if ((isWithin && later <= 0) || (isAround && later < 0)) {
        return { same: null, over: one.id, isOlder: later < 0, inner: [] };
      }
      if (isWithin || isAround) inner.push(one);
    }
    return { same: null, over: null, isOlder: false, inner };
  }

  #isSameCell({ id, target: a }: Comment, { target: b }: Comment): boolean {
    if (a.scope !== "cell" || b.scope !== "cell" || a.table !== b.table || a.cell !== b.cell) return false;
    return this.#trails.get(id)?.change === true;
  }

  #span({ target }: Comment): Span | null {
    return target.scope === "range" ? resolveAnchor(this.#frozen, target.slot, target.anchor) : null;
  }

  /** The words from the beginning of both stretches to the end of both, with one of them reworded. */
  #result(span: Span, other: Span, proposal: string): string {
    const words = wordsOf(slotText(this.#frozen, span.slot));
    return (
      words.slice(Math.min(span.from, other.from), span.from) +
      proposal +
      words.slice(span.to, Math.max(span.to, other.to))
    );
  }

  /** Takes note that a record stood as it is in one copy more. */
  sawAgain(record: Comment, { age, durableId }: Made): void {
    const trail = this.#trailOf(record);
    this.#trace(withSighting(trail, { ...age, words: latestWords(trail) }, durableId));
  }

  /** Withdraws a wording that another took the place of in a copy. */
  replace(comment: Comment, { age, at }: Made): void {
    this.#write(this.comments, { ...comment, editedAt: this.#within(ageTime(age) || at), withdrawn: true });
    this.#trace({ ...this.#trailOf(comment), replaced: age });
  }

  /** True where a withdrawn wording stands in a later copy than that in which another took its place. */
  standsAgain({ id }: Comment | Reply, { age }: Made): boolean {
    const replaced = this.#trails.get(id)?.replaced;
    return replaced !== undefined && compareAges(age, replaced) > 0;
  }

  fateOfWithdrawn({ id }: Comment | Reply): RemarkFate {
    return this.#trails.get(id)?.replaced ? "older" : "known";
  }

  /**
   * Puts a record where it is new or says something else than before. What it is about, its time and its round stay. Who
   * has edited it here since has the last word, unless a later copy brings words that none brought before.
   */
  put<T extends Comment | Reply>(
    all: Map<string, T>,
    old: T | undefined,
    fresh: T,
    words: string,
    made: Made,
  ): RemarkFate {
    const { age } = made;
    const proposal = proposalOf(fresh);
    const sighting = { ...age, words: wordsKey(words, proposal) };
    if (!old) {
      const durableIds = made.durableId === "" ? [] : [made.durableId];
      this.#trace({
        id: fresh.id,
        sightings: [sighting],
        durableIds,
        ...(made.isChange ? { change: true as const } : {}),
      });
      this.#say(all, fresh, words);
      return "new";
    }
    if (old.withdrawn && !this.standsAgain(old, made)) return this.fateOfWithdrawn(old);
    const known = this.#trailOf(old);
    const { replaced: _by, ...standing } = known;
    const next = withSighting(old.withdrawn ? standing : known, sighting, made.durableId);
    const [before, after] = [latestWords(known), latestWords(next)];
    const stood = this.#wordsOf(old);
    const isEdited = wordsKey(stood, proposalOf(old)) !== before;
    const at = this.#within(ageTime(age) || made.at);
    const isTaken = old.withdrawn || (after !== before && !(isEdited && (old.editedAt ?? "") >= at));
    if (next !== known) this.#trace(next);
    if (isTaken) {
      const kind = "kind" in fresh ? { kind: fresh.kind } : {};
      const said = { ...old, ...kind, ...(proposal === undefined ? {} : { proposal }), withdrawn: false };
      this.#say(all, said, words);
    }
    const record = all.get(old.id) ?? old;
    const reworded = old.withdrawn ? at : rewordedAt(next);
    if (reworded !== null && (isTaken || !isEdited)) {
      const editedAt = this.#within(reworded);
      this.#write(all, { ...record, editedAt: editedAt > record.createdAt ? editedAt : record.createdAt });
    }
    this.#tidy(record, next);
    if (isTaken) {
      if (!isEdited && before !== after && !isEarlier(next, before)) {
        this.#beside(record, before, [stood, proposalOf(old)], made);
      }
      return "changed";
    }
    if (sighting.words === after) return "known";
    if (isEarlier(next, sighting.words)) return "older";
    return this.#beside(record, sighting.words, [words, proposal], made) ? "both" : "known";
  }

  /** Keeps a wording of which nobody knows whether it is the earlier one, as a reply; false where it is there already. */
  #beside(record: Comment | Reply, key: string, said: readonly (string | undefined)[], made: Made): boolean {
    const id = besideId(record.id, key);
    if (this.replies.has(id)) return false;
    const words = say("vi", "returned.otherWording", { words: said.filter(Boolean).join("\n") });
    const { author } = record;
    const reply = { id, comment: rootOf(record), author, text: "", createdAt: made.at, withdrawn: false };
    this.#say(this.replies, reply, words);
    return true;
  }

  /** Withdraws the replies with wordings of which it is known by now that they are earlier ones, or the latest. */
  #tidy(record: Comment | Reply, trail: Trail): void {
    for (const key of new Set(trail.sightings.map(({ words }) => words))) {
      const reply = this.replies.get(besideId(record.id, key));
      if (!reply || reply.withdrawn || (key !== latestWords(trail) && !isEarlier(trail, key))) continue;
      this.#write(this.replies, { ...reply, withdrawn: true });
    }
  }

  /** Writes a record with its words; what is too long for one record goes on in replies. */
  #say<T extends Comment | Reply>(all: Map<string, T>, record: T, words: string): void {
    const [text = "", ...more] = chunks(words);
    this.#write(all, { ...record, text });
    const comment = rootOf(record);
    for (let index = 0; ; index++) {
      const old = this.replies.get(restId(record.id, index));
      const part = more[index];
      if (part === undefined && !old) break;
      const { author, createdAt } = record;
      const fresh = { id: restId(record.id, index), comment, author, text: "", createdAt, withdrawn: false };
      const rest: Reply = old ?? fresh;
      this.#write(this.replies, { ...rest, text: part ?? rest.text, withdrawn: part === undefined });
    }
  }

  /** All that a record says, with what was too long for it. */
  #wordsOf(record: Comment | Reply): string {
    let words = record.text;
    for (let index = 0; ; index++) {
      const rest = this.replies.get(restId(record.id, index));
      if (!rest || rest.withdrawn) return words;
      words += rest.text;
    }
  }

  /** The trail of a record; one that came before there were trails stood in one copy of which little is known. */
  #trailOf(record: Comment | Reply): Trail {
    const { id, createdAt, editedAt = createdAt } = record;
    const words = wordsKey(this.#wordsOf(record), proposalOf(record));
    return (
      this.#trails.get(id) ?? { id, sightings: [{ saved: "", newest: editedAt, revision: 0, words }], durableIds: [] }
    );
  }

  #trace(trail: Trail): void {
    if (this.#trails.get(trail.id) === trail) return;
    this.#trails.set(trail.id, trail);
    this.#traced.add(trail.id);
  }

  #write<T extends Comment | Reply>(all: Map<string, T>, record: T): void {
    if (sameJson(all.get(record.id), record)) return;
    all.set(record.id, record);
    this.#written.add(record.id);
  }
}

function proposalOf(of: Comment | Reply): string | undefined {
  return "proposal" in of ? of.proposal : undefined;
}

/** The comment that a record is, or answers. */
function rootOf(record: Comment | Reply): string {
  return "comment" in record ? record.comment : record.id;
}

function restId(record: string, index: number): string {
  return idOf(FROM_COPY, ["m", record, index]);
}

function besideId(record: string, words: string): string {
  return idOf(FROM_COPY, ["b", record, words]);
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
