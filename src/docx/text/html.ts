import type { Report, RuleSet, TableCell, TextRun } from "#model";
import { cellText, headerRows, readNumber, tableGrid } from "#model";
import { isBlank, printable, wholeRuns } from "../print/printable.ts";
import type { FinalText, HeadLine, TextPiece } from "./final-text.ts";
import { finalText } from "./final-text.ts";
import { levelClass, lineBelow, pageStyle, textStyle } from "./html-style.ts";

/**
 * The final text as one page of HTML in Vietnamese: headings, lists and tables as what they are, on the rule set's page
 * where it is printed; no comments, nothing from elsewhere. The same report gives the same page.
 */
export function reportHtml(report: Report): string {
  const text = finalText(report);
  const { ruleSet } = report;
  const { typeName, subject } = ruleSet.heading;
  const below = lineBelow(subject);
  return [
    "<!DOCTYPE html>",
    '<html lang="vi">',
    "<head>",
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(text.title)}</title>`,
    `<style>${pageStyle(ruleSet)}</style>`,
    "</head>",
    "<body>",
    "<header>",
    ...text.head.map((lines) => `<div>${lines.map((line) => headLine(line, ruleSet)).join("")}</div>`),
    "</header>",
    "<main>",
    `<h1><span style="${textStyle(typeName, ruleSet)}">${escaped(text.typeName)}</span> <span style="${textStyle(subject, ruleSet)}">${escaped(text.subject)}</span>${below ? belowSpan(below) : ""}</h1>`,
    ...addresseeLines(text),
    ...pieceLines(text.text, ruleSet),
    ...footerLines(text, ruleSet),
    ...text.appendices.flatMap((pieces, index) => sectionLines(pieces, index + 1, ruleSet)),
    "</main>",
    "</body>",
    "</html>",
    "",
  ].join("\n");
}

function headLine({ text, line }: HeadLine, ruleSet: RuleSet): string {
  const { capitals: _done, ...style } = line;
  const below = lineBelow(line);
  // A rule is as long as its share of the words above it.
  const words = below ? `<span style="display:inline-block">${escaped(text)}${belowSpan(below)}</span>` : escaped(text);
  return `<p style="${textStyle(style, ruleSet)}">${words}</p>`;
}

/** Nothing that is read aloud: a rule, or a row of signs in its place. */
function belowSpan({ signs, width }: NonNullable<ReturnType<typeof lineBelow>>): string {
  return signs === ""
    ? `<span class="below" style="width:${width}"></span>`
    : `<span class="signs" data-signs="${escaped(signs)}"></span>`;
}

function addresseeLines({ addressee }: FinalText): string[] {
  if (!addressee) return [];
  const [only, ...more] = addressee.names;
  if (only !== undefined && more.length === 0) {
    return [`<p class="addressee">${escaped(`${addressee.words} ${only}`)}</p>`];
  }
  return [`<p>${escaped(addressee.words)}</p>`, list(addressee.names)];
}

/** Recipients and signature; of the latter all but the name is said of the office that signs. */
function footerLines({ recipients, signature, signer }: FinalText, ruleSet: RuleSet): string[] {
  const { closing } = ruleSet;
  const { title } = closing.recipients;
  const left = recipients
    ? `<p style="${textStyle(title, ruleSet)}">${escaped(recipients.words)}</p>${list(recipients.names)}`
    : "";
  const { power, title: office, name } = closing.signature;
  const right = [
    ...signature.map((line) => `<p style="${textStyle(power, ruleSet)}">${escaped(line)}</p>`),
    ...signer.map((line, index) =>
      index === 0
        ? `<p style="${textStyle(office, ruleSet)}">${escaped(line)}</p>`
        : `<p class="name" style="${textStyle(name, ruleSet)}">${escaped(line)}</p>`,
    ),
  ].join("");
  return ["<footer>", `<div>${left}</div>`, `<div class="signature">${right}</div>`, "</footer>"];
}

/** An appendix, called by its title. */
function sectionLines(pieces: readonly TextPiece[], number: number, ruleSet: RuleSet): string[] {
  const id = `phu-luc-${number}`;
  const titled = pieces[0]?.type === "heading";
  return [
    titled ? `<section aria-labelledby="${id}">` : "<section>",
    ...pieceLines(pieces, ruleSet, titled ? id : ""),
    "</section>",
  ];
}

function list(names: readonly string[]): string {
  return `<ul>${names.map((name) => `<li>${escaped(name)}</li>`).join("")}</ul>`;
}

/** `id` names the first of the pieces. */
function pieceLines(pieces: readonly TextPiece[], ruleSet: RuleSet, id = ""): string[] {
  const out: string[] = [];
  // The levels of the lists that are open, each in an item of the one before. One that begins at a deeper level is none of
  // another list.
  const open: number[] = [];
  const close = (to: number): void => {
    while ((open.at(-1) ?? 0) > to) {
      open.pop();
      out.push("</li></ul>");
    }
  };
  for (const piece of pieces) {
    if (piece.type !== "item") close(0);
    switch (piece.type) {
      case "heading": {
        const tag = `h${Math.min(piece.level + 1, 6)}`;
        // Deeper titles than HTML has tags for say how deep they are.
        const deep = piece.level > 5 ? ` aria-level="${piece.level + 1}"` : "";
        const name = id !== "" && piece === pieces[0] ? ` id="${id}"` : "";
        out.push(
          `<${tag}${name} class="${levelClass(piece.format, ruleSet)}"${deep}>${labelHtml(piece)}${runsHtml(piece.runs)}</${tag}>`,
        );
        break;
      }
      case "paragraph":
        out.push(`<p>${runsHtml(piece.runs)}</p>`);
        break;
      case "table":
        out.push(...tableLines(piece));
        break;
      case "item": {
        close(piece.level);
        if (open.at(-1) === piece.level) out.push("</li>");
        else {
          open.push(piece.level);
          out.push(`<ul class="sign-${piece.level}">`);
        }
        out.push(`<li>${runsHtml(piece.runs)}`);
      }
    }
  }
  close(0);
  return out;
}

function labelHtml({ label, format }: Extract<TextPiece, { type: "heading" }>): string {
  if (label === "") return "";
  // Above the title it needs no colon for the eye, but for the ear.
  if (format.labelAbove) return `<span class="above">${escaped(label)}<span class="colon">:</span></span> `;
  return `${escaped(label)} `;
}

function tableLines({ label, runs, table }: Extract<TextPiece, { type: "table" }>): string[] {
  const caption = [escaped(label), runsHtml(runs)].filter((part) => part !== "").join(" ");
  const { columns, rows } = table ? tableGrid(table) : { columns: 0, rows: [] };
  if (!table || columns === 0) return [`<p class="caption">${caption}</p>`];
  const headers = headerRows(table);
  const lines = rows.map((row, index) => {
    const total = table.rows[index]?.total === true;
    const cells = row.map(({ cell, rowspan, colspan }) => {
      const spans = `${rowspan > 1 ? ` rowspan="${rowspan}"` : ""}${colspan > 1 ? ` colspan="${colspan}"` : ""}`;
      if (!cell) return `<td${spans}></td>`;
      const words = cell.paragraphs.map(runsHtml).join("<br>");
      // A header without words heads nothing.
      const heads = cell.header && !isBlank(cellText(cell));
      const scope = index < headers ? (colspan > 1 ? "colgroup" : "col") : rowspan > 1 ? "rowgroup" : "row";
      const tag = heads ? "th" : "td";
      return `<${tag}${heads ? ` scope="${scope}"` : ""}${spans}${alignment(cell)}>${total ? `<strong>${words}</strong>` : words}</${tag}>`;
    });
    return `<tr>${cells.join("")}</tr>`;
  });
  const [head, rest] = [lines.slice(0, headers), lines.slice(headers)];
  // A wide table is moved in its own frame, also by keyboard.
  const name = [label, runs.map((run) => run.text).join("")].filter((part) => part !== "").join(" ");
  const frame = isBlank(name) ? "" : ` role="group" aria-label="${attribute(name)}"`;
  return [
    `<div class="table" tabindex="0"${frame}>`,
    "<table>",
    ...(caption === "" ? [] : [`<caption>${caption}</caption>`]),
    ...(head.length > 0 ? ["<thead>", ...head, "</thead>"] : []),
    ...(rest.length > 0 ? ["<tbody>", ...rest, "</tbody>"] : []),
    "</table>",
    "</div>",
  ];
}

function alignment(cell: TableCell): string {
  const align = cell.align ?? (!cell.header && readNumber(cellText(cell)) ? "right" : null);
  return align === null ? "" : ` style="text-align:${align}"`;
}

const TAGS = { strong: "strong", em: "em", underline: "u" } as const;

function runsHtml(runs: readonly TextRun[]): string {
  return wholeRuns(runs)
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

/** Text as the value of an attribute. */
function attribute(text: string): string {
  return escaped(text.replaceAll(/\s+/gu, " "));
}
