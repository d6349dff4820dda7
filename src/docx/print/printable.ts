import { CarriageReturn, Tab, TextRun as WordRun } from "docx";
import type { IRunPropertiesOptions, XmlComponent } from "docx";
import type { MarkName, TextRun } from "#model";

/** `text` without what XML 1.0 cannot hold: control characters, U+FFFE, U+FFFF, and halves of surrogate pairs. */
export function printable(text: string): string {
  let out = "";
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isHigh(code) && isLow(text.charCodeAt(i + 1))) i++;
    else if (isUnprintable(code)) {
      out += text.slice(from, i);
      from = i + 1;
    }
  }
  return from === 0 ? text : out + text.slice(from);
}

/** True where a text prints nothing: no character, or only white space and what {@link printable} drops. */
export function isBlank(text: string): boolean {
  return printable(text).trim() === "";
}

/** `index`, or the index after it where it would cut a surrogate pair in two. */
export function wholeCharacter(text: string, index: number): number {
  return index > 0 && isHigh(text.charCodeAt(index - 1)) && isLow(text.charCodeAt(index)) ? index + 1 : index;
}

/** The same runs, none of which ends within a character: its second half goes with the first. */
export function wholeRuns(runs: readonly TextRun[]): readonly TextRun[] {
  const text = runs.map((run) => run.text).join("");
  let end = 0;
  let from = 0;
  return runs.map((run) => {
    end += run.text.length;
    const to = wholeCharacter(text, end);
    const whole = { ...run, text: text.slice(from, to) };
    from = to;
    return whole;
  });
}

function isHigh(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}

function isUnprintable(code: number): boolean {
  if (code < 0x20) return code !== 0x09 && code !== 0x0a && code !== 0x0b && code !== 0x0c && code !== 0x0d;
  return (code >= 0xd800 && code <= 0xdfff) || code === 0xfffe || code === 0xffff;
}

/** A run of text as Word holds it: tabs and line ends are elements of their own. */
export function textRun(text: string, style: IRunPropertiesOptions = {}): WordRun {
  const children = runChildren(text);
  const [only = ""] = children;
  if (children.length <= 1 && typeof only === "string") return new WordRun({ ...style, text: only });
  return new WordRun({ ...style, children });
}

/** What a run of text holds: words, and tabs and line ends as elements of their own. */
export function runChildren(text: string): (string | XmlComponent)[] {
  const clean = printable(text);
  if (!/[\t\n\v\f\r\u2028\u2029]/.test(clean)) return clean === "" ? [] : [clean];
  const children: (string | XmlComponent)[] = [];
  for (const part of clean.split(/(\t|\r\n|[\n\v\f\r\u2028\u2029])/)) {
    if (part === "") continue;
    if (part === "\t") children.push(new Tab());
    else if (/^[\r\n\v\f\u2028\u2029]/.test(part)) children.push(new CarriageReturn());
    else children.push(part);
  }
  return children;
}

/** How the marks of a text are set. */
export function markStyle(marks: readonly MarkName[]): IRunPropertiesOptions {
  return {
    ...(marks.includes("strong") ? { bold: true } : {}),
    ...(marks.includes("em") ? { italics: true } : {}),
    ...(marks.includes("underline") ? { underline: {} } : {}),
  };
}
