import type { LevelFormat, PrintedLine, RuleSet, TextStyle } from "#model";
import { printable } from "../print/printable.ts";

/**
 * The style sheet of the final text as a page: on a screen a sheet as wide as the printed text, on a phone as wide as
 * it is; on paper the rule set's page, with its margins, type and page numbers, as far as a browser prints them.
 */
export function pageStyle(ruleSet: RuleSet): string {
  const { page, body, closing } = ruleSet;
  const { margin } = page;
  const font = `"${quoted(page.font)}",Tinos,"Liberation Serif",serif`;
  const line = body.line.rule === "exact" ? `${body.line.points}pt` : String(body.line.lines);
  const room = `${body.spaceBefore}pt 0 ${body.spaceAfter}pt`;
  const em = (size: number | undefined): string => `${sizeInEm(size ?? body.text.size, ruleSet)}em`;
  const screen = [
    ":root{color-scheme:light;background:#eee}",
    "*{box-sizing:border-box}",
    `body{max-width:${page.width}mm;margin:24px auto;padding:${margin.top}mm ${margin.right}mm ${margin.bottom}mm ${margin.left}mm;background:#fff;color:#000;font:${body.text.size}pt/1.5 ${font};overflow-wrap:break-word}`,
    "header,footer{display:flex;flex-wrap:wrap;justify-content:space-between}",
    "header>div,footer .signature{text-align:center}",
    ...columns("header", ruleSet.heading.columns),
    ...columns("footer", closing.columns),
    "header p,footer p{margin:0;text-indent:0;text-align:inherit;line-height:1.3}",
    ".below{display:block;margin:.1em auto .2em;border-top:1px solid}.signs::after{content:attr(data-signs);display:block;font-weight:normal}",
    "h1,h2,h3,h4,h5,h6{margin:1em 0 .4em;font-size:1em;font-weight:normal;line-height:1.35;break-after:avoid}",
    "h1{margin:1.6em 0 1em;text-align:center}h1 span{display:block}",
    ".above{display:block;text-transform:none}.colon{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}",
    `p{margin:${room};text-align:${body.text.align}}main p{text-indent:${body.firstLineIndent}mm}`,
    "main .addressee,main .caption,footer p{text-indent:0}.addressee,caption,.caption{text-align:center}",
    `ul{margin:${room};padding-left:${body.firstLineIndent}mm}li{margin:${room};padding-left:.2em;text-align:${body.text.align}}`,
    ...body.items.map((sign, index) => `.sign-${index + 1}{list-style-type:"${quoted(sign)} "}`),
    `footer{margin-top:2em;break-before:avoid;break-inside:avoid}footer ul{margin:0;padding:0;list-style:none;font-size:${em(closing.recipients.items.size)}}footer li{margin:0;padding:0;text-align:left}footer li::before{content:"${quoted(closing.recipients.sign)}"}`,
    `.name{padding-top:${closing.signature.space}mm}`,
    ".table{margin:1em 0;overflow-x:auto}.table:focus-visible{outline:2px solid}",
    `table{border-collapse:collapse;width:100%;font-size:${em(ruleSet.tables?.cells?.size)};line-height:1.3}caption,.caption{padding:.4em;font-weight:bold}th,td{border:1px solid;padding:.2em .4em;vertical-align:middle}td{min-width:3em}tr{break-inside:avoid}caption,thead{break-after:avoid;break-inside:avoid}`,
    "section{margin-top:3em}",
  ];
  const phone = [
    ":root{background:#fff}body{margin:0;padding:24px 16px;font-size:17px}",
    "header>div,footer>div{flex:1 1 100%!important}header>div+div{margin-top:1em}footer>div+div{margin-top:2em}",
    "h1,h2,h3,h4,h5,h6,p,li{overflow-wrap:anywhere}p,li{text-align:left}.name{padding-top:2em}",
  ];
  const print = [
    ":root{background:none}body{max-width:none;margin:0;padding:0}",
    `p,li{line-height:${line};orphans:2;widows:2}.table{overflow:visible}section{margin:0;break-before:page}`,
  ];
  return [
    ...screen,
    ...levelStyles(ruleSet),
    `@media screen and (max-width:800px){${phone.join("")}}`,
    `@media print{${print.join("")}}`,
    `@page{size:${page.width}mm ${page.height}mm;margin:${margin.top}mm ${margin.right}mm ${margin.bottom}mm ${margin.left}mm;${pageNumber(ruleSet, font)}}`,
    ...(page.pageNumber.onFirstPage ? [] : [`@page :first{@top-${side(ruleSet)}{content:none}}`]),
  ].join("");
}

/** The class of a heading of this format. */
export function levelClass(format: LevelFormat, { numbering }: RuleSet): string {
  if (format === numbering.part) return "part";
  if (format === numbering.appendix) return "appendix";
  return `level-${Math.max(numbering.levels.indexOf(format), 0) + 1}`;
}

function levelStyles(ruleSet: RuleSet): string[] {
  const { numbering } = ruleSet;
  const levels = numbering.levels.map((level, index) => [`.level-${index + 1}`, level] as const);
  return [["main>.part", numbering.part] as const, [".appendix", numbering.appendix] as const, ...levels].map(
    ([name, format]) => `${name}{${textStyle(format, ruleSet)}}`,
  );
}

/** What a style of the rule set is in CSS; sizes are told by that of the text, which a phone sets otherwise. */
export function textStyle({ size, bold, italic, underline, capitals, align }: TextStyle, ruleSet: RuleSet): string {
  return [
    ...(size === undefined ? [] : [`font-size:${sizeInEm(size, ruleSet)}em`]),
    ...(bold ? ["font-weight:bold"] : []),
    ...(italic ? ["font-style:italic"] : []),
    ...(underline ? ["text-decoration:underline"] : []),
    ...(capitals ? ["text-transform:uppercase"] : []),
    ...(align === undefined ? [] : [`text-align:${align}`]),
  ].join(";");
}

function sizeInEm(size: number, { body }: RuleSet): number {
  return Math.round((size / body.text.size) * 1000) / 1000;
}

/** The two sides of the head or the end, as wide as in print. */
function columns(name: string, [left, right]: readonly [number, number]): string[] {
  return [`${name}>div{flex:0 1 ${left}mm}${name}>div+div{flex-basis:${right}mm}`];
}

/** What stands below a line of the head: a rule, of a share of its width, or signs. */
export function lineBelow({ below }: PrintedLine): { readonly signs: string; readonly width: string } | null {
  if (!below) return null;
  if (below.signs !== undefined) return { signs: below.signs, width: "" };
  return below.share > 0 ? { signs: "", width: `${below.share * 100}%` } : null;
}

function pageNumber(ruleSet: RuleSet, font: string): string {
  const { page, body } = ruleSet;
  const { size, italic, fromEdge } = page.pageNumber;
  const set = `font:${italic ? "italic " : ""}${size ?? body.text.size}pt ${font}`;
  return `@top-${side(ruleSet)}{${set};content:counter(page);vertical-align:top;padding-top:${fromEdge}mm}`;
}

function side({ page }: RuleSet): "left" | "center" | "right" {
  const { align } = page.pageNumber;
  return align === "left" || align === "right" ? align : "center";
}

/** Text within quotation marks of a style sheet. */
function quoted(text: string): string {
  return printable(text).replaceAll(/[^\p{L}\p{N} .,+*•–—-]/gu, "");
}
