import type { ReactElement } from "react";
import type { RuleSet } from "#model";

/**
 * The page and the type of a rule set for the browser's own printing: margins, the number of the page where the rules
 * want it, and custom properties by which style sheets set the text (`--print-size`, `--print-line`, `--print-indent`,
 * `--print-before`, `--print-after`). Stands once on a page that prints a report.
 */
export function PrintPage({ ruleSet }: { readonly ruleSet: RuleSet }): ReactElement {
  return <style>{printRules(ruleSet)}</style>;
}

/** The style sheet of {@link PrintPage}. */
export function printRules({ page, body }: RuleSet): string {
  const { margin, pageNumber } = page;
  const line = body.line.rule === "exact" ? `${body.line.points}pt` : String(body.line.lines);
  const side = pageNumber.align === "left" || pageNumber.align === "right" ? pageNumber.align : "center";
  const number = [
    `font: ${pageNumber.italic ? "italic " : ""}${pageNumber.size ?? body.text.size}pt ${JSON.stringify(page.font)}, Tinos, serif`,
    "content: counter(page)",
    "vertical-align: top",
    `padding-top: ${pageNumber.fromEdge}mm`,
  ].join("; ");
  return `@media print {
@page { size: ${page.width}mm ${page.height}mm; margin: ${margin.top}mm ${margin.right}mm ${margin.bottom}mm ${margin.left}mm;
@top-${side} { ${number} } }
${pageNumber.onFirstPage ? "" : `@page :first { @top-${side} { content: none } }`}
:root { --print-size: ${body.text.size}pt; --print-line: ${line}; --print-indent: ${body.firstLineIndent}mm;
--print-before: ${body.spaceBefore}pt; --print-after: ${body.spaceAfter}pt; } }`;
}
