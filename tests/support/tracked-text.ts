import { SaxesParser } from "saxes";
import { listLabels } from "./list-labels.ts";

/** One tracked change of a file that we wrote. */
export interface ReadChange {
  readonly kind: "inserted" | "deleted";
  readonly author: string;
  readonly date: string;
  readonly id: string;
  /** Empty for the end of a paragraph. */
  readonly text: string;
}

/** The paragraphs of a document part as they stand once every tracked change is refused, and once every one is taken. */
export interface TrackedText {
  readonly refused: readonly string[];
  readonly taken: readonly string[];
  readonly changes: readonly ReadChange[];
}

interface Setting {
  style: string | null;
  instance: string | null;
  level: number | null;
}

interface Paragraph {
  refused: string;
  taken: string;
  /** How it is set now, and how it was before a change that is tracked. */
  now: Setting;
  was: Setting | null;
  joins: boolean;
}

/** Numbers that lists give are told with the text; of joined paragraphs the last one's setting stays, as Word has it. */
export function readTracked(parts: Readonly<Record<string, string>>): TrackedText {
  const paragraphs: Paragraph[] = [];
  const changes: { -readonly [K in keyof ReadChange]: ReadChange[K] }[] = [];
  let change: (typeof changes)[number] | null = null;
  let inText = false;
  let setting: Setting = { style: null, instance: null, level: null };
  const path: string[] = [];
  const put = (text: string): void => {
    const last = paragraphs.at(-1);
    if (change) change.text += text;
    if (last && change?.kind !== "inserted") last.refused += text;
    if (last && change?.kind !== "deleted") last.taken += text;
  };
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes }) => {
    path.push(name);
    const last = paragraphs.at(-1);
    const value = attributes["w:val"] ?? "";
    if (name === "w:p") {
      setting = { style: null, instance: null, level: null };
      paragraphs.push({ refused: "", taken: "", now: setting, was: null, joins: false });
    } else if (name === "w:pPrChange" && last) last.was = setting = { style: null, instance: null, level: null };
    else if (name === "w:pStyle") setting.style = value;
    else if (name === "w:numId") setting.instance = value;
    else if (name === "w:ilvl") setting.level = Number(value);
    else if (name === "w:ins" || name === "w:del") {
      const kind = name === "w:ins" ? "inserted" : "deleted";
      const read = { kind, author: attributes["w:author"] ?? "", date: attributes["w:date"] ?? "", text: "" } as const;
      change = { ...read, id: attributes["w:id"] ?? "" };
      changes.push(change);
      if (path.at(-2) === "w:rPr" && last) last.joins = true;
    } else if (name === "w:t" || name === "w:delText") {
      if ((name === "w:delText") !== (change?.kind === "deleted")) throw new Error(`${name} where it does not belong`);
      inText = true;
    } else if ((name === "w:br" || name === "w:cr") && path.includes("w:r")) put("\n");
  });
  parser.on("text", (text) => {
    if (inText) put(text);
  });
  parser.on("closetag", ({ name }) => {
    path.pop();
    if (name === "w:ins" || name === "w:del") change = null;
    if (name === "w:t" || name === "w:delText") inText = false;
  });
  parser.write(parts["word/document.xml"] ?? "").close();
  const shown = (list: readonly { text: string; setting: Setting }[]): string[] => {
    const labels = listLabels(parts);
    return list.map(({ text, setting: { style, ...own } }) => labels.next(style, own) + text);
  };
  const taken: { text: string; setting: Setting }[] = [];
  let before = "";
  for (const paragraph of paragraphs) {
    before += paragraph.taken;
    if (paragraph.joins) continue;
    taken.push({ text: before, setting: paragraph.now });
    before = "";
  }
  const refused = paragraphs.map(({ refused: text, was, now }) => ({ text, setting: was ?? now }));
  return { refused: shown(refused), taken: shown(taken), changes };
}
