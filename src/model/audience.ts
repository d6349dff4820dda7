/** What delegates see of each other's comments: only their own, all without names and units, or all. From narrow to wide. */
export type Audience = "own" | "unnamed" | "all";

/** From narrow to wide. */
export const AUDIENCES: readonly Audience[] = ["own", "unnamed", "all"];

/** The narrower of two: whatever either keeps from others stays kept from them. */
export function narrower(a: Audience, b: Audience): Audience {
  return AUDIENCES.indexOf(a) <= AUDIENCES.indexOf(b) ? a : b;
}
