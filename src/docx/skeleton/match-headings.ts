import type { Certainty, PlaceReason } from "#model";
import type { FileHeading } from "./headings.ts";
import { isAppendixTitle, partNumber } from "./line-label.ts";
import type { Skeleton, SkeletonNode } from "./skeleton.ts";
import { isWithin } from "./skeleton.ts";
import type { UsualRole } from "./title-words.ts";
import { titleWords } from "./title-words.ts";

/** What a heading of the file is in the skeleton. */
export interface HeadingMatch {
  /** The node whose title it is; null where the skeleton has no such title. */
  readonly node: SkeletonNode | null;
  /** Where it is no title of the skeleton: the node it stands in, so that its text is looked for there. */
  readonly scope: SkeletonNode | null;
  /** A heading of its own inside the text of a slot. */
  readonly inside: SkeletonNode | null;
  readonly certainty: Certainty;
  readonly reason: PlaceReason;
  readonly suggestions: readonly string[];
}

/** From which likeness on a heading is taken for a title, and for one outside of what it stands in. */
const ALIKE = 0.6;
const ELSEWHERE = 0.85;
/** What the likeness to a part of a title is worth. */
const PART = 0.92;
/** Below it a slot is not even worth being offered. */
const OFFERED = 0.25;
const MOST_OFFERED = 5;

interface Open {
  readonly heading: FileHeading;
  readonly match: HeadingMatch;
}

/**
 * Gives every heading its title of the skeleton, in the order of the file. Equal titles in several places are told
 * apart by what they stand in and by order; no title is given twice.
 */
export function matchHeadings(headings: readonly FileHeading[], skeleton: Skeleton): Map<FileHeading, HeadingMatch> {
  const out = new Map<FileHeading, HeadingMatch>();
  const taken = new Set<SkeletonNode>();
  let open: Open[] = [];
  let last = -1;
  for (const [index, heading] of headings.entries()) {
    open = open.filter((each) => each.heading.rank < heading.rank);
    const below = headings.slice(index + 1);
    const match = matchOne(heading, open.at(-1) ?? null, { skeleton, taken, last, below: ownBelow(heading, below) });
    const shared =
      match.node === null && match.inside === null ? sharedTitle(heading, out, open.at(-1) ?? null, skeleton) : null;
    if (shared) {
      const inside = { ...NO_MATCH, inside: shared.node, certainty: "likely", reason: "title" } as const;
      out.set(shared.first, inside).set(heading, inside);
      open.push({ heading, match: inside });
      continue;
    }
    out.set(heading, match);
    if (match.node) {
      taken.add(match.node);
      last = match.node.order;
    }
    open.push({ heading, match });
  }
  return out;
}

const NO_MATCH: HeadingMatch = {
  node: null,
  scope: null,
  inside: null,
  certainty: "none",
  reason: "none",
  suggestions: [],
};

/**
 * The title of a slot of which an earlier heading said one part and this one says another: “Thuận lợi” and “Khó khăn”
 * where the skeleton has both in one. Then both are headings inside its text.
 */
function sharedTitle(
  heading: FileHeading,
  matches: ReadonlyMap<FileHeading, HeadingMatch>,
  parent: Open | null,
  { scale }: Skeleton,
): { readonly node: SkeletonNode; readonly first: FileHeading } | null {
  const scope = parent ? (parent.match.node ?? parent.match.scope) : null;
  for (const [first, { node }] of matches) {
    if (node?.type !== "slot" || first.rank !== heading.rank || (scope && !isWithin(node, scope))) continue;
    const both = [first.tokens, heading.tokens];
    const parts = both.every((tokens) => scale.holds(node.tokens, tokens) && tokens.length < node.tokens.length);
    if (parts && !heading.tokens.some((token) => first.tokens.includes(token))) return { node, first };
  }
  return null;
}

/** The headings that stand under one. */
function ownBelow(heading: FileHeading, below: readonly FileHeading[]): readonly FileHeading[] {
  const end = below.findIndex((each) => each.rank <= heading.rank);
  return end < 0 ? below : below.slice(0, end);
}

interface Ground {
  readonly skeleton: Skeleton;
  readonly taken: ReadonlySet<SkeletonNode>;
  /** The order of the title matched before. */
  readonly last: number;
  readonly below: readonly FileHeading[];
}

interface CandidateGround extends Ground {
  /** What headings of such words usually are. */
  readonly usual: UsualRole | null;
}

interface Candidate {
  readonly node: SkeletonNode;
  readonly score: number;
  readonly likeness: number;
  readonly reason: PlaceReason;
}

function matchOne(heading: FileHeading, parent: Open | null, ground: Ground): HeadingMatch {
  const { skeleton, taken } = ground;
  const slot = parent ? (parent.match.inside ?? soleSlot(parent.match.node, skeleton)) : null;
  const scope = parent ? (parent.match.node ?? parent.match.scope) : null;
  const { bookmark } = heading;
  if (bookmark && !taken.has(bookmark)) {
    return { node: bookmark, scope: null, inside: null, certainty: "exact", reason: "bookmark", suggestions: [] };
  }
  if (slot) return matchInSlot(heading, slot, ground);

  const usual = skeleton.titles.usualRole(heading.tokens, skeleton.scale);
  const several = severalTitles(heading, scope, ground);
  const candidates = skeleton.nodes
    .filter((node) => node.titled && !taken.has(node))
    .map((node) => candidate(node, heading, scope, { ...ground, usual }))
    .toSorted((a, b) => b.score - a.score);
  const [best] = candidates;
  const suggestions = offered(candidates, scope, ground);
  if (several && (best?.likeness ?? 0) < 1) return { ...several, suggestions };
  const within = best && best.score >= ALIKE ? slotMeant(heading, best.node, ground) : null;
  if (within) return { node: within, scope: null, inside: null, certainty: "likely", reason: "title", suggestions };
  if (best && best.likeness >= 1 && (!scope || isWithin(best.node, scope) || best.score >= ELSEWHERE)) {
    return {
      node: best.node,
      scope: null,
      inside: null,
      certainty: certaintyOf(heading, best.node),
      reason: "title",
      suggestions,
    };
  }
  if (best && best.score >= ALIKE) {
    return { node: best.node, scope: null, inside: null, certainty: "likely", reason: best.reason, suggestions };
  }
  return { node: null, scope, inside: null, certainty: "none", reason: "none", suggestions };
}

/** Of a title over several slots that has no headings below: the one slot in it of which the heading says a part. */
function slotMeant(heading: FileHeading, group: SkeletonNode, { skeleton, taken, below }: Ground): SkeletonNode | null {
  if (group.slots.length < 2 || below.length > 0) return null;
  const held = skeleton.nodes.filter(
    (node) =>
      node.type === "slot" &&
      node.titled &&
      !taken.has(node) &&
      isWithin(node, group) &&
      skeleton.scale.holds(node.tokens, heading.tokens),
  );
  return held.length === 1 && !sameTitle(heading, group, skeleton) ? (held[0] ?? null) : null;
}

function sameTitle(heading: FileHeading, node: SkeletonNode, { scale }: Skeleton): boolean {
  return scale.likeness(heading.tokens, node.tokens) >= 1;
}

/** Words that mean the same are not the same words: then a person may want to look. */
function certaintyOf(heading: FileHeading, node: SkeletonNode): Certainty {
  return titleWords(heading.title) === node.words ? "exact" : "likely";
}

/** A heading below the title of a slot is one inside its text, unless it is the title of a slot beside it. */
function matchInSlot(heading: FileHeading, slot: SkeletonNode, { skeleton, taken }: Ground): HeadingMatch {
  const beside = skeleton.nodes.find(
    (node) =>
      node.type === "slot" &&
      node.titled &&
      node.parent === slot.parent &&
      node !== slot &&
      !taken.has(node) &&
      skeleton.scale.likeness(heading.tokens, node.tokens) >= 1,
  );
  const rest = { scope: null, suggestions: [] };
  if (beside) return { ...rest, node: beside, inside: null, certainty: certaintyOf(heading, beside), reason: "title" };
  return { ...rest, node: null, inside: slot, certainty: "exact", reason: "position" };
}

/** A heading that says the titles of several slots beside each other: “Hạn chế, khuyết điểm và nguyên nhân”. */
function severalTitles(heading: FileHeading, scope: SkeletonNode | null, ground: Ground): HeadingMatch | null {
  const { skeleton, taken } = ground;
  const held = skeleton.nodes.filter(
    (node) =>
      node.type === "slot" &&
      node.titled &&
      !taken.has(node) &&
      (!scope || isWithin(node, scope)) &&
      skeleton.scale.holds(heading.tokens, node.tokens),
  );
  const roles = new Set(held.map((node) => node.role));
  const [first] = held;
  if (!first || roles.size < 2 || held.some((node) => node.parent !== first.parent)) return null;
  const said = new Set(held.flatMap((node) => node.tokens));
  if (!heading.tokens.every((token) => said.has(token))) return null;
  // Where it has no headings of its own, its text is one and nobody can tell what belongs where.
  return { node: null, scope: first.parent, inside: null, certainty: "none", reason: "title", suggestions: [] };
}

function candidate(
  node: SkeletonNode,
  heading: FileHeading,
  scope: SkeletonNode | null,
  ground: CandidateGround,
): Candidate {
  const { skeleton, last, below, usual } = ground;
  const likeness = likenessTo(node, heading.tokens, skeleton);
  let score = likeness;
  let reason: PlaceReason = "title";
  if (usual && node.role === usual.role && isOnlyOne(node, scope, ground)) {
    const meant = 0.45 * usual.likeness + 0.45 * Math.max(likeness, usual.likeness - 0.2);
    if (meant > score) {
      score = meant;
      reason = "meaning";
    }
  }
  // What stands under a heading tells what it is: its own headings are the titles under the node.
  const inner = skeleton.nodes.filter((each) => each !== node && each.titled && isWithin(each, node));
  const known = below.filter((each) => inner.some((own) => skeleton.scale.likeness(each.tokens, own.tokens) >= 0.9));
  if (inner.length > 0 && below.length > 0)
    score += 0.25 * (known.length / Math.max(below.length, 1)) * (likeness + 0.4);
  // A heading over one that says the same title is another, over several of the skeleton's.
  if (below.some((each) => skeleton.scale.likeness(each.tokens, node.tokens) > likeness)) score -= 0.4;
  if (scope) score += isWithin(node, scope) ? 0.1 : -0.25;
  if (node.order < last) score -= 0.2;
  if (heading.rank === 0 && node.rank !== 0 && below.length > 0) score -= 0.1;
  if (node.type === "part" && partNumber(heading.label) === node.ordinal) score += 0.15;
  const appendix = isAppendixTitle(heading.label, heading.title);
  if (node.type === "appendices") score += appendix ? 0.7 : -0.3;
  else if (appendix) score -= 1;
  return { node, score, likeness, reason };
}

/** How much a heading is like a title, or like a part of one that a semicolon divides. */
function likenessTo(node: SkeletonNode, tokens: readonly string[], { scale }: Skeleton): number {
  const parts = node.segments.map((segment) => PART * scale.likeness(tokens, segment));
  return Math.max(scale.likeness(tokens, node.tokens), ...parts);
}

/** True where no other node in reach has the role, but for those in it or around it. */
function isOnlyOne(node: SkeletonNode, scope: SkeletonNode | null, { skeleton, taken }: Ground): boolean {
  if (node.parent?.role === node.role && node.parent !== scope) return false;
  return !skeleton.nodes.some(
    (other) =>
      other !== node &&
      other.role === node.role &&
      other.titled &&
      !taken.has(other) &&
      !isWithin(other, node) &&
      !isWithin(node, other) &&
      (!scope || isWithin(other, scope)),
  );
}

/** Slots that resemble a heading, then those of what it stands in, then those that come next. */
function offered(
  candidates: readonly Candidate[],
  scope: SkeletonNode | null,
  { skeleton, taken, last }: Ground,
): string[] {
  const alike = candidates
    .filter(({ score }) => score >= OFFERED)
    .flatMap(({ node }) => node.slots.filter((slot) => !isTaken(slot.id, skeleton, taken)));
  const next = skeleton.nodes.filter((node) => node.type === "slot" && node.order > last).flatMap(({ slots }) => slots);
  const slots = [...alike, ...(scope ? scope.slots : next)];
  return [...new Set(slots.map((slot) => slot.id))].slice(0, MOST_OFFERED);
}

function isTaken(slot: string, { nodes }: Skeleton, taken: ReadonlySet<SkeletonNode>): boolean {
  return nodes.some((node) => node.id === slot && taken.has(node));
}

/** The slot that all text under a title goes into: its own, or the one without a title that is all there is in it. */
function soleSlot(node: SkeletonNode | null, { nodes }: Skeleton): SkeletonNode | null {
  if (!node || node.type === "slot") return node;
  const [only, ...more] = nodes.filter((each) => each.parent === node);
  return only?.type === "slot" && !only.titled && more.length === 0 ? only : null;
}
