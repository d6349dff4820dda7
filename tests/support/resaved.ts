import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { listLabels } from "./list-labels.ts";
import type { Random } from "./random.ts";

/**
 * What programs do to a Word file when they save it, at the level of its XML: known from files that Word, Google Docs
 * and WPS wrote and from what their users report, for none of them is at hand in a test. Each changes the parts in place.
 */
export type Resaving = (parts: WordTexts, chance: Random) => void;

/** The XML parts of a package by name. */
export type WordTexts = Record<string, string>;

/** The file as it stands after these, one after another. The same chance gives the same bytes. */
export function resaved(bytes: Uint8Array, resavings: readonly Resaving[], chance: Random): Uint8Array {
  const files = unzipSync(bytes);
  const parts: WordTexts = {};
  for (const [name, data] of Object.entries(files)) if (/\.(?:xml|rels)$/.test(name)) parts[name] = strFromU8(data);
  for (const resaving of resavings) resaving(parts, chance);
  for (const name of Object.keys(files)) if (/\.(?:xml|rels)$/.test(name)) delete files[name];
  for (const [name, text] of Object.entries(parts)) files[name] = strToU8(text);
  return zipSync(files, { mtime: new Date(1980, 0, 1) });
}

const BODY = "word/document.xml";

function edit(parts: WordTexts, names: readonly string[], change: (xml: string) => string): void {
  for (const name of names) {
    const xml = parts[name];
    if (xml !== undefined) parts[name] = change(xml);
  }
}

function hex(chance: Random): string {
  return (chance.int(0x7ffffffe) + 1).toString(16).toUpperCase().padStart(8, "0");
}

/** Word gives every paragraph a new id at its first save; those of comments stay one over the parts about comments. */
export const newParagraphIds: Resaving = (parts, chance) => {
  const ids = new Map<string, string>();
  const named = (id: string): string => {
    const known = ids.get(id) ?? hex(chance);
    ids.set(id, known);
    return known;
  };
  const names = Object.keys(parts).filter((name) => name.startsWith("word/") && name.endsWith(".xml"));
  edit(parts, names, (xml) =>
    xml.replaceAll(
      /(\bw\w*:paraId(?:Parent)?=")([0-9A-Fa-f]{8})"/g,
      (_, begin: string, id: string) => `${begin}${named(id)}"`,
    ),
  );
  edit(parts, [BODY], (xml) =>
    xml.replaceAll(/<w:p(?=[ >])(?![^>]*w14:paraId)/g, () => `<w:p w14:paraId="${hex(chance)}" w14:textId="77777777"`),
  );
};

const RUN = /<w:r(?: [^>]*)?>((?:<w:rPr>(?:(?!<\/w:rPr>).)*<\/w:rPr>)?)<w:t(?: [^>]*)?>([^<]*)<\/w:t><\/w:r>/g;

/** Word cuts runs wherever something was typed at another time, and marks each with the sitting (rsid). */
export const splitRuns: Resaving = (parts, chance) => {
  edit(parts, [BODY], (xml) =>
    xml.replaceAll(RUN, (run, properties: string, text: string) => {
      const words = text.split(/(?<= )/);
      if (words.length < 2) return run;
      const pieces: string[] = [];
      for (const word of words) {
        if (pieces.length === 0 || chance() < 0.3) pieces.push(word);
        else pieces[pieces.length - 1] += word;
      }
      return pieces
        .map(
          (piece) =>
            `<w:r w:rsidRPr="00${hex(chance).slice(2)}">${properties}<w:t xml:space="preserve">${piece}</w:t></w:r>`,
        )
        .join("");
    }),
  );
};

/** Programs without sittings write neighbouring runs that look alike as one. */
export const mergedRuns: Resaving = (parts) => {
  const pair =
    /<w:r(?: [^>]*)?>((?:<w:rPr>(?:(?!<\/w:rPr>).)*<\/w:rPr>)?)<w:t(?: [^>]*)?>([^<]*)<\/w:t><\/w:r><w:r(?: [^>]*)?>\1<w:t(?: [^>]*)?>([^<]*)<\/w:t><\/w:r>/g;
  edit(parts, [BODY], (xml) => {
    let before = "";
    let merged = xml;
    while (merged !== before) {
      before = merged;
      merged = merged.replaceAll(
        pair,
        (_, properties: string, a: string, b: string) =>
          `<w:r>${properties}<w:t xml:space="preserve">${a}${b}</w:t></w:r>`,
      );
    }
    return merged;
  });
};

/** The spelling checker knows no Vietnamese and marks nearly every word. */
export const spellingMarks: Resaving = (parts, chance) => {
  edit(parts, [BODY], (xml) =>
    xml.replaceAll(RUN, (run) =>
      chance() < 0.5 ? `<w:proofErr w:type="spellStart"/>${run}<w:proofErr w:type="spellEnd"/>` : run,
    ),
  );
};

/** AutoFormat makes straight quotation marks round. It changes the words themselves. */
export const roundQuotes: Resaving = (parts) => {
  edit(parts, [BODY], (xml) =>
    xml.replaceAll(/(<w:t(?: [^>]*)?>)([^<]*)/g, (_, tag: string, text: string) => {
      const plain = text.replaceAll("&quot;", '"').replaceAll("&apos;", "'");
      return (
        tag +
        plain
          .replaceAll(/(^|[\s(])"/g, "$1“")
          .replaceAll('"', "”")
          .replaceAll("'", "’")
      );
    }),
  );
};

/** Copying into a new file, or some converters, leave bookmarks behind. */
export const noBookmarks: Resaving = (parts) => {
  edit(parts, [BODY], (xml) => xml.replaceAll(/<w:bookmark(?:Start|End)(?: [^>]*)?\/>/g, ""));
};

/** WPS numbers styles anew and keeps their names; an organisation's template may rename both. */
export function renamedStyles(names: "kept" | "new"): Resaving {
  return (parts) => {
    const ids = new Map<string, string>();
    for (const [, id = ""] of (parts["word/styles.xml"] ?? "").matchAll(/<w:style [^>]*w:styleId="([^"]*)"/g)) {
      ids.set(id, String(ids.size + 1));
    }
    const texts = Object.keys(parts).filter((name) => /^word\/\w+\.xml$/.test(name));
    edit(parts, texts, (xml) =>
      xml
        .replaceAll(/(w:styleId=")([^"]*)"/g, (_, begin: string, id: string) => `${begin}${ids.get(id) ?? id}"`)
        .replaceAll(
          /(<w:(?:pStyle|rStyle|tblStyle|basedOn|next|link|styleLink|numStyleLink) w:val=")([^"]*)"/g,
          (_, begin: string, id: string) => `${begin}${ids.get(id) ?? id}"`,
        ),
    );
    if (names === "new") {
      let number = 0;
      edit(parts, ["word/styles.xml"], (xml) =>
        xml.replaceAll(/<w:name w:val="[^"]*"/g, () => `<w:name w:val="Kiểu ${++number}"`),
      );
    }
  };
}

/** Numbers and signs of lists as text before the words: so are they in files of ours from before, and where lists are lost. */
export const typedLabels: Resaving = (parts) => {
  const labels = listLabels(parts);
  edit(parts, [BODY], (xml) =>
    xml.replaceAll(/<w:p(?: [^>]*)?>(<w:pPr>(?:(?!<\/w:pPr>).)*<\/w:pPr>)/g, (whole: string, properties: string) => {
      const [, own] = /<w:numPr>((?:(?!<\/w:numPr>).)*)<\/w:numPr>/.exec(properties) ?? [];
      const value = (text: string | undefined, name: string): string | null =>
        new RegExp(`<w:${name} w:val="([^"]*)"`).exec(text ?? "")?.[1] ?? null;
      const level = value(own, "ilvl");
      const setting =
        own === undefined ? null : { instance: value(own, "numId"), level: level === null ? null : Number(level) };
      const label = labels.next(value(properties, "pStyle"), setting);
      return label === "" ? whole : `${whole}<w:r><w:t xml:space="preserve">${label}</w:t></w:r>`;
    }),
  );
  edit(parts, [BODY, "word/styles.xml"], (xml) => xml.replaceAll(/<w:numPr>(?:(?!<\/w:numPr>).)*<\/w:numPr>/g, ""));
};

/** What a program leaves that knows nothing of our lists: neither numbers nor signs. */
export const noLists: Resaving = (parts) => {
  edit(parts, [BODY, "word/styles.xml"], (xml) => xml.replaceAll(/<w:numPr>(?:(?!<\/w:numPr>).)*<\/w:numPr>/g, ""));
  dropPart(parts, "numbering");
};

/** Google Docs writes lists of its own, and every paragraph says which it is in; WPS does the same. */
export const ownLists: Resaving = (parts) => {
  const styles = new Map<string, string>();
  for (const [style = ""] of (parts["word/styles.xml"] ?? "").matchAll(/<w:style .*?<\/w:style>/gs)) {
    const id = /w:styleId="([^"]*)"/.exec(style)?.[1];
    const list = /<w:numPr>.*?<\/w:numPr>/.exec(style)?.[0];
    if (id !== undefined && list !== undefined) styles.set(id, list);
  }
  edit(parts, [BODY], (xml) =>
    xml.replaceAll(
      /<w:pPr><w:pStyle w:val="([^"]*)"\/>((?:(?!<\/w:pPr>).)*)<\/w:pPr>/g,
      (whole, id: string, rest: string) => {
        const list = styles.get(id);
        if (list === undefined || rest.includes("<w:numPr>")) return whole;
        const [before = "", after = rest] = /^((?:<w:keep\w+(?: [^>]*)?\/>)*)(.*)$/s.exec(rest)?.slice(1) ?? [];
        return `<w:pPr><w:pStyle w:val="${id}"/>${before}${list}${after}</w:pPr>`;
      },
    ),
  );
  edit(parts, ["word/styles.xml"], (xml) => xml.replaceAll(/<w:numPr>(?:(?!<\/w:numPr>).)*<\/w:numPr>/g, ""));
  const texts = Object.keys(parts).filter((name) => /^word\/\w+\.xml$/.test(name));
  edit(parts, texts, (xml) =>
    xml
      .replaceAll(/<w:pStyle w:val="[^"]*"\/>(?=<w:suff)/g, "")
      .replaceAll(
        /(<w:numId w:val="|<w:num w:numId=")([1-9]\d*)"/g,
        (_, begin: string, id: string) => `${begin}${Number(id) + 40}"`,
      ),
  );
};

/** Anyone can lift the protection; it has no password. */
export const noProtection: Resaving = (parts) => {
  edit(parts, ["word/settings.xml"], (xml) => xml.replaceAll(/<w:documentProtection(?: [^>]*)?\/>/g, ""));
};

/** "Accept all changes": what was put in stands, what was taken out is gone, and nobody's name is on it. */
export const acceptedChanges: Resaving = (parts) => {
  edit(parts, [BODY], (xml) =>
    xml
      .replaceAll(/<w:tr(?: [^>]*)?><w:trPr>(?:(?!<\/w:trPr>).)*<w:del [^>]*\/>(?:(?!<\/w:tr>).)*<\/w:tr>/g, "")
      .replaceAll(/<w:(?:del|moveFrom) [^>]*[^/]>(?:(?!<\/w:(?:del|moveFrom)>).)*<\/w:(?:del|moveFrom)>/g, "")
      // A paragraph whose own end was taken out goes on with the next.
      .replaceAll(
        /<w:p(?: [^>]*)?>(<w:pPr>(?:(?!<\/w:pPr>).)*<w:(?:del|moveFrom) [^>]*\/>(?:(?!<\/w:pPr>).)*<\/w:pPr>)((?:(?!<\/w:p>).)*)<\/w:p><w:p(?: [^>]*)?>((?:<w:pPr>(?:(?!<\/w:pPr>).)*<\/w:pPr>)?)/g,
        (_, _own: string, content: string, next: string) => `<w:p>${next}${content}`,
      )
      .replaceAll(/<w:(?:ins|del|moveFrom|moveTo) [^>]*\/>/g, "")
      .replaceAll(/<\/?w:(?:ins|moveTo)(?: [^>]*)?>/g, "")
      .replaceAll(/<w:move(?:From|To)Range(?:Start|End)(?: [^>]*)?\/>/g, ""),
  );
};

function dropPart(parts: WordTexts, name: string): void {
  const path = `word/${name}.xml`;
  if (parts[path] === undefined) return;
  delete parts[path];
  edit(parts, ["[Content_Types].xml"], (xml) =>
    xml.replaceAll(/<Override [^>]*\/>/g, (entry) => (entry.includes(`"/${path}"`) ? "" : entry)),
  );
  edit(parts, ["word/_rels/document.xml.rels"], (xml) =>
    xml.replaceAll(/<Relationship [^>]*\/>/g, (entry) =>
      /Target="([^"]*)"/.exec(entry)?.[1]?.endsWith(`${name}.xml`) ? "" : entry,
    ),
  );
}

/** Older programs know no answers to comments and no "resolved". */
export const noThreads: Resaving = (parts) => {
  dropPart(parts, "commentsExtended");
};

/** What survives in Word alone: ids that last, and times in UTC. */
export const noDurableIds: Resaving = (parts) => {
  for (const name of ["commentsIds", "commentsExtensible"]) dropPart(parts, name);
};

/** Every program numbers comments anew, most in the order of the text. */
export const renumberedComments: Resaving = (parts) => {
  const order = [...(parts[BODY] ?? "").matchAll(/<w:commentReference [^>]*w:id="(-?\d+)"/g)].map(([, id = ""]) => id);
  const ids = new Map([...new Set(order)].map((id, index) => [id, String(index + 100)]));
  const renumber = (xml: string, elements: string): string =>
    xml.replaceAll(
      new RegExp(`(<w:(?:${elements})(?: [^>]*)? w:id=")(-?\\d+)"`, "g"),
      (_, begin: string, id: string) => `${begin}${ids.get(id) ?? id}"`,
    );
  edit(parts, [BODY], (xml) => renumber(xml, "commentRangeStart|commentRangeEnd|commentReference"));
  edit(parts, ["word/comments.xml"], (xml) => renumber(xml, "comment"));
};

/** Google Docs writes no initials; Word leaves name and date out where personal data are to be removed. */
export function scrubbedComments(what: readonly ("initials" | "date" | "author")[]): Resaving {
  return (parts) => {
    edit(parts, ["word/comments.xml"], (xml) =>
      xml.replaceAll(/<w:comment [^>]*>/g, (tag) =>
        what.reduce(
          (left, name) =>
            name === "author"
              ? left.replace(/w:author="[^"]*"/, 'w:author="Author"')
              : left.replace(new RegExp(` w:${name}="[^"]*"`), ""),
          tag,
        ),
      ),
    );
  };
}

/** A form filled in, or a template of the office: paragraphs stand in content controls. */
export const contentControls: Resaving = (parts, chance) => {
  edit(parts, [BODY], (xml) =>
    xml.replaceAll(/<w:p(?: [^>]*)?>(?:(?!<\/w:p>|<w:p[ >]|<w:sectPr).)*<\/w:p>/g, (paragraph) =>
      chance() < 0.2
        ? `<w:sdt><w:sdtPr><w:id w:val="${chance.int(1e9)}"/></w:sdtPr><w:sdtContent>${paragraph}</w:sdtContent></w:sdt>`
        : paragraph,
    ),
  );
};

/** Google Docs and mail gateways keep no properties of ours. */
export const noProperties: Resaving = (parts) => {
  delete parts["docProps/custom.xml"];
  edit(parts, ["[Content_Types].xml"], (xml) =>
    xml.replaceAll(/<Override [^>]*\/>/g, (entry) => (entry.includes("/docProps/custom.xml") ? "" : entry)),
  );
  edit(parts, ["_rels/.rels"], (xml) =>
    xml.replaceAll(/<Relationship [^>]*\/>/g, (entry) => (entry.includes("docProps/custom.xml") ? "" : entry)),
  );
};

function writtenBy(application: string): Resaving {
  return (parts) => {
    if (parts["docProps/app.xml"] === undefined) return;
    parts["docProps/app.xml"] =
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns="http://schemas.openxmlformats.org/' +
      `officeDocument/2006/extended-properties"><Application>${application}</Application></Properties>`;
  };
}

/** What a program does to a file that is opened, commented on and saved there. */
export const PROGRAMS: Readonly<Record<"word-365" | "word-2010" | "google-docs" | "wps", readonly Resaving[]>> = {
  "word-365": [newParagraphIds, splitRuns, spellingMarks, renumberedComments, writtenBy("Microsoft Office Word")],
  "word-2010": [
    splitRuns,
    spellingMarks,
    noThreads,
    noDurableIds,
    renumberedComments,
    writtenBy("Microsoft Office Word"),
  ],
  "google-docs": [
    mergedRuns,
    noProperties,
    noProtection,
    noThreads,
    noDurableIds,
    renumberedComments,
    scrubbedComments(["initials"]),
    ownLists,
    renamedStyles("new"),
    writtenBy(""),
  ],
  wps: [
    splitRuns,
    ownLists,
    renamedStyles("kept"),
    newParagraphIds,
    noDurableIds,
    renumberedComments,
    writtenBy("WPS Office"),
  ],
};

/** A part of a package as text; "" where it has none. */
export function partText(bytes: Uint8Array, name: string): string {
  const part = unzipSync(bytes)[name];
  return part ? strFromU8(part) : "";
}
