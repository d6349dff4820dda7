import type { ImportPiece, ImportPlan, SlotNode, Template } from "#model";
import { comparedWords, hasText, isUnsettled, slotsOf } from "#model";
import type { Brought, Placing } from "./placing.ts";
import { broughtBy, firstPlacing } from "./placing.ts";

const NOTHING: ReadonlySet<string> = new Set();

/** A Word file laid on the skeleton of one template. */
export interface LaidWord {
  readonly template: Template;
  readonly plan: ImportPlan;
  readonly placing: Placing;
  readonly brought: Brought;
  /** Headings for which a person had chosen a place that this skeleton does not have, or under another heading here. */
  readonly again: readonly string[];
  /** False until a person has seen how it was laid here. */
  readonly seen: boolean;
}

/** A Word file that a new report is begun from, with how it lies on every skeleton that was chosen since. */
export interface WordDraft {
  readonly name: string;
  /** The file itself: on the disk it may change, or go. */
  readonly bytes: Blob;
  readonly laid: Readonly<Record<string, LaidWord>>;
  /** The template that a person placed it in last: its choices are carried over. */
  readonly last: string;
}

/** What of a laid file is still to be placed, and has to be seen before a report is made of it. */
export function openPieces({ plan, placing }: LaidWord): readonly ImportPiece[] {
  return plan.pieces.filter((piece) => isUnsettled(piece, placing.places));
}

/**
 * The file on another skeleton, with the choices that a person made on the one before: of places where the section is
 * here as well, of what stays out, of fields. What cannot be kept so is told in `again`.
 */
export function carriedOver(before: LaidWord, template: Template, plan: ImportPlan, year: string): LaidWord {
  const pieces = new Map(plan.pieces.map((piece) => [piece.id, piece]));
  const places: Record<string, string> = {};
  const again: string[] = [];
  for (const piece of before.plan.pieces) {
    const chosen = before.placing.places[piece.id];
    if (chosen === undefined || !hasText(piece)) continue;
    const here = pieces.get(piece.id);
    const slot = chosen === "" ? "" : counterpart(chosen, before.template, template);
    if (here && hasText(here) && slot !== null) places[piece.id] = slot;
    else again.push(`${piece.label} ${piece.title}`.trim());
  }
  const offered = new Set(before.plan.fields.map(({ id }) => id));
  const { fields } = firstPlacing(plan, NOTHING, {}, year);
  const placing = {
    places,
    fields: plan.fields
      .map(({ id }) => id)
      .filter((id) => (offered.has(id) ? before.placing.fields.includes(id) : fields.includes(id))),
  };
  return { template, plan, placing, brought: broughtBy(plan, placing, NOTHING), again, seen: false };
}

/**
 * The slot of another skeleton that is the same section: of its role, and called the same, or else known by the same id,
 * or else the only one of that role. Null where there is none.
 */
function counterpart(id: string, from: Template, to: Template): string | null {
  const own = slotsOf(from).find((slot) => slot.id === id);
  if (!own) return null;
  const ofRole = slotsOf(to).filter(({ role }) => role === own.role);
  const words = titleOf(own);
  const found =
    ofRole.find((slot) => titleOf(slot) === words) ??
    ofRole.find((slot) => slot.id === id) ??
    (ofRole.length === 1 ? ofRole[0] : undefined);
  return found?.id ?? null;
}

function titleOf({ title }: SlotNode): string {
  return comparedWords(title.vi).join(" ");
}
