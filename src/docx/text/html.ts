import type { Report, TableCell, TextRun } from "#model";
import { cellText, headerRows, readNumber, tableGrid } from "#model";
import { printable } from "../print/printable.ts";
import type { FinalText, TextPiece } from "./final-text.ts";
import { finalText } from "./final-text.ts";

/**
 * The final text as one page of HTML in Vietnamese: headings, lists and tables as what they are, no comments, nothing
 * from elsewhere. The same report gives the same page.
 */
export function reportHtml(report: Report): string {
  const text = finalText(report);
  const { page, body } = report.ruleSet;
  const style = [
    `body{max-width:${page.width - page.margin.left - page.margin.right}mm;margin:${page.margin.top}mm auto;padding:0 1em;font:${body.text.size}pt/1.5 "${quoted(page.font)}",serif}`,
    "header,footer{display:flex;flex-wrap:wrap;justify-content:space-between;gap:2em}",
    "header>div,footer>div:last-child{text-align:center}",
    "h1,.addressee{text-align:center}",
    "h1{font-size:1.2em}h2{font-size:1.1em}h3,h4,h5,h6{font-size:1em}",
    "header p,footer p,footer ul{margin:0}",
    "table{border-collapse:collapse;width:100%}caption{font-weight:bold;padding:.4em}th,td{border:1px solid;padding:.2em .4em}",
    ...body.items.map((sign, index) => `${"ul ".repeat(index)}ul{list-style-type:"${quoted(sign)} "}`),
  ].join("");
  return [
    "<!DOCTYPE html>",
    '<html lang="vi">',
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(text.title)}</title>`,
    `<style>${style}</style>`,
    "</head>",
    "<body>",
    ...headerLines(text),
    "<main>",
    `<h1>${escaped(text.typeName)}<br>${escaped(text.subject)}</h1>`,
    ...addresseeLines(text),
    ...pieceLines(text.text),
    "</main>",
    ...footerLines(text),
    ...text.appendices.flatMap((pieces) => ["<section>", ...pieceLines(pieces), "</section>"]),
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

function headerLines({ head }: FinalText): string[] {
  return ["<header>", ...head.map((lines) => `<div>${lines.map(paragraph).join("")}</div>`), "</header>"];
}

function addresseeLines({ addressee }: FinalText): string[] {
  if (!addressee) return [];
  const [only, ...more] = addressee.names;
  if (only !== undefined && more.length === 0) {
    return [`<p class="addressee">${escaped(`${addressee.words} ${only}`)}</p>`];
  }
  return [`<p>${escaped(addressee.words)}</p>`, list(addressee.names)];
}

function footerLines({ recipients, signature }: FinalText): string[] {
  const left = recipients ? `${paragraph(recipients.words)}${list(recipients.names)}` : "";
  return ["<footer>", `<div>${left}</div>`, `<div>${signature.map(paragraph).join("")}</div>`, "</footer>"];
}

function list(names: readonly string[]): string {
  return `<ul>${names.map((name) => `<li>${escaped(name)}</li>`).join("")}</ul>`;
}

function paragraph(text: string): string {
  return `<p>${escaped(text)}</p>`;
}

function pieceLines(pieces: readonly TextPiece[]): string[] {
  const out: string[] = [];
  // How many lists are open; each but the first within an item of the one before.
  let open = 0;
  const close = (to: number): void => {
    for (; open > to; open--) out.push("</li></ul>");
  };
  for (const piece of pieces) {
    if (piece.type !== "item") close(0);
    switch (piece.type) {
      case "heading": {
        const tag = `h${Math.min(piece.level + 1, 6)}`;
        const label = piece.label === "" ? "" : `${escaped(piece.label)} `;
        // Deeper titles than HTML has tags for say how deep they are.
        const deep = piece.level > 5 ? ` aria-level="${piece.level + 1}"` : "";
        out.push(`<${tag}${deep}>${label}${runsHtml(piece.runs)}</${tag}>`);
        break;
      }
      case "paragraph":
        out.push(`<p>${runsHtml(piece.runs)}</p>`);
        break;
      case "table":
        out.push(...tableLines(piece));
        break;
      case "item": {
        const words = runsHtml(piece.runs);
        if (open >= piece.level) {
          close(piece.level);
          out.push("</li>");
        }
        for (; open < piece.level; open++) out.push(open + 1 < piece.level ? "<ul><li>" : "<ul>");
        out.push(`<li>${words}`);
      }
    }
  }
  close(0);
  return out;
}

function tableLines({ label, runs, table }: Extract<TextPiece, { type: "table" }>): string[] {
  const caption = [escaped(label), runsHtml(runs)].filter((part) => part !== "").join(" ");
  const { columns, rows } = table ? tableGrid(table) : { columns: 0, rows: [] };
  if (!table || columns === 0) return [`<p><strong>${caption}</strong></p>`];
  const headers = headerRows(table);
  const lines = rows.map((row, index) => {
    const total = table.rows[index]?.total === true;
    const cells = row.map(({ cell, rowspan, colspan }) => {
      const spans = `${rowspan > 1 ? ` rowspan="${rowspan}"` : ""}${colspan > 1 ? ` colspan="${colspan}"` : ""}`;
      if (!cell) return `<td${spans}></td>`;
      const words = cell.paragraphs.map(runsHtml).join("<br>");
      const scope = index < headers ? "col" : "row";
      const tag = cell.header ? "th" : "td";
      return `<${tag}${cell.header ? ` scope="${scope}"` : ""}${spans}${alignment(cell)}>${total ? `<strong>${words}</strong>` : words}</${tag}>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  const [head, rest] = [lines.slice(0, headers), lines.slice(headers)];
  return [
    "<table>",
    `<caption>${caption}</caption>`,
    ...(head.length > 0 ? ["<thead>", ...head, "</thead>"] : []),
    ...(rest.length > 0 ? ["<tbody>", ...rest, "</tbody>"] : []),
    "</table>",
  ];
}

function alignment(cell: TableCell): string {
  const align = cell.align ?? (!cell.header && readNumber(cellText(cell)) ? "right" : null);
  return align === null ? "" : ` style="text-align:${align}"`;
}

const TAGS = { strong: "strong", em: "em", underline: "u" } as const;

function runsHtml(runs: readonly TextRun[]): string {
  return runs
    .map(({ text, marks }) =>
      marks.reduceRight((inner, mark) => `<${TAGS[mark]}>${inner}</${TAGS[mark]}>`, escaped(text)),
    )
    .join("");
}

/** Text as HTML shows it: what a browser cannot show is left out, line ends are elements. */
function escaped(text: string): string {
  return printable(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll(/\r\n|[\n\v\f\r\u2028\u2029]/g, "<br>");
}

/** Text within quotation marks of a style sheet. */
function quoted(text: string): string {
  return printable(text).replaceAll(/[^\p{L}\p{N} .,+*•–—-]/gu, "");
}
