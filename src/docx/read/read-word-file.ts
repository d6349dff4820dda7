import { readComments } from "./comments.ts";
import { foreignFile } from "./errors.ts";
import type { WordLimits } from "./limits.ts";
import { WORD_LIMITS } from "./limits.ts";
import { Numbering } from "./numbering.ts";
import { Reading } from "./reading.ts";
import { readAside, Story } from "./story.ts";
import { Styles } from "./styles.ts";
import { PLAINLY } from "./tracked-change.ts";
import type { WordBlock, WordFile } from "./word-file.ts";
import { WordPackage } from "./word-package.ts";
import type { WordPart } from "./word-package.ts";
import type { XmlElement } from "./xml.ts";
import { readXml } from "./xml.ts";

/**
 * Any Word file as plain data: what Word, LibreOffice, Google Docs and WPS save. Everything is inside the file: nothing
 * it points to is fetched. Throws a `TongketError` whose code begins with `word-` where the bytes are another kind of
 * file, damaged, larger or more complex than `limits` allow, or made to do harm. What it costs is bounded by `limits`;
 * who reads files of strangers runs it where it can be ended.
 */
export function readWordFile(bytes: Uint8Array, limits: WordLimits = WORD_LIMITS): WordFile {
  const file = new WordPackage(bytes, limits);
  const styles = new Styles(file.part("styles"), limits);
  const reading = new Reading(limits, styles, new Numbering(file.part("numbering"), styles, limits));
  const { main } = file;
  const body = new Story(main.name, reading, true);
  const blocks: WordBlock[] = [];
  readXml(
    main.bytes,
    main.name,
    limits,
    2,
    (element, parent) => {
      if (parent === "w:body") body.readBlock(element, PLAINLY, blocks, false);
    },
    (name) => {
      // A document of another program, whatever the package says of it.
      if (!["w:document", "w:body", "w:background"].includes(name)) throw foreignFile("other");
    },
  );
  for (const kind of ["footnote", "endnote"] as const) readNotes(file.part(`${kind}s`), kind, reading);
  for (const kind of ["header", "footer"] as const) {
    for (const part of file.parts(kind)) {
      const elements: XmlElement[] = [];
      readXml(part.bytes, part.name, limits, 1, (element) => elements.push(element));
      readAside(part.name, reading, elements, kind, null);
    }
  }
  const comments = readComments(file, reading);
  return {
    producer: producer(file.aboutFile("extended-properties"), limits),
    ...saving(file.aboutFile("core-properties"), limits),
    properties: customProperties(file.aboutFile("custom-properties"), limits),
    protection: protection(file.part("settings"), limits),
    blocks,
    paragraphs: body.paragraphs,
    comments,
    asides: reading.asides,
    leftOut: reading.leftOut,
    converted: reading.converted,
  };
}

function readNotes(part: WordPart | null, kind: "footnote" | "endnote", reading: Reading): void {
  if (!part) return;
  readXml(part.bytes, part.name, reading.limits, 1, (element) => {
    const { "w:id": id = "", "w:type": type = "normal" } = element.attributes;
    if (element.name !== `w:${kind}` || type !== "normal") return;
    readAside(part.name, reading, element.children, kind, reading.notes.get(`${kind} ${id}`) ?? null);
  });
}

function producer(part: WordPart | null, limits: WordLimits): string {
  const said = new Map<string, string>();
  if (part) readXml(part.bytes, part.name, limits, 1, ({ name, text }) => said.set(name, text.trim()));
  return [said.get("ep:Application"), said.get("ep:AppVersion")].filter(Boolean).join(" ");
}

function saving(part: WordPart | null, limits: WordLimits): Pick<WordFile, "modified" | "revision"> {
  let [time, revision] = [NaN, NaN];
  if (part) {
    readXml(part.bytes, part.name, limits, 1, ({ name, text }) => {
      if (/(?:^|:)modified$/.test(name)) time = Date.parse(text.trim());
      else if (/(?:^|:)revision$/.test(name)) revision = Number(text.trim());
    });
  }
  return {
    modified: Number.isNaN(time) ? "" : new Date(time).toISOString(),
    revision: Number.isSafeInteger(revision) && revision > 0 ? revision : 0,
  };
}

function customProperties(part: WordPart | null, limits: WordLimits): Record<string, string> {
  const properties = new Map<string, string>();
  if (part) {
    readXml(part.bytes, part.name, limits, 1, ({ name, attributes, children }) => {
      if (name === "cp:property") properties.set(attributes["name"] ?? "", children[0]?.text ?? "");
    });
  }
  return Object.fromEntries(properties);
}

const PROTECTIONS = ["comments", "trackedChanges", "readOnly", "forms"] as const;

function protection(part: WordPart | null, limits: WordLimits): WordFile["protection"] {
  let found: WordFile["protection"] = null;
  if (part) {
    readXml(part.bytes, part.name, limits, 1, (element) => {
      if (element.name !== "w:documentProtection") return;
      const { "w:edit": edit = "", "w:enforcement": enforced = "0" } = element.attributes;
      if (/^(?:1|true|on)$/.test(enforced)) found = PROTECTIONS.find((kind) => kind === edit) ?? null;
    });
  }
  return found;
}
