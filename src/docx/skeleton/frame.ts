import type { FieldSpec, ImportField } from "#model";
import { fieldFits } from "#model";
import type { FileElement, FileLine } from "./file-lines.ts";
import { cellLines, cutRuns, isAll, isCapitals, standingRows, tableLines, trimRuns } from "./file-lines.ts";
import { labelOf } from "./line-label.ts";

/** The head and the end of a document told from its text. */
export interface Frame {
  /** What is left: the text, in its order. */
  readonly body: readonly FileElement[];
  readonly fields: readonly Omit<ImportField, "former">[];
  /** Lines that say nothing of their own: motto, type name, subject, signs, captions. */
  readonly fixed: readonly string[];
  /** Lines of the head or end that nobody knows what they are. */
  readonly unknown: readonly FileLine[];
  readonly year: string | null;
}

/** How far down the type name of a document is looked for. */
const HEAD = 40;

const MOTTO =
  /^(?:cộng h(?:òa|oà) xã hội chủ nghĩa việt nam|độc lập\s*[-–]\s*tự do\s*[-–]\s*hạnh phúc|đảng cộng sản việt nam|đoàn (?:tncs|thanh niên cộng sản) hồ chí minh)$/iu;
const SIGNS = /^[-–—_*=~.…\s]+$/u;
const NUMBER =
  /^số\s*:?\s*(?<number>[\d.…_ ]*?)\s*[-–/]?\s*(?<symbol>\p{Lu}[\p{L}\d.]*(?:\s*[-–/]\s*\p{L}[\p{L}\d.() ]*)*)?\s*$/iu;
const DATE =
  /^(?<place>[^,]*?),?\s*ngày\s*(?<day>[\d.…_\s]*)\s*tháng\s*(?<month>[\d.…_\s]*)\s*năm\s*(?<year>[\d.…_\s]*)\.?$/iu;
const DRAFT = /^\(?dự thảo(?:\s+lần(?:\s+thứ)?\s+[\p{L}\d]+)?\s*\)?$/iu;
const POWER = /^(?:T\/M|K\/T|T\/L|T\/U|T\.?M\.|K\.?T\.|T\.?L\.|TUQ\.|Q\.)\s*\p{Lu}|^(?:TM|KT|TL)\s+\p{Lu}{2}/u;
const RECIPIENTS = /^nơi nhận\s*:?/iu;
const SIGNED = /^\(?(?:đã ký|ký tên|ký,|ký và)/iu;
const BLANK_FIELD = /^\[[^\]]+\]$/u;

/** Finds what the rule set prints by itself, and what it prints from fields. */
export function readFrame(elements: readonly FileElement[], specs: readonly FieldSpec[], typeName: string): Frame {
  const reading = new FrameReading(specs);
  const afterHead = reading.head(elements, typeName);
  const body = reading.closing(elements.slice(afterHead));
  return { body, ...reading.found() };
}

class FrameReading {
  readonly #specs: readonly FieldSpec[];
  readonly #fields: Omit<ImportField, "former">[] = [];
  readonly #fixed: string[] = [];
  readonly #unknown: FileLine[] = [];
  #year: string | null = null;

  constructor(specs: readonly FieldSpec[]) {
    this.#specs = specs;
  }

  found(): Omit<Frame, "body"> {
    return { fields: this.#fields, fixed: this.#fixed, unknown: this.#unknown, year: this.#year };
  }

  /** Reads the head; gives where the text begins. */
  head(elements: readonly FileElement[], typeName: string): number {
    const type = elements.slice(0, HEAD).findIndex((each) => each.type === "line" && isTypeName(each.line, typeName));
    if (type < 0) {
      const last = elements.slice(0, HEAD / 2).findLastIndex((each) => linesOf(each).some(isHeadLine));
      this.#headLines(elements.slice(0, last + 1));
      return last + 1;
    }
    this.#headLines(elements.slice(0, type));
    return this.#title(elements, type);
  }

  /** Type name, subject, row of signs and addressee, from `at` on; gives where they end. */
  #title(elements: readonly FileElement[], at: number): number {
    const lines = elements.slice(at).map((each) => (each.type === "line" ? each.line : null));
    let next = 1;
    const subject: string[] = [];
    const [, ...rest] = lines[0]?.text.split("\n") ?? [];
    subject.push(...rest.map((part) => part.trim()).filter((part) => part !== ""));
    this.#fixed.push(lines[0]?.text ?? "");
    for (; next < lines.length && next < 6; next++) {
      const line = lines[next];
      if (!line) break;
      const text = line.text.trim();
      if (SIGNS.test(text) || DRAFT.test(text)) {
        this.#fixed.push(text);
        continue;
      }
      if (!isSubject(line, subject.length === 0)) break;
      subject.push(text);
      this.#fixed.push(text);
    }
    this.#year = /năm\s+(?:học\s+)?(?<year>\d{4})/iu.exec(subject.join(" "))?.groups?.["year"] ?? this.#year;
    if (this.#year !== null) this.#offer("year", this.#year, subject);
    return at + this.#addressee(lines, next);
  }

  #addressee(lines: readonly (FileLine | null)[], at: number): number {
    const first = lines[at]?.text ?? "";
    if (!/^\s*kính gửi/iu.test(first)) return at;
    const sources = [first];
    const names = first
      .replace(/^\s*kính gửi\s*:?/iu, "")
      .split("\n")
      .map(bare);
    let next = at + 1;
    for (; next < lines.length; next++) {
      const text = lines[next]?.text.trim() ?? "";
      if (labelOf(text).sign !== "-") break;
      sources.push(text);
      names.push(bare(text));
    }
    const value = names.filter((name) => name !== "").join("\n");
    if (!this.#offer("addressee", value, sources)) this.#unknown.push(...present(lines.slice(at, next)));
    return next;
  }

  #headLines(elements: readonly FileElement[]): void {
    const left: FileLine[] = [];
    for (const line of elements.flatMap(linesOf).flatMap(splitAtTabs)) {
      const text = line.text.trim();
      const number = NUMBER.exec(text)?.groups;
      const date = DATE.exec(text)?.groups;
      if (MOTTO.test(text) || SIGNS.test(text) || DRAFT.test(text) || BLANK_FIELD.test(text)) this.#fixed.push(text);
      else if (number) this.#number(line, number["number"] ?? "", number["symbol"] ?? "");
      else if (date) this.#date(text, date);
      else left.push(line);
    }
    this.#bodies(left);
  }

  #number(line: FileLine, number: string, symbol: string): void {
    const digits = number.replaceAll(/\D/gu, "");
    if (digits !== "") this.#offer("number", String(Number(digits)), [line.text]);
    const sign = symbol.replaceAll(/\s*([-–/])\s*/gu, "$1").trim();
    const told = sign !== "" && this.#offer("symbol", sign, [line.text]);
    if (told || digits !== "" || sign === "") this.#fixed.push(line.text);
    else this.#unknown.push(line);
  }

  #date(text: string, parts: Record<string, string>): void {
    const [day, month, year] = ["day", "month", "year"].map((part) => (parts[part] ?? "").replaceAll(/\D/gu, ""));
    const place = (parts["place"] ?? "").replace(/,$/u, "").trim();
    if (place !== "" && !/^[.…_\s]+$/u.test(place)) this.#offer("place", place, [text]);
    if (day && month && year && year.length === 4) {
      this.#offer("date", `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`, [text]);
    }
    this.#fixed.push(text);
  }

  /** Superior and issuing body: the one in bold issues, else the last. */
  #bodies(lines: readonly FileLine[]): void {
    const named = lines.filter((line) => line.text.trim().length <= 200);
    const bold = named.filter((line) => isAll(line, "strong"));
    const issuing = bold.length > 0 && bold.length < named.length ? bold : named.slice(-1);
    const above = named.filter((line) => !issuing.includes(line));
    for (const [id, group] of [
      ["superior", above],
      ["organisation", issuing],
    ] as const) {
      const sources = group.map((line) => line.text);
      const value = sources
        .flatMap((text) => text.split("\n"))
        .map((text) => text.trim())
        .join(" ");
      if (group.length > 0 && !this.#offer(id, value, sources)) this.#unknown.push(...group);
    }
    this.#unknown.push(...lines.filter((line) => !named.includes(line)));
  }

  /** Takes recipients and signature out of the text; gives what stays. */
  closing(elements: readonly FileElement[]): FileElement[] {
    const at = elements.findLastIndex((each) => linesOf(each).some((line) => RECIPIENTS.test(line.text.trim())));
    const sign = elements.findLastIndex((each) => linesOf(each).some((line) => POWER.test(line.text.trim())));
    const first = [at, sign].filter((index) => index >= 0);
    if (first.length === 0) return [...elements];
    // The one may stand above the other, not pages away from it.
    const near = at >= 0 && sign >= 0 && Math.abs(at - sign) > HEAD ? [at] : first;
    const from = Math.min(...near);
    const to = this.#closingEnd(elements, Math.max(...near));
    const recipients: FileLine[] = [];
    const signature: FileLine[] = [];
    for (const element of elements.slice(from, to)) {
      if (element.type === "line") sortLines(splitAtTabs(element.line), recipients, signature);
      else
        for (const row of standingRows(element.table))
          for (const cell of row) sortLines(cellLines(cell.blocks), recipients, signature, true);
    }
    this.#recipients(recipients);
    this.#signature(signature);
    return [...elements.slice(0, from), ...elements.slice(to)];
  }

  /** Behind the line at `last`: recipients go on with dashes, a signature with titles in capitals and a name. */
  #closingEnd(elements: readonly FileElement[], last: number): number {
    let to = last + 1;
    if (elements[last]?.type === "table") return to;
    let named = false;
    for (; to < elements.length; to++) {
      const element = elements[to];
      if (element?.type !== "line") break;
      const text = element.line.text.trim();
      const label = labelOf(text);
      if (label.kind !== null) break;
      if (label.sign === "-" || SIGNED.test(text) || POWER.test(text) || isCapitals(text)) continue;
      if (named || !isName(text)) break;
      named = true;
    }
    return to;
  }

  #recipients(lines: readonly FileLine[]): void {
    const names: string[] = [];
    const sources: string[] = [];
    for (const line of lines) {
      for (const part of line.text.split("\n")) {
        const text = part.replace(RECIPIENTS, "").trim();
        if (text === "") this.#fixed.push(part);
        else {
          const name = bare(text);
          const archive = /^lưu\s*:?\s*(?<where>.+)$/iu.exec(name)?.groups?.["where"];
          if (archive !== undefined && this.#offer("archive", bare(archive), [part])) continue;
          names.push(name);
          sources.push(part);
        }
      }
    }
    if (names.length > 0 && !this.#offer("recipients", names.join("\n"), sources)) this.#unknown.push(...lines);
  }

  #signature(lines: readonly FileLine[]): void {
    const power: FileLine[] = [];
    const titles: FileLine[] = [];
    const names: FileLine[] = [];
    for (const line of lines) {
      const text = line.text.trim();
      if (SIGNED.test(text) || SIGNS.test(text) || BLANK_FIELD.test(text)) this.#fixed.push(text);
      else if (POWER.test(text) && titles.length === 0) power.push(line);
      else if (isCapitals(text) && names.length === 0) titles.push(line);
      else names.push(line);
    }
    for (const [id, group] of [
      ["signingPower", power],
      ["signerTitle", titles],
      ["signerName", names.slice(-1)],
    ] as const) {
      const sources = group.map((line) => line.text);
      const several = this.#specs.find((spec) => spec.id === id)?.input === "lines" ? "\n" : " ";
      const value = sources
        .flatMap((text) => text.split("\n"))
        .map((text) => text.trim())
        .join(several);
      if (group.length > 0 && !this.#offer(id, value, sources)) this.#unknown.push(...group);
    }
    this.#unknown.push(...names.slice(0, -1));
  }

  /** Gives a value to a field of the report, if it has it and it fits, and it has none yet. */
  #offer(id: string, value: string, source: readonly string[]): boolean {
    const spec = this.#specs.find((known) => known.id === id);
    if (!spec || value === "" || !fieldFits(spec, value)) return false;
    if (this.#fields.some((field) => field.id === id)) return false;
    this.#fields.push({ id, value, source });
    return true;
  }
}

function linesOf(element: FileElement): FileLine[] {
  return element.type === "line" ? [element.line] : tableLines(element.table);
}

function present(lines: readonly (FileLine | null)[]): FileLine[] {
  return lines.filter((line) => line !== null);
}

function isHeadLine(line: FileLine): boolean {
  const text = line.text.trim();
  return MOTTO.test(text) || NUMBER.test(text) || DATE.test(text);
}

function isTypeName(line: FileLine, typeName: string): boolean {
  const first = line.text.trim().split("\n")[0]?.trim() ?? "";
  const same = (other: string): boolean => first.toLocaleLowerCase("vi") === other.toLocaleLowerCase("vi");
  return same(typeName) || same("báo cáo");
}

/** A line of the subject: what the report is about, centred or bold, before any number. */
function isSubject(line: FileLine, first: boolean): boolean {
  const text = line.text.trim();
  if (text.length > 300 || labelOf(text).kind !== null || /^kính gửi/iu.test(text)) return false;
  const set = line.centred || isAll(line, "strong");
  if (first)
    return /tổng kết|sơ kết|công tác|phương hướng|nhiệm vụ|kết quả|năm\s+\d{4}/iu.test(text) && !text.endsWith(".");
  return set && !isCapitals(text) && /^[\p{Ll}(]|năm\s+(?:học\s+)?\d{4}/u.test(text);
}

/** A name: two to six words that begin with capitals. */
function isName(text: string): boolean {
  const words = text.split(/\s+/u);
  return words.length >= 2 && words.length <= 7 && words.every((word) => /^\p{Lu}/u.test(word));
}

/** Two columns set with tabs or many spaces, as lines of their own. */
function splitAtTabs(line: FileLine): FileLine[] {
  const { text } = line;
  // Room left in a number to be written in by hand parts nothing.
  if (/^\s*số[:\s]/iu.test(text) && !/\t|\n/u.test(text.trim())) return [line];
  const parts: FileLine[] = [];
  let from = 0;
  for (const gap of [...text.matchAll(/\t+|\n|[ \u00a0]{6,}(?=\S)/gu), { index: text.length, 0: "" }]) {
    const runs = trimRuns(cutRuns(line.runs, from, gap.index));
    if (runs.length > 0) parts.push({ ...line, runs, text: runs.map((run) => run.text).join("") });
    from = gap.index + gap[0].length;
  }
  return parts.length < 2 ? [line] : parts;
}

/** Sorts the lines of one cell, or of one line with tabs, to the recipients or the signature. */
function sortLines(lines: readonly FileLine[], recipients: FileLine[], signature: FileLine[], cell = false): void {
  const whole = cell && lines.some((line) => RECIPIENTS.test(line.text.trim()));
  for (const line of lines) {
    const text = line.text.trim();
    if (whole || RECIPIENTS.test(text) || labelOf(text).sign === "-") recipients.push(line);
    else signature.push(line);
  }
}

/** An entry of a list without its dash and its end. */
function bare(text: string): string {
  const { sign, at } = labelOf(text);
  return (sign === null ? text : text.slice(at)).replace(/[.;,]+\s*$/u, "").trim();
}
