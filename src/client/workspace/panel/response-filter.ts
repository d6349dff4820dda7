import type { CommentKind, Outcome, ResponseGroup, ResponseRow } from "#model";

/** Which rows of the response table are shown. An empty value asks for nothing; `open` is what has no decision. */
export interface ResponseFilter {
  readonly outcome: "open" | Outcome | "";
  readonly state: ResponseRow["state"] | "";
  readonly slot: string;
  readonly unit: string;
  readonly kind: CommentKind | "";
  /** The number of a round; 0 is what the committee said outside any. */
  readonly round: number | "";
}

export const ALL_RESPONSES: ResponseFilter = { outcome: "", state: "", slot: "", unit: "", kind: "", round: "" };

/** The groups with the rows that are asked for; a group without any is left out. */
export function groupsWith(groups: readonly ResponseGroup[], filter: ResponseFilter): ResponseGroup[] {
  return groups
    .filter(({ slot }) => filter.slot === "" || slot === filter.slot)
    .map((group) => ({ ...group, rows: group.rows.filter((row) => isShown(row, filter)) }))
    .filter(({ rows }) => rows.length > 0);
}

function isShown(row: ResponseRow, { outcome, state, unit, kind, round }: ResponseFilter): boolean {
  if (outcome !== "" && (row.outcome ?? "open") !== outcome) return false;
  if (state !== "" && row.state !== state) return false;
  if (unit !== "" && !unitsOf(row).includes(unit)) return false;
  if (kind !== "" && !row.kinds.includes(kind)) return false;
  return round === "" || row.rounds.includes(round);
}

/** The units of a row's people, and those they spoke for. */
export function unitsOf({ contributors }: ResponseRow): string[] {
  return contributors.flatMap(({ unit, voice }) => [unit, voice?.unit ?? ""]).filter((unit) => unit !== "");
}
