import { useMemo } from "react";
import type { Person } from "#model";
import { useDesk } from "./workspace.tsx";

/** The other members of the committee, whom one can mention. */
export function useColleagues(): readonly Person[] {
  const { info, me } = useDesk();
  return useMemo(
    () => info.people.filter(({ id, role }) => id !== me.id && (role === "chair" || role === "drafter")),
    [info.people, me.id],
  );
}
