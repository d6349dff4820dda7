import { strFromU8 } from "fflate";
import { foreignFile } from "./errors.ts";
import { fileKind, packageKind } from "./file-kind.ts";
import type { WordLimits } from "./limits.ts";
import { PackageEntries } from "./package-entries.ts";
import { wordDamaged, wordTooLarge } from "./errors.ts";
import { readXml } from "./xml.ts";

/** What a part points to inside the package. What it points to outside is never followed. */
interface Relation {
  readonly id: string;
  /** The last word of its type: `comments`, `footnotes`. */
  readonly type: string;
  readonly target: string;
}

/** A Word file's parts, found as Word finds them: by relations, not by name. */
export class WordPackage {
  readonly #entries: PackageEntries;
  readonly #limits: WordLimits;
  readonly #main: string;
  readonly #relations: readonly Relation[];
  readonly #rootRelations: readonly Relation[];

  constructor(bytes: Uint8Array, limits: WordLimits) {
    this.#limits = limits;
    this.#entries = openZip(bytes, limits);
    this.#rootRelations = this.#relationsOf("");
    const named = this.#rootRelations.find((relation) => relation.type === "officeDocument")?.target;
    const names = new Set(this.#entries.names().map((name) => name.toLowerCase()));
    const main = named ?? (names.has("word/document.xml") ? "word/document.xml" : null);
    if (main === null || /^(?:xl|ppt|visio)\//i.test(main)) throw foreignFile(this.#kind());
    if (!names.has(main.toLowerCase())) throw wordDamaged(main, "missing");
    this.#main = main;
    this.#relations = this.#relationsOf(main);
  }

  /** The document itself. */
  get main(): WordPart {
    return this.#part(this.#main) ?? { name: this.#main, bytes: new Uint8Array() };
  }

  /** The part of a type that the document points to, as `comments`; null where there is none. */
  part(type: string): WordPart | null {
    return this.parts(type)[0] ?? null;
  }

  /** All parts of a type, each once. */
  parts(type: string): WordPart[] {
    const targets = this.#relations.filter((relation) => relation.type === type).map((relation) => relation.target);
    return [...new Set(targets)].flatMap((target) => this.#part(target) ?? []);
  }

  /** A part about the file as a whole, as `custom-properties`. */
  aboutFile(type: string): WordPart | null {
    const relation = this.#rootRelations.find((entry) => entry.type === type);
    return relation ? this.#part(relation.target) : null;
  }

  #part(name: string): WordPart | null {
    const bytes = this.#entries.read(name);
    return bytes && { name, bytes };
  }

  #relationsOf(part: string): Relation[] {
    const slash = part.lastIndexOf("/");
    const folder = part.slice(0, slash + 1);
    const name = `${folder}_rels/${part.slice(slash + 1)}.rels`;
    const bytes = this.#entries.read(name);
    const relations: Relation[] = [];
    if (!bytes) return relations;
    readXml(bytes, name, this.#limits, 1, ({ name: element, attributes }) => {
      const target = attributes["Target"];
      if (element !== "rel:Relationship" || target === undefined || attributes["TargetMode"] === "External") return;
      const path = resolve(folder, target);
      const type = (attributes["Type"] ?? "").split("/").at(-1) ?? "";
      if (path !== null)
        relations.push({ id: attributes["Id"] ?? "", type: STRICT_TYPES.get(type) ?? type, target: path });
    });
    return relations;
  }

  #kind(): ReturnType<typeof packageKind> {
    const mimetype = this.#entries.read("mimetype", 1024);
    return packageKind(this.#entries.names(), mimetype ? strFromU8(mimetype) : "");
  }
}

/** The two types whose last word the strict form spells otherwise. */
const STRICT_TYPES: ReadonlyMap<string, string> = new Map([
  ["customProperties", "custom-properties"],
  ["extendedProperties", "extended-properties"],
]);

export interface WordPart {
  readonly name: string;
  readonly bytes: Uint8Array;
}

function openZip(bytes: Uint8Array, limits: WordLimits): PackageEntries {
  if (bytes.length > limits.file) throw wordTooLarge("", limits.file);
  const kind = fileKind(bytes);
  if (kind !== "zip") throw foreignFile(kind);
  return new PackageEntries(bytes, limits);
}

/** The place a relation points to; null where it leads out of the package. */
function resolve(folder: string, target: string): string | null {
  const path = target.startsWith("/") ? target : folder + target;
  const out: string[] = [];
  for (const step of path.replaceAll("\\", "/").split("/")) {
    if (step === "" || step === ".") continue;
    if (step !== "..") out.push(step);
    else if (out.pop() === undefined) return null;
  }
  return out.join("/");
}
