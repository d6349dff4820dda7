import type { ReportSummary } from "#protocol";

/** A text as people search in it: without case, without tones and other marks, `đ` as `d`. */
export function plainText(text: string): string {
  return text.normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll(/[đĐ]/gu, "d").toLowerCase();
}

/** True where every word of the query stands somewhere in the report's organisation, title or year. */
export function reportMatches(query: string, report: Pick<ReportSummary, "organisation" | "title" | "year">): boolean {
  const text = plainText(`${report.organisation} ${report.title} ${report.year}`);
  return plainText(query)
    .split(/\s+/u)
    .every((word) => text.includes(word));
}
