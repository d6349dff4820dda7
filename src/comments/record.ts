import type {
  CellSpot,
  Comment,
  CommentTarget,
  Decision,
  QuotedRange,
  Quotation,
  RangeAnchor,
  Reply,
  Spot,
  Stance,
  Voice,
} from "#model";
import { COMMENT_KINDS, OUTCOMES, responseSuffices } from "#model";
import * as lib0 from "lib0/function";

/** Why a change of notes or decisions is refused; each is also a word of the wire. */
export type RefusalWord = "bad-record" | "not-yours" | "round-closed" | "chair-only" | "read-only" | "too-large";

/** How long the texts of a record may be, in UTF-16 units, and how many records one person may leave. */
export const LIMITS: {
  readonly text: number;
  readonly proposal: number;
  readonly response: number;
  readonly quote: number;
  readonly context: number;
  readonly anchor: number;
  readonly characters: number;
  readonly records: number;
  /** How many further ranges a comment may name. */
  readonly also: number;
  readonly unit: number;
  readonly people: number;
} = {
  text: 10_000,
  proposal: 10_000,
  response: 10_000,
  quote: 4000,
  context: 200,
  anchor: 200,
  characters: 4000,
  records: 10_000,
  also: 20,
  unit: 200,
  people: 1_000_000,
};

const ID = /^[A-Za-z0-9_-]{1,64}$/;
const SLOT = /^[a-z0-9-]{1,64}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

type Fields = Readonly<Record<string, unknown>>;

/** True for a plain JSON object: what another program or an old version may have left there is something else. */
function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** True for what may be the id of a comment, a reply or a person. */
export function isRecordId(value: unknown): value is string {
  return typeof value === "string" && ID.test(value);
}

/** True for an instant in UTC with milliseconds that exists in the calendar. */
export function isInstant(value: unknown): value is string {
  if (typeof value !== "string" || !TIME.test(value)) return false;
  const time = Date.parse(value);
  return Number.isFinite(time) && new Date(time).toISOString() === value;
}

function isText(value: unknown, most: number): value is string {
  return typeof value === "string" && value.length <= most;
}

function isRound(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 9999;
}

function readAnchor(value: unknown): RangeAnchor | null {
  if (!isFields(value)) return null;
  const { start, end, characters } = value;
  if (!isText(start, LIMITS.anchor) || !isText(end, LIMITS.anchor)) return null;
  if (characters === undefined) return { start, end };
  return isText(characters, LIMITS.characters) ? { start, end, characters } : null;
}

/** The spot that a stored value holds; null where it holds none. */
export function readSpot(value: unknown): Spot | null {
  if (!isFields(value)) return null;
  const { slot } = value;
  const anchor = readAnchor(value["anchor"]);
  return typeof slot === "string" && SLOT.test(slot) && anchor ? { slot, anchor } : null;
}

/** The cell that a stored value names; null where it names none. */
export function readCellSpot(value: unknown): CellSpot | null {
  if (!isFields(value)) return null;
  const { slot, table, cell } = value;
  if (typeof slot !== "string" || !SLOT.test(slot)) return null;
  return isRecordId(table) && isRecordId(cell) ? { slot, table, cell } : null;
}

function readQuotation(value: unknown): Quotation | null {
  if (!isFields(value)) return null;
  const { exact, prefix, suffix } = value;
  if (!isText(exact, LIMITS.quote)) return null;
  if (!isText(prefix, LIMITS.context) || !isText(suffix, LIMITS.context)) return null;
  return { exact, prefix, suffix };
}

function readTarget(value: unknown): CommentTarget | null {
  if (!isFields(value)) return null;
  const { scope, slot } = value;
  if (scope === "report") return { scope };
  if (typeof slot !== "string" || !SLOT.test(slot)) return null;
  if (scope === "slot") return { scope, slot };
  const quote = readQuotation(value["quote"]);
  if (!quote) return null;
  if (scope === "cell") {
    const { table, cell } = value;
    // A cell without a word can be asked about too.
    return isRecordId(table) && isRecordId(cell) ? { scope, slot, table, cell, quote } : null;
  }
  const range = scope === "range" ? readRange(value) : null;
  if (!range) return null;
  const { also } = value;
  if (also === undefined) return { scope: "range", ...range };
  if (!Array.isArray(also) || also.length === 0 || also.length > LIMITS.also) return null;
  const others = also.flatMap((each) => readRange(each) ?? []);
  return others.length === also.length ? { scope: "range", ...range, also: others } : null;
}

function readRange(value: unknown): QuotedRange | null {
  if (!isFields(value)) return null;
  const { slot } = value;
  const anchor = readAnchor(value["anchor"]);
  const quote = readQuotation(value["quote"]);
  if (typeof slot !== "string" || !SLOT.test(slot) || !anchor || !quote) return null;
  return quote.exact.trim() === "" ? null : { slot, anchor, quote };
}

/** The comment that a stored value holds, without anything a comment does not have; null where it holds none. */
export function readComment(value: unknown): Comment | null {
  if (!isFields(value)) return null;
  const { id, author, round, text, proposal, createdAt, editedAt, late, audience, withdrawn } = value;
  const target = readTarget(value["target"]);
  const kind = COMMENT_KINDS.find((known) => known === value["kind"]);
  if (!target || !kind || !isRecordId(id) || !isRecordId(author) || !isRound(round)) return null;
  if (!isText(text, LIMITS.text) || !isInstant(createdAt) || typeof withdrawn !== "boolean") return null;
  if (editedAt !== undefined && !isInstant(editedAt)) return null;
  if (proposal !== undefined && (!isText(proposal, LIMITS.proposal) || target.scope !== "range")) return null;
  if (proposal === undefined && text.trim() === "") return null;
  if (late !== undefined && late !== true) return null;
  if (audience !== undefined && audience !== "unnamed" && audience !== "all") return null;
  return {
    id,
    author,
    round,
    target,
    kind,
    text,
    ...(proposal === undefined ? {} : { proposal }),
    createdAt,
    ...(editedAt === undefined ? {} : { editedAt }),
    ...(late === undefined ? {} : { late }),
    ...(audience === undefined ? {} : { audience }),
    withdrawn,
  };
}

/** The reply that a stored value holds; null where it holds none. */
export function readReply(value: unknown): Reply | null {
  if (!isFields(value)) return null;
  const { id, comment, author, text, createdAt, editedAt, withdrawn } = value;
  if (!isRecordId(id) || !isRecordId(comment) || !isRecordId(author)) return null;
  if (!isText(text, LIMITS.text) || text.trim() === "" || !isInstant(createdAt)) return null;
  if (editedAt !== undefined && !isInstant(editedAt)) return null;
  if (typeof withdrawn !== "boolean") return null;
  return { id, comment, author, text, createdAt, ...(editedAt === undefined ? {} : { editedAt }), withdrawn };
}

/** The stance that a stored value holds; null where it holds none. */
export function readStance(value: unknown): Stance | null {
  if (!isFields(value)) return null;
  const { author, round, agrees, createdAt, editedAt, late } = value;
  if (!isRecordId(author) || !isRound(round) || typeof agrees !== "boolean" || !isInstant(createdAt)) return null;
  if (editedAt !== undefined && !isInstant(editedAt)) return null;
  if (late !== undefined && late !== true) return null;
  const voice = value["voice"] === undefined ? undefined : readVoice(value["voice"]);
  if (voice === null) return null;
  return {
    author,
    round,
    agrees,
    ...(voice === undefined ? {} : { voice }),
    createdAt,
    ...(editedAt === undefined ? {} : { editedAt }),
    ...(late === undefined ? {} : { late }),
  };
}

function readVoice(value: unknown): Voice | null {
  if (!isFields(value)) return null;
  const { unit, people } = value;
  if (!isText(unit, LIMITS.unit) || unit.trim() === "") return null;
  if (people === undefined) return { unit };
  const counts = typeof people === "number" && Number.isInteger(people) && people >= 1 && people <= LIMITS.people;
  return counts ? { unit, people } : null;
}

/** The decision that a stored value holds; null where it holds none. */
export function readDecision(value: unknown): Decision | null {
  if (!isFields(value)) return null;
  const { comment, response, proposedBy, proposedAt, validatedBy, validatedAt, covers } = value;
  const outcome = OUTCOMES.find((known) => known === value["outcome"]);
  if (!outcome || !isRecordId(comment) || !isText(response, LIMITS.response)) return null;
  if (!responseSuffices(outcome, response) || !isRecordId(proposedBy) || !isInstant(proposedAt)) return null;
  const proposal: Decision = { comment, outcome, response, proposedBy, proposedAt };
  if (validatedBy === undefined && validatedAt === undefined) return covers === undefined ? proposal : null;
  if (!isRecordId(validatedBy) || !isInstant(validatedAt)) return null;
  if (covers === undefined) return { ...proposal, validatedBy, validatedAt };
  if (!Array.isArray(covers) || covers.length > LIMITS.records || !covers.every(isRecordId)) return null;
  return { ...proposal, validatedBy, validatedAt, covers };
}

/** True where two plain JSON values say the same; the order of keys says nothing. */
export function sameJson(a: unknown, b: unknown): boolean {
  return lib0.equalityDeep(a, b);
}

/** By time of making, then by id: the order of records that nothing else orders. */
export function byTime(
  a: { readonly createdAt: string; readonly id: string },
  b: { readonly createdAt: string; readonly id: string },
): number {
  return compareText(a.createdAt, b.createdAt) || compareText(a.id, b.id);
}

/** By code unit: the same everywhere, whatever the language of the machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
