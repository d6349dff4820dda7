/** The beginning of a quotation, where one line has to tell it from others. */
export function shortened(words: string): string {
  const line = words.replaceAll(/\s+/gu, " ").trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST).replace(/\s+\S*$/u, "")}…`;
}

const LONGEST = 40;
