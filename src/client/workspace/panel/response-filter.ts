import type { Outcome, ResponseGroup } from "#model";

/** Which rows of the response table are shown: all, those without a decision, or those with one outcome. */
export type ResponseFilter = "all" | "open" | Outcome;

/** The groups with the rows that are asked for; a group without any is left out. */
export function groupsWith(groups: readonly ResponseGroup[], filter: ResponseFilter): ResponseGroup[] {
  if (filter === "all") return [...groups];
  return groups
    .map((group) => ({ ...group, rows: group.rows.filter(({ outcome }) => (outcome ?? "open") === filter) }))
    .filter(({ rows }) => rows.length > 0);
}
