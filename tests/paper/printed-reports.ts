import type { ExportKind } from "#docx";
import { exportReport } from "#docx";
import type { Report, RuleSet, Template } from "#model";
import { shippedCatalogue } from "../support/catalogue.ts";
import { convertWithOffice } from "../support/office.ts";
import type { PdfPage } from "../support/pdf-reader.ts";
import { readPdf } from "../support/pdf-reader.ts";
import { block, FIELDS, sampleReport, thread } from "../support/sample-report.ts";

/** Every kind of file there is. */
export const KINDS: readonly ExportKind[] = ["final", "draft", "for-comment", "responses"];

/** A report as it was exported and as LibreOffice printed it. */
export interface PrintedReport {
  readonly name: string;
  readonly kind: ExportKind;
  readonly template: Template;
  readonly ruleSet: RuleSet;
  readonly report: Report;
  readonly bytes: Uint8Array;
  readonly pages: readonly PdfPage[];
}

/** What opens the text of a measured report: long enough for several lines, and then one paragraph more. */
export const LONG = `Mở đầu ${"chữ của đoạn văn thứ nhất được đo từng dòng một ".repeat(8)}hết.`;
export const NEXT = `Đoạn sau ${"chữ của đoạn văn thứ hai đứng ngay dưới đoạn trước ".repeat(4)}hết.`;

/** Every template by every rule set as every kind of file. LibreOffice is asked once for all. */
export async function printAll(): Promise<PrintedReport[]> {
  const { templates, ruleSets } = await shippedCatalogue();
  const each = [...templates.values()].flatMap((template) =>
    [...ruleSets.values()].flatMap((ruleSet) =>
      KINDS.map((kind) => {
        const report = measuredReport(template, ruleSet);
        return { name: `${template.id} by ${ruleSet.id}, ${kind}`, kind, template, ruleSet, report };
      }),
    ),
  );
  const files = await Promise.all(each.map(({ report, kind }) => exportReport(report, kind)));
  const pages = await printPages(files);
  return each.map((one, index) => ({ ...one, bytes: files[index] ?? new Uint8Array(), pages: pages[index] ?? [] }));
}

/** The pages of each file. */
export async function printPages(files: readonly Uint8Array[], drawn = 1): Promise<PdfPage[][]> {
  const pdfs = await convertWithOffice(files, "pdf");
  return Promise.all(pdfs.map((pdf) => readPdf(pdf, drawn)));
}

function measuredReport(template: Template, ruleSet: RuleSet): Report {
  const report = sampleReport(template, ruleSet, {
    fields: { ...FIELDS, addressee: "Cơ quan cấp trên Mẫu" },
    threads: [thread("c-1", { scope: "report" })],
  });
  const first = Object.keys(report.slots)[0] ?? "";
  const opening = [block("opening-1", LONG), block("opening-2", NEXT), ...(report.slots[first] ?? [])];
  return { ...report, slots: { ...report.slots, [first]: opening } };
}
