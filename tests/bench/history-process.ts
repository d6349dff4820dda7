import { writeFileSync } from "node:fs";
import * as Y from "yjs";
import { docFrom } from "#collab";
import type { Extent, Side } from "./history.ts";
import { company, emptyReport, typistOf, writeHistory } from "./history.ts";

/** Run alone in a process: writes a report's history on one side and leaves what its page is given in files. */
function main([side, folder, extentJson]: readonly string[]): void {
  if ((side !== "ours" && side !== "peer") || folder === undefined)
    throw new Error("history-process SIDE FOLDER EXTENT");
  const extent = JSON.parse(extentJson ?? "") as Extent;
  const { state, words } = written(side, extent);
  writeFileSync(`${folder}/state.bin`, state);
  writeFileSync(`${folder}/company.json`, JSON.stringify(company(side, state, extent)));
  writeFileSync(`${folder}/words`, words);
}

function written(side: Side, extent: Extent): { state: Uint8Array; words: string } {
  const typist = typistOf(side, emptyReport(side, extent.slots), extent.slots);
  writeHistory(typist, extent);
  const words = typist.state.doc.content.textBetween(0, typist.state.doc.content.size, "\n");
  const { childCount } = typist.state.doc;
  const blocks = typist.state.doc.children.reduce((sum, section) => sum + section.childCount, 0);
  typist.destroy();
  // As the server's compaction leaves it: what was deleted is collected.
  const state = Y.encodeStateAsUpdate(docFrom(Y.encodeStateAsUpdate(typist.doc)));
  return { state, words: `${childCount}/${blocks}/${words.length}/${checksum(words)}` };
}

function checksum(words: string): number {
  let sum = 0;
  for (let i = 0; i < words.length; i++) sum = (Math.imul(sum, 31) + words.charCodeAt(i)) >>> 0;
  return sum;
}

main(process.argv.slice(2));
