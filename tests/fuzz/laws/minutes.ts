import type * as Y from "yjs";
import { proposeDecision, putComment, readDecisions, readNotes, validateDecision } from "#comments";
import type { Cast, Person } from "../cast.ts";
import type { Remark } from "./remark.ts";

const NOW = "2026-01-05T08:00:00.000Z";

/** Law 7 in the schedules: every comment that was made is on record in the end, and answered if anybody answered it. */
export class Minutes {
  readonly #cast: Cast;
  readonly #comments = new Map<string, Set<string>>();
  readonly #responses = new Map<string, Set<string>>();

  constructor(cast: Cast) {
    this.#cast = cast;
  }

  comment(person: Person, remark: Remark): void {
    const { id, slot, anchor, quote } = remark;
    putComment(person.notes, {
      id,
      author: person.name,
      round: 1,
      target: { scope: "range", slot, anchor, quote: { exact: quote, prefix: "", suffix: "" } },
      kind: "other",
      text: `on ${quote}`,
      createdAt: NOW,
      withdrawn: false,
    });
    const made = this.#comments.get(person.name) ?? new Set<string>();
    this.#comments.set(person.name, made.add(id));
  }

  /** Proposes a response, or validates the one at hand. False where there is none yet. */
  decide(what: "propose" | "validate", { name, decisions }: Person, comment: string, response: string): boolean {
    if (what === "validate") {
      if (!readDecisions(decisions).has(comment)) return false;
      validateDecision(decisions, comment, name, NOW);
      return true;
    }
    proposeDecision(decisions, { comment, outcome: "keep", response }, name, NOW);
    const given = this.#responses.get(comment) ?? new Set<string>();
    this.#responses.set(comment, given.add(response));
    return true;
  }

  close(): void {
    for (const [person, made] of this.#comments) {
      const kept = new Set(readNotes(this.#cast.notesOf(person), person).comments.map(({ id }) => id));
      for (const id of made) if (!kept.has(id)) throw new Error(`comment ${id} of ${person} is not on record`);
    }
    const told = readDecisions(this.#cast.decisions);
    for (const [comment, given] of this.#responses) {
      const response = told.get(comment)?.response;
      if (response === undefined || !given.has(response)) throw new Error(`the answer to ${comment} is not on record`);
    }
    const wanted = spelled(this.#cast.decisions);
    for (const { name, decisions } of this.#cast.people) {
      if (spelled(decisions) !== wanted) throw new Error(`${name} sees other decisions`);
    }
  }
}

function spelled(decisions: Y.Doc): string {
  return JSON.stringify([...readDecisions(decisions)].sort(([a], [b]) => (a < b ? -1 : 1)));
}
