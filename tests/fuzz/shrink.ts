import type { Script } from "./script.ts";
import { LawBroken, runScript } from "./schedule.ts";
import { emptyTally } from "./tally.ts";

/**
 * The least of a script that still breaks the same law, in fewer and fewer acts: halves are left out, then quarters,
 * down to single acts.
 */
export function shrunk(script: Script): Script {
  const fault = faultOf(script);
  if (fault === null) return script;
  let { acts } = script;
  for (let size = Math.ceil(acts.length / 2); size >= 1; size = size > 1 ? Math.ceil(size / 2) : 0) {
    for (let from = acts.length - size; from > -size; from -= size) {
      const rest = acts.filter((_, i) => i < from || i >= from + size);
      if (faultOf({ ...script, acts: rest }) === fault) acts = rest;
    }
  }
  return { ...script, acts };
}

/**
 * What law a script breaks, and on which character; null where it breaks none. Left to itself a script soon breaks the same
 * law on another one, whose mover was left out.
 */
function faultOf(script: Script): string | null {
  try {
    runScript("shrinking", script, emptyTally());
    return null;
  } catch (error) {
    if (!(error instanceof LawBroken)) throw error;
    return error.script.was.replaceAll(/“[^”]*”|[\d:]+/gsu, "");
  }
}
