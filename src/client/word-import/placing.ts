import type { BlockInput, ImportField, ImportPiece, ImportPlan } from "#model";
import { hasText, isUnsettled, placedSlots } from "#model";

/** How it stands with a piece of a file: how sure its place is, or why it has none. */
export type PieceState = "exact" | "likely" | "chosen" | "unsettled" | "taken" | "outside";

/** What a person has chosen: slots by pieces, and the fields to be taken. An empty slot leaves a piece out. */
export interface Placing {
  readonly places: Readonly<Record<string, string>>;
  readonly fields: readonly string[];
}

/** What of a file goes into a report. */
export interface Brought {
  readonly slots: Readonly<Record<string, readonly BlockInput[]>>;
  readonly fields: Readonly<Record<string, string>>;
  readonly words: number;
}

/** The values that belong to the file's own year where the report is of another. */
const OF_ITS_YEAR = new Set(["number", "date", "year"]);

/** True for a value of the file's own year, where the report is of another. */
export function isFormer(field: ImportField, plan: ImportPlan, reportYear: string): boolean {
  return OF_ITS_YEAR.has(field.id) && plan.year !== null && plan.year !== reportYear;
}

/** Where a plan is begun from: text for slots that have some stays out, until somebody says where else it goes. */
export function firstPlacing(
  plan: ImportPlan,
  taken: ReadonlySet<string>,
  present: Readonly<Record<string, string>>,
  reportYear: string,
): Placing {
  const out = plan.pieces.filter((piece) => piece.slot !== null && taken.has(piece.slot) && hasText(piece));
  return {
    places: Object.fromEntries(out.map((piece) => [piece.id, ""])),
    fields: plan.fields
      .filter((field) => !isFormer(field, plan, reportYear) && (present[field.id] ?? "") === "")
      .map((field) => field.id),
  };
}

export function stateOf(piece: ImportPiece, { places }: Placing, taken: ReadonlySet<string>): PieceState {
  if (isUnsettled(piece, places)) return "unsettled";
  const chosen = places[piece.id];
  if (chosen === undefined) return piece.certainty === "exact" ? "exact" : "likely";
  if (chosen !== "") return "chosen";
  return piece.slot !== null && taken.has(piece.slot) ? "taken" : "outside";
}

/** The slot a piece goes into now; null for none. */
export function slotOf(piece: ImportPiece, { places }: Placing): string | null {
  return (places[piece.id] ?? piece.slot) || null;
}

/** What goes into the report as it is placed now. Slots that have text take none, whatever is chosen. */
export function broughtBy(plan: ImportPlan, placing: Placing, taken: ReadonlySet<string>): Brought {
  const slots = Object.fromEntries(
    Object.entries(placedSlots(plan, placing.places)).filter(([slot, blocks]) => !taken.has(slot) && blocks.length > 0),
  );
  const words = plan.pieces.reduce((sum, piece) => {
    const slot = slotOf(piece, placing);
    return slot !== null && slot in slots ? sum + piece.words : sum;
  }, 0);
  const fields = plan.fields.filter((field) => placing.fields.includes(field.id));
  return { slots, fields: Object.fromEntries(fields.map(({ id, value }) => [id, value])), words };
}
