import { SaxesParser } from "saxes";

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

export function readTracked(xml: string): TrackedText {
  const refused: string[] = [];
  const taken: string[] = [""];
  const changes: { -readonly [K in keyof ReadChange]: ReadChange[K] }[] = [];
  let change: (typeof changes)[number] | null = null;
  let inText = false;
  let joins = false;
  const path: string[] = [];
  const put = (text: string): void => {
    if (change) change.text += text;
    if (change?.kind !== "inserted") refused[refused.length - 1] += text;
    if (change?.kind !== "deleted") taken[taken.length - 1] += text;
  };
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes }) => {
    path.push(name);
    if (name === "w:p") {
      refused.push("");
      joins = false;
    } else if (name === "w:ins" || name === "w:del") {
      const kind = name === "w:ins" ? "inserted" : "deleted";
      const read = { kind, author: attributes["w:author"] ?? "", date: attributes["w:date"] ?? "", text: "" } as const;
      change = { ...read, id: attributes["w:id"] ?? "" };
      changes.push(change);
      if (path.at(-2) === "w:rPr") joins = true;
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
    if (name === "w:p" && !joins) taken.push("");
  });
  parser.write(xml).close();
  return { refused, taken: taken.slice(0, -1), changes };
}
