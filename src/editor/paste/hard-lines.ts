/** The longest line that a page of a document holds; whoever writes longer lines does not break them. */
const WIDEST = 130;
/** The shortest line that can be a full one: a page in type of 14 points holds some 75 letters a line. */
const FULL = 55;

const ENDS = /[.!?:;…]["”’)\]]*$/u;
/** What begins a paragraph, whatever stands before it: a sign, a number, a letter of a list. */
const BEGINS = /^(?:[-–—+*•·▪]\s|(?:\d+(?:\.\d+)*|\p{L}|[IVXivx]+)[.)/-]+\s|\d+(?:\.\d+)*\.)/u;

/**
 * Lines as paragraphs: what a PDF broke at the edge of its page is joined again. A line goes on where it is as long as
 * a line of a page, ends no sentence, and the next begins small; in a text where that is so, a full line goes on also
 * before a name or a figure. An empty line always ends a paragraph.
 */
export function joinedLines(lines: readonly string[]): string[] {
  const widest = Math.max(0, ...lines.map((line) => line.trim().length));
  const full = (line: string, share: number): boolean =>
    widest <= WIDEST && line.length >= Math.max(FULL, widest * share) && !ENDS.test(line);
  const small = (line: string): boolean => /^\p{Ll}/u.test(line) && !BEGINS.test(line);
  const broken = lines.some((line, i) => full(line.trim(), 0.75) && small((lines[i + 1] ?? "").trim()));
  const joined: string[] = [];
  let before = "";
  for (const line of lines) {
    const words = line.trim();
    const last = joined.at(-1);
    const on =
      last !== undefined &&
      ((full(before, 0.75) && small(words)) || (broken && words !== "" && full(before, 0.85) && !BEGINS.test(words)));
    if (on) joined[joined.length - 1] = `${last.trimEnd()}${isCut(before, words) ? "" : " "}${words}`;
    else joined.push(line);
    before = words;
  }
  return joined;
}

/** True where the line ends inside a word: at a soft hyphen, or between two years. */
function isCut(line: string, next: string): boolean {
  return line.endsWith("\u00AD") || (/\d[-–]$/u.test(line) && /^\d/u.test(next));
}
