import type { Answers } from "#comments";
import {
  decisionsMap,
  mergeComments,
  mergesMap,
  proposeDecision,
  readAnswers,
  reopenComment,
  separateComment,
  validateDecision,
} from "#comments";
import type { Outcome, ThreadRow } from "#model";
import { rowState, threadsOfRow } from "#model";
import type * as Y from "yjs";

/** What is answered: one of the outcomes, and the words. */
export interface Answer {
  readonly outcome: Outcome;
  readonly response: string;
}

/** What one act wrote under one key, and what counted there before. */
interface Written {
  readonly map: Y.Map<unknown>;
  readonly key: string;
  value: string;
}

interface Act {
  readonly before: Answers;
  readonly written: readonly Written[];
  /** The comment that it was about, or the first of them. */
  readonly comment: string;
}

/** What taking back the last act came to. `changed`: somebody has answered anew since, and that stands. */
export interface Undone {
  readonly comment: string;
  readonly result: "undone" | "changed";
}

/**
 * What one member of the committee says about comments, each act in one transaction, and takes back one by one, the last
 * first. A row is answered through the comment that leads it.
 */
export class Answering {
  readonly #doc: Y.Doc;
  readonly #person: string;
  readonly #now: () => string;
  #acts: Act[] = [];

  constructor(doc: Y.Doc, person: string, now: () => string) {
    this.#doc = doc;
    this.#person = person;
    this.#now = now;
  }

  /** True where there is something to take back. */
  get canUndo(): boolean {
    return this.#acts.length > 0;
  }

  /** Proposes one answer on every row, and validates it where `validate` says so. Throws `response-missing`. */
  propose(rows: readonly ThreadRow[], { outcome, response }: Answer, validate: boolean): void {
    this.#act(rows, () => {
      for (const row of rows) {
        const { decision, comment } = row.leading;
        const same = decision?.comment === comment.id && decision.outcome === outcome && decision.response === response;
        if (!same) proposeDecision(this.#doc, { comment: comment.id, outcome, response }, this.#person, this.#now());
        if (validate) this.#validate(row, comment.id);
      }
    });
  }

  /** Validates what is proposed on the rows, for every comment in them; those without a decision stay as they are. */
  validate(rows: readonly ThreadRow[]): void {
    const waiting = rows.filter((row) => row.leading.decision !== null && rowState(row) !== "validated");
    this.#act(waiting, () => {
      for (const row of waiting) this.#validate(row, row.leading.decision?.comment ?? row.leading.comment.id);
    });
  }

  /** Puts all rows into the one that `leading` leads. */
  merge(rows: readonly ThreadRow[], leading: ThreadRow): void {
    const others = rows.filter((row) => row.leading !== leading.leading);
    const into = leading.leading.comment.id;
    this.#act([leading], () => {
      const ids = others.map((row) => row.leading.comment.id);
      mergeComments(this.#doc, ids, into, this.#person, this.#now());
    });
  }

  /** Has a comment of a row answered by itself again; where it leads the row, all of them. */
  separate(comment: string): void {
    this.#recorded(comment, () => separateComment(this.#doc, comment, this.#person, this.#now()));
  }

  /** Takes the last act back, where nobody has said anything else since; null where there is none. */
  undo(): Undone | null {
    const act = this.#acts.pop();
    if (!act) return null;
    const standing = act.written.filter(({ map, key, value }) => valueAt(map, key) === value);
    this.#doc.transact(() => {
      for (const { map, key } of standing) {
        if (map === mergesMap(this.#doc)) this.#mergeAgain(key, act.before);
        else this.#decideAgain(key, act.before);
      }
    });
    // What stands there now says what the act before wrote, in a record of its own.
    for (const { map, key } of standing) {
      const earlier = this.#acts.findLast(({ written }) => written.some((one) => one.map === map && one.key === key));
      const one = earlier?.written.find((each) => each.map === map && each.key === key);
      if (one) one.value = valueAt(map, key);
    }
    return { comment: act.comment, result: standing.length === act.written.length ? "undone" : "changed" };
  }

  #validate(row: ThreadRow, on: string): void {
    const others = threadsOfRow(row).flatMap(({ comment }) => (comment.id === on ? [] : comment.id));
    validateDecision(this.#doc, on, this.#person, this.#now(), others);
  }

  #mergeAgain(comment: string, { merges }: Answers): void {
    const other = merges.get(comment)?.with ?? null;
    if (other === null) separateComment(this.#doc, comment, this.#person, this.#now());
    else mergeComments(this.#doc, [comment], other, this.#person, this.#now());
  }

  /** Nobody writes in another's name: what a colleague had proposed is proposed again by whoever takes back. */
  #decideAgain(comment: string, { decisions }: Answers): void {
    const before = decisions.get(comment);
    if (!before) {
      reopenComment(this.#doc, comment, this.#person, this.#now());
      return;
    }
    const { outcome, response } = before;
    proposeDecision(this.#doc, { comment, outcome, response }, this.#person, this.#now());
    if (before.validatedBy === this.#person) {
      validateDecision(this.#doc, comment, this.#person, this.#now(), before.covers ?? []);
    }
  }

  #act(rows: readonly ThreadRow[], work: () => void): void {
    const [first] = rows;
    if (first) this.#recorded(first.leading.comment.id, work);
  }

  /** Does `work` and remembers what it wrote. */
  #recorded(comment: string, work: () => void): void {
    const before = readAnswers(this.#doc);
    const written: Written[] = [];
    const maps = [decisionsMap(this.#doc), mergesMap(this.#doc)];
    const note = (event: Y.YMapEvent<unknown>): void => {
      for (const map of maps) {
        if (event.target !== map) continue;
        for (const key of event.keysChanged) written.push({ map, key, value: valueAt(map, key) });
      }
    };
    for (const map of maps) map.observe(note);
    try {
      this.#doc.transact(work);
    } finally {
      for (const map of maps) map.unobserve(note);
    }
    if (written.length > 0) this.#acts.push({ before, written, comment });
  }
}

function valueAt(map: Y.Map<unknown>, key: string): string {
  return JSON.stringify(map.get(key) ?? null);
}
