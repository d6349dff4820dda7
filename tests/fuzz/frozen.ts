import { readdirSync, readFileSync } from "node:fs";
import type { Script } from "./script.ts";

const FOLDER = new URL("frozen/", import.meta.url);

/** Schedules that once broke a law, each under its bug's name, with what was wrong then. They are run first, for ever. */
export function frozenScripts(): (Script & { readonly name: string })[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => ({
      name: file.slice(0, -".json".length),
      ...(JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")) as Script),
    }));
}

/** A script as it is kept in a file: one act a line. */
export function spellScript(script: Script): string {
  const { acts, ...head } = script;
  const lines = acts.map((act) => `  ${JSON.stringify(act)}`).join(",\n");
  return `${JSON.stringify(head, null, 0).slice(0, -1)},"acts":[\n${lines}\n]}\n`;
}
