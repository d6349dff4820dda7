import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { RuleSet, Template, TitleWords } from "#model";
import { TongketError } from "#model";
import { idTwice, inheritUnknown, notJson, ruleSetUnknown } from "./errors.ts";
import type { Checked, SchemaName } from "./schema-check.ts";
import { schemaCheck } from "./schema-check.ts";

/** The templates, rule sets, words of titles and schemas of this installation. */
export interface Catalogue {
  readonly templates: ReadonlyMap<string, Template>;
  readonly ruleSets: ReadonlyMap<string, RuleSet>;
  /** What headings are called besides the titles of templates, file by file. */
  readonly titleWords: readonly TitleWords[];
  /**
   * `value` as what the schema says it is. `source` is the file a person would look into. Throws `data-invalid` with
   * the first offending place as a JSON pointer.
   */
  check<S extends SchemaName>(schema: S, value: unknown, source: string): Checked[S];
}

export interface CatalogueOptions {
  /** The folder that holds `templates/` and `schemas/`. */
  readonly root: string;
  /** The data folder, whose own `templates/`, with `rule-sets/` and `title-words/` in it, are picked up. */
  readonly data?: string;
  /** Told of each file of one's own that is left out because it is wrong. */
  readonly onSkipped?: (error: TongketError) => void;
}

/**
 * Reads everything at once. What is shipped must be right: an error in it is thrown. A file of one's own that is wrong
 * is told to `onSkipped` and left out; a right one may replace a shipped one by bearing its id.
 */
export async function loadCatalogue(options: CatalogueOptions): Promise<Catalogue> {
  const check = await schemaCheck(join(options.root, "schemas"));
  const shipped = await readFolder(join(options.root, "templates"));
  const shippedRules = await readFolder(join(options.root, "templates", "rule-sets"));
  const rawRules = new Map<string, Source>();
  for (const source of shippedRules) {
    if (rawRules.has(source.id)) throw idTwice(source.file, source.id);
    rawRules.set(source.id, source);
  }

  const skip = (error: unknown): void => {
    if (!(error instanceof TongketError)) throw error;
    options.onSkipped?.(error);
  };
  const own = options.data === undefined ? [] : await readFolder(join(options.data, "templates"), skip);
  const ownRules =
    options.data === undefined ? [] : await readFolder(join(options.data, "templates", "rule-sets"), skip);

  const ruleSets = new Map<string, RuleSet>();
  for (const source of shippedRules) {
    ruleSets.set(source.id, check("rule-set", inherit(source, rawRules), source.file));
  }
  const withOwn = new Map([...rawRules, ...ownRules.map((source) => [source.id, source] as const)]);
  for (const source of ownRules) {
    try {
      ruleSets.set(source.id, check("rule-set", inherit(source, withOwn), source.file));
    } catch (error) {
      skip(error);
    }
  }

  const templates = new Map<string, Template>();
  const readTemplate = (source: Source): Template => {
    const template = check("template", source.value, source.file);
    if (!ruleSets.has(template.ruleSet)) throw ruleSetUnknown(template.ruleSet);
    return template;
  };
  for (const source of shipped) {
    if (templates.has(source.id)) throw idTwice(source.file, source.id);
    templates.set(source.id, readTemplate(source));
  }
  for (const source of own) {
    try {
      templates.set(source.id, readTemplate(source));
    } catch (error) {
      skip(error);
    }
  }

  const titleWords = new Map<string, TitleWords>();
  for (const source of await readFolder(join(options.root, "templates", "title-words"))) {
    titleWords.set(source.id, check("title-words", source.value, source.file));
  }
  const ownWords =
    options.data === undefined ? [] : await readFolder(join(options.data, "templates", "title-words"), skip);
  for (const source of ownWords) {
    try {
      titleWords.set(source.id, check("title-words", source.value, source.file));
    } catch (error) {
      skip(error);
    }
  }
  return { templates, ruleSets, titleWords: [...titleWords.values()], check };
}

/** A JSON file and the object it holds. */
interface Source {
  readonly file: string;
  readonly id: string;
  readonly value: JsonObject;
}

type JsonObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The JSON files of a folder in the order of their names; none where there is no folder. */
async function readFolder(folder: string, skip?: (error: unknown) => void): Promise<Source[]> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch {
    return [];
  }
  const sources: Source[] = [];
  for (const name of names.filter((entry) => entry.endsWith(".json")).toSorted()) {
    const file = join(folder, name);
    try {
      const value = parse(await readFile(file, "utf8"), file);
      sources.push({ file, id: typeof value["id"] === "string" ? value["id"] : basename(name, ".json"), value });
    } catch (error) {
      if (!skip) throw error;
      skip(error);
    }
  }
  return sources;
}

function parse(text: string, file: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw notJson(file, error instanceof Error ? error.message : String(error));
  }
  if (!isObject(value)) throw notJson(file, "{ … }");
  return value;
}

/**
 * A rule set with what it inherits filled in. `inherits` names another rule set, whose values hold wherever this one
 * says nothing: objects are taken key by key, lists and plain values whole.
 */
function inherit(source: Source, all: ReadonlyMap<string, Source>, heirs: readonly string[] = []): JsonObject {
  const { inherits, ...own } = source.value;
  if (inherits === undefined) return own;
  const parent = typeof inherits === "string" ? all.get(inherits) : undefined;
  if (!parent || parent.id === source.id || heirs.includes(parent.id)) {
    throw inheritUnknown(source.file, typeof inherits === "string" ? inherits : JSON.stringify(inherits));
  }
  return overlay(inherit(parent, all, [...heirs, source.id]), own);
}

function overlay(below: JsonObject, above: JsonObject): JsonObject {
  const result: Record<string, unknown> = { ...below };
  for (const [key, value] of Object.entries(above)) {
    const under = result[key];
    result[key] = isObject(under) && isObject(value) ? overlay(under, value) : value;
  }
  return result;
}
