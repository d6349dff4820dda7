import { writeReportFile } from "#collab";
import type { Round } from "#model";
import type { ReportInfo } from "#protocol";
import * as Y from "yjs";

/**
 * A delegate's copy as a `.tongket` file, for one whose device will not come back to the server: the draft as it was
 * sent out and one's own notes, nothing of anybody else's. The committee merges it, and takes from it the notes alone.
 */
export function ownFile(info: ReportInfo, round: Round, body: Y.Doc, notes: Y.Doc): Uint8Array<ArrayBuffer> {
  const state = Y.encodeStateAsUpdate(body);
  const versions = info.versions.filter(({ id }) => id === round.version);
  const file = writeReportFile({
    manifest: {
      format: "tongket",
      version: 1,
      report: { id: info.id, sample: info.sample, createdAt: info.now },
      template: info.template,
      ruleSet: info.ruleSet.id,
      people: [info.me],
      rounds: info.rounds,
      versions,
      savedBy: info.me.id,
    },
    body: state,
    decisions: Y.encodeStateAsUpdate(new Y.Doc()),
    notes: new Map([[info.me.id, Y.encodeStateAsUpdate(notes)]]),
    versions: new Map(versions.map(({ id }) => [id, state])),
  });
  return new Uint8Array(file);
}
