import type { Script } from "./script.ts";
import { LawBroken, runScript } from "./schedule.ts";
import { emptyTally } from "./tally.ts";

/**
 * The least of a script that still breaks a law, in fewer and fewer acts: halves are left out, then quarters, down to
 * single acts. Any law will do: what breaks in the end may be told in other words than what broke first.
 */
export function shrunk(script: Script): Script {
  let acts = script.acts;
  if (!breaks({ ...script, acts })) return script;
  for (let size = Math.ceil(acts.length / 2); size >= 1; size = size > 1 ? Math.ceil(size / 2) : 0) {
    for (let from = acts.length - size; from > -size; from -= size) {
      const rest = acts.filter((_, i) => i < from || i >= from + size);
      if (breaks({ ...script, acts: rest })) acts = rest;
    }
  }
  return { ...script, acts };
}

function breaks(script: Script): boolean {
  try {
    runScript("shrinking", script, emptyTally());
    return false;
  } catch (error) {
    return error instanceof LawBroken;
  }
}
