import { writeReportFile } from "#collab";
import type { Block, NumberedSlot, Report } from "#model";
import { blockText, cellText, tableGrid } from "#model";
import type { ReportInfo } from "#protocol";
import * as Y from "yjs";

/** What of a report is on this page, beside what REST says of it. */
export interface HeldDocuments {
  readonly body: Y.Doc;
  /** One's own. */
  readonly notes: Y.Doc | null;
  readonly decisions: Y.Doc | null;
}

/**
 * What this page holds of a report as a `.tongket` file: the text with all that everybody wrote, the answers, and one's
 * own comments. Merged into the report by the chair it adds what the server does not have, whoever wrote it. Rounds and
 * versions stay with the server.
 */
export function copyAsFile(info: ReportInfo, held: HeldDocuments): Uint8Array<ArrayBuffer> {
  const nothing = new Y.Doc();
  const file = writeReportFile({
    manifest: {
      format: "tongket",
      version: 1,
      report: { id: info.id, sample: info.sample, createdAt: info.now },
      template: info.template,
      ruleSet: info.madeWith ?? info.ruleSet.id,
      people: info.people,
      rounds: [],
      versions: [],
    },
    body: Y.encodeStateAsUpdate(held.body),
    decisions: Y.encodeStateAsUpdate(held.decisions ?? nothing),
    notes: held.notes ? new Map([[info.me.id, Y.encodeStateAsUpdate(held.notes)]]) : new Map(),
    versions: new Map(),
  });
  return new Uint8Array(file);
}

/** The rows of a table as spreadsheets paste them. */
function tableLines({ table }: Block): string[] {
  if (!table) return [];
  const rows = tableGrid(table).rows;
  return rows.map((row) => row.map(({ cell }) => (cell ? cellText(cell).replaceAll(/\s+/gu, " ") : "")).join("\t"));
}

/** The words of a report, slot by slot under their titles, for any program that reads text. */
export function copyAsText(report: Pick<Report, "slots">, outline: readonly NumberedSlot[]): string {
  return outline
    .flatMap(({ slot, entry }) => {
      const blocks = (report.slots[slot.id] ?? []).flatMap((block) => [blockText(block), ...tableLines(block)]);
      return [`${entry?.label ?? ""} ${entry?.title ?? ""}`.trim(), ...blocks, ""];
    })
    .join("\r\n");
}
