import { Document, Packer, Paragraph, TextRun } from "docx";
import { exportReport } from "#docx";
import { blockText } from "#model";
import { bigReport } from "../support/big-report.ts";
import { shippedCatalogue } from "../support/catalogue.ts";

/** Run alone in a process: writes the report once with the part named by its argument and prints time and memory. */
async function main(): Promise<void> {
  const catalogue = await shippedCatalogue();
  const template = catalogue.templates.get("party-committee");
  const ruleSet = template && catalogue.ruleSets.get(template.ruleSet);
  if (!template || !ruleSet) throw new Error("the Party template is shipped");
  const report = bigReport(template, ruleSet, 1000, 300);
  const start = performance.now();
  let bytes: Uint8Array;
  if (process.argv[2] === "ours") bytes = await exportReport(report, "draft");
  else {
    const children = Object.values(report.slots)
      .flat()
      .map((block) => new Paragraph({ children: [new TextRun(blockText(block))] }));
    bytes = await Packer.pack(new Document({ sections: [{ children }] }), "uint8array");
  }
  const time = performance.now() - start;
  const peak = process.resourceUsage().maxRSS * 1024;
  console.log(JSON.stringify({ time, peak, bytes: bytes.length }));
}

await main();
