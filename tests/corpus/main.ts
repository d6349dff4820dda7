/**
 * Reads every Word file below the folders given, says what was found, and holds each against a look at its raw XML:
 * `npm run corpus -- FOLDER…`. Ends with 1 where the reader fails without a name, or the two say different things.
 */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { readWordFile } from "#docx";
import { emptySurvey, surveyFile, surveyLines } from "./survey.ts";

const folders = process.argv.slice(2);
if (folders.length === 0) {
  console.error("npm run corpus -- FOLDER…");
  process.exit(2);
}
const survey = emptySurvey();
const start = performance.now();
for (const folder of folders) {
  for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" }).toSorted()) {
    const file = join(folder, path);
    if (!/\.(?:docx|docm|dotx)$/i.test(path) || !statSync(file).isFile()) continue;
    surveyFile(survey, relative(folder, file), readFileSync(file), readWordFile);
  }
}
for (const line of surveyLines(survey)) console.log(line);
console.log(`${((performance.now() - start) / 1000).toFixed(1)} s`);
process.exitCode = survey.faults.length > 0 ? 1 : 0;
