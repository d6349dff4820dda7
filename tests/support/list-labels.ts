import { SaxesParser } from "saxes";

interface ListLevel {
  start: number;
  format: string;
  text: string;
  suffix: string;
}

/** What a paragraph or a style says of its list: the instance, "0" for none, and the level. */
export interface ListSetting {
  readonly instance: string | null;
  readonly level: number | null;
}

/** The label of each paragraph of a file by its lists, asked for in the order of the file. */
export interface ListLabels {
  /** As it is shown, with the space that may follow; empty where the paragraph is in no list. */
  next(style: string | null, own: ListSetting | null): string;
}

/**
 * Counts the lists of a Word file as ISO/IEC 29500-1, 17.9 says: all instances of a definition count on together, a level
 * begins anew after one above it, and where an instance that says so is first used.
 */
export function listLabels(parts: Readonly<Record<string, string>>): ListLabels {
  const definitions = new Map<string, Map<number, ListLevel>>();
  const instances = new Map<string, { definition: string; starts: Map<number, number> }>();
  const styles = new Map<string, { basedOn: string | null; list: { instance: string | null; level: number | null } }>();
  let levels = new Map<number, ListLevel>();
  let level: ListLevel = { start: 1, format: "", text: "", suffix: "tab" };
  let instance = { definition: "", starts: new Map<number, number>() };
  let override = 0;
  walk(parts["word/numbering.xml"], (name, at) => {
    if (name === "w:abstractNum") definitions.set(at("w:abstractNumId"), (levels = new Map()));
    else if (name === "w:lvl")
      levels.set(Number(at("w:ilvl")), (level = { start: 1, format: "", text: "", suffix: "tab" }));
    else if (name === "w:start") level.start = Number(at("w:val"));
    else if (name === "w:numFmt") level.format = at("w:val");
    else if (name === "w:lvlText") level.text = at("w:val");
    else if (name === "w:suff") level.suffix = at("w:val");
    else if (name === "w:num") instances.set(at("w:numId"), (instance = { definition: "", starts: new Map() }));
    else if (name === "w:abstractNumId") instance.definition = at("w:val");
    else if (name === "w:lvlOverride") override = Number(at("w:ilvl"));
    else if (name === "w:startOverride") instance.starts.set(override, Number(at("w:val")));
  });
  let style = {
    basedOn: null as string | null,
    list: { instance: null as string | null, level: null as number | null },
  };
  walk(parts["word/styles.xml"], (name, at) => {
    if (name === "w:style")
      styles.set(at("w:styleId"), (style = { basedOn: null, list: { instance: null, level: null } }));
    else if (name === "w:basedOn") style.basedOn = at("w:val");
    else if (name === "w:numId") style.list.instance = at("w:val");
    else if (name === "w:ilvl") style.list.level = Number(at("w:val"));
  });
  const ofStyle = (id: string | null): ListSetting => {
    const found = id === null ? undefined : styles.get(id);
    if (!found) return { instance: null, level: null };
    return found.list.instance === null ? ofStyle(found.basedOn) : found.list;
  };
  const counts = new Map<string, number[]>();
  const begun = new Set<string>();
  return {
    next(id, own) {
      const styled = ofStyle(id);
      const number = own?.instance ?? styled.instance;
      const list = number === null ? undefined : instances.get(number);
      const definition = list && definitions.get(list.definition);
      if (number === null || number === "0" || !list || !definition) return "";
      const depth = own?.level ?? styled.level ?? 0;
      const counted = counts.get(list.definition) ?? [];
      counts.set(list.definition, counted);
      const start = list.starts.get(depth);
      const key = `${number} ${depth}`;
      counted[depth] =
        start !== undefined && !begun.has(key)
          ? start
          : (counted[depth] ?? (definition.get(depth)?.start ?? 1) - 1) + 1;
      begun.add(key);
      counted.length = depth + 1;
      const shown = definition.get(depth);
      if (!shown || shown.text === "") return "";
      const text = shown.text.replaceAll(/%([1-9])/g, (_, figure: string) => {
        const at = Number(figure) - 1;
        return written(definition.get(at)?.format ?? "", counted[at] ?? definition.get(at)?.start ?? 1);
      });
      return text + (shown.suffix === "nothing" ? "" : shown.suffix === "space" ? " " : "\t");
    },
  };
}

const ROMAN = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];

function written(format: string, count: number): string {
  if (format !== "upperRoman") return String(count);
  if (count >= 40) throw new Error(`a test counts to ${count}`);
  return "X".repeat(Math.floor(count / 10)) + (ROMAN[count % 10] ?? "");
}

function walk(xml: string | undefined, open: (name: string, at: (attribute: string) => string) => void): void {
  if (xml === undefined) return;
  const parser = new SaxesParser();
  parser.on("opentag", ({ name, attributes }) => open(name, (attribute) => attributes[attribute] ?? ""));
  parser.write(xml).close();
}
