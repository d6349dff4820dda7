import { strFromU8, unzipSync } from "fflate";

/** What a look at the raw XML says, without understanding it: to hold the reader against. */
export interface RawCounts {
  readonly comments: number;
  readonly answers: number;
  readonly resolved: number;
  /** Elements that track words put in, taken out or moved. */
  readonly changes: number;
  /** All letters of the document, in order, without white space; null where the raw XML alone cannot say. */
  readonly letters: string | null;
  /** The letters between both ends of each comment's range, of those whose id comes once; empty where `letters` is null. */
  readonly quotes: ReadonlyMap<string, string>;
}

/** What stands in the letters of the document otherwise than in its raw XML. */
const SPEAKS_OTHERWISE =
  /"(?:Symbol|Wingdings(?: [23])?|Webdings)"|<w:(?:sym|vanish|showingPlcHdr|txbxContent|ruby|altChunk|object|specVanish)\b|mc:AlternateContent|[\uE000-\uF8FF]/;

/** The counts of a package whose document is where Word puts it; null for any other. */
export function rawCounts(bytes: Uint8Array): RawCounts | null {
  const files = unzipSync(bytes, { filter: ({ name }) => /^word\/[^/]*\.xml$/.test(name) });
  const part = (name: string): string => strFromU8(files[`word/${name}.xml`] ?? new Uint8Array());
  const document = part("document");
  if (!document.includes("<w:document")) return null;
  const extended = part("commentsExtended");
  const styles = part("styles");
  const plain = !SPEAKS_OTHERWISE.test(document) && !/<w:vanish\b|\.Vn|VNI-/.test(styles + document);
  const takesBack = /<w:ins\b[^>]*[^/]>(?:(?!<\/w:ins>)[^])*<w:del\b/.test(document);
  const letters = plain && !takesBack ? squeezed(lettersOf(document)) : null;
  return {
    comments: count(part("comments"), /<w:comment[ >]/g),
    answers: count(extended, /paraIdParent="/g),
    resolved: count(extended, /:done="(?:1|true)"/g),
    changes: count(document, /<w:(?:ins|del|moveFrom|moveTo)[ >]/g),
    letters,
    quotes: letters === null ? new Map() : quotesOf(document),
  };
}

function count(xml: string, pattern: RegExp): number {
  return [...xml.matchAll(pattern)].length;
}

function quotesOf(document: string): Map<string, string> {
  const ends = [...document.matchAll(/<w:commentRange(Start|End)(?= )[^>]* w:id="([^"]*)"[^>]*>/g)];
  const quotes = new Map<string, string>();
  for (const [index, end] of ends.entries()) {
    const [, , id = ""] = end;
    const both = ends.filter(([, , other]) => other === id);
    const last = both[1];
    if (
      both.length === 2 &&
      both[0] === end &&
      end[1] === "Start" &&
      last?.[1] === "End" &&
      ends.indexOf(last) > index
    ) {
      quotes.set(id, squeezed(lettersOf(document.slice(end.index, last.index))));
    }
  }
  return quotes;
}

function lettersOf(document: string): string {
  const texts = [...document.matchAll(/<(?:w:t|w:delText|m:t)(?: [^>]*)?>([^<]*)<|<w:noBreakHyphen\b/g)];
  return texts.map(([whole, text]) => (whole.startsWith("<w:noBreak") ? "\u2011" : decoded(text ?? ""))).join("");
}

function decoded(text: string): string {
  return text.replaceAll(/&(?:#x([0-9A-Fa-f]+)|#(\d+)|(\w+));/g, (_, hex?: string, decimal?: string, name?: string) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" }[name ?? ""] ?? "";
  });
}

/** Without white space, soft hyphens, and whichever way letters are composed. */
export function squeezed(text: string): string {
  return text.normalize("NFC").replaceAll(/[\s\u00AD]/g, "");
}
