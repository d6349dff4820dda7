import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { exportReport } from "#docx";
import type { Report } from "#model";

/** Reads a report from standard input and prints the hash of its exports: run in a process of another time zone. */
async function main(): Promise<void> {
  const report = JSON.parse(readFileSync(0, "utf8")) as Report;
  for (const as of ["final", "draft", "for-comment", "responses"] as const) {
    const bytes = await exportReport(report, as);
    console.log(createHash("sha256").update(bytes).digest("hex"));
  }
}

await main();
