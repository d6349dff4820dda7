import { SaxesParser } from "saxes";

/** The order in which the children of an element stand, by ISO/IEC 29500-1 and 29500-4 (transitional). */
const ORDER: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries({
    "w:pPr":
      "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "w:tblPr":
      "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
    "w:tcPr":
      "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark headers cellIns cellDel cellMerge tcPrChange",
    "w:sectPr":
      "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange",
    "w:tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
    "w:tr": "tblPrEx trPr tc",
    "w:style":
      "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "w:styles": "docDefaults latentStyles style",
    "w:numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "w:abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "w:lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "w:num": "abstractNumId lvlOverride",
    "w:docDefaults": "rPrDefault pPrDefault",
    "w:settings":
      "writeProtection view zoom removePersonalInformation displayBackgroundShape trackRevisions doNotTrackMoves documentProtection autoFormatOverride defaultTabStop evenAndOddHeaders characterSpacingControl footnotePr endnotePr compat rsids mathPr themeFontLang clrSchemeMapping decimalSymbol listSeparator",
  }).map(([name, children]) => [name, children.split(" ").map((child) => `w:${child}`)]),
);

interface Seen {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What is wrong with a Word file as a package: an empty list where it holds together. */
export function packageFaults(parts: Readonly<Record<string, string>>): string[] {
  const faults: string[] = [];
  const elements = new Map<string, Seen[]>();
  for (const [name, xml] of Object.entries(parts))
    if (/\.(xml|rels)$/.test(name)) elements.set(name, elementsOf(name, xml, faults));
  const all = (part: string, element: string): Seen[] =>
    (elements.get(part) ?? []).filter(({ name }) => name === element);
  const everywhere = (element: string): Seen[] => [...elements.values()].flat().filter(({ name }) => name === element);

  contentTypes(parts, all, faults);
  relationships(parts, elements, faults);

  const unique = (what: string, values: readonly string[]): void => {
    const seen = new Set<string>();
    for (const value of values) {
      if (seen.has(value)) faults.push(`${what} ${value} comes twice`);
      seen.add(value);
    }
  };
  const ids = (list: readonly Seen[], key = "w:id"): string[] => list.map(({ attributes }) => attributes[key] ?? "");
  const body = "word/document.xml";
  unique("bookmark", ids(all(body, "w:bookmarkStart")));
  unique(
    "bookmark named",
    ids(all(body, "w:bookmarkStart"), "w:name").map((name) => name.toLowerCase()),
  );
  same("bookmarks begun and ended", ids(all(body, "w:bookmarkStart")), ids(all(body, "w:bookmarkEnd")), faults);
  unique("comment", ids(all("word/comments.xml", "w:comment")));
  for (const element of ["w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"])
    same(`comments and ${element}`, ids(all("word/comments.xml", "w:comment")), ids(all(body, element)), faults);
  unique("change", ids([...everywhere("w:ins"), ...everywhere("w:del")]));
  unique("drawing", ids(everywhere("wp:docPr"), "id"));
  const paragraphs = ids(everywhere("w:p"), "w14:paraId").filter((id) => id !== "");
  unique("paragraph", paragraphs);
  for (const id of paragraphs) if (Number.parseInt(id, 16) >= 0x80000000) faults.push(`paragraph ${id} is too high`);

  const styles = new Set(ids(all("word/styles.xml", "w:style"), "w:styleId"));
  for (const element of ["w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next", "w:link"])
    for (const id of ids(everywhere(element), "w:val")) if (!styles.has(id)) faults.push(`no style ${id}`);
  const lists = new Set(ids(all("word/numbering.xml", "w:num"), "w:numId"));
  // List 0 takes a paragraph out of its style's list.
  for (const id of ids(everywhere("w:numId"), "w:val")) if (id !== "0" && !lists.has(id)) faults.push(`no list ${id}`);
  const definitions = new Set(ids(all("word/numbering.xml", "w:abstractNum"), "w:abstractNumId"));
  for (const id of ids(all("word/numbering.xml", "w:abstractNumId"), "w:val"))
    if (!definitions.has(id)) faults.push(`no definition of list ${id}`);
  return faults;
}

/** Every element of a part; an error in the XML and a child out of order are faults. */
function elementsOf(part: string, xml: string, faults: string[]): Seen[] {
  const seen: Seen[] = [];
  const path: { name: string; last: number }[] = [];
  const parser = new SaxesParser();
  parser.on("error", (error) => faults.push(`${part}: ${error.message}`));
  parser.on("opentag", ({ name, attributes }) => {
    const parent = path.at(-1);
    const order = parent && ORDER[parent.name];
    if (parent && order) {
      const place = order.indexOf(name);
      if (place < 0) faults.push(`${part}: ${name} in ${parent.name}`);
      else if (place < parent.last) faults.push(`${part}: ${name} after ${order[parent.last]} in ${parent.name}`);
      parent.last = Math.max(place, parent.last);
    }
    path.push({ name, last: -1 });
    seen.push({ name, attributes });
  });
  parser.on("closetag", () => path.pop());
  parser.write(xml).close();
  return seen;
}

function contentTypes(
  parts: Readonly<Record<string, string>>,
  all: (part: string, element: string) => Seen[],
  faults: string[],
): void {
  const file = "[Content_Types].xml";
  const defaults = new Set(all(file, "Default").map(({ attributes }) => attributes["Extension"] ?? ""));
  const named = new Set(all(file, "Override").map(({ attributes }) => (attributes["PartName"] ?? "").slice(1)));
  for (const name of Object.keys(parts)) {
    const extension = name.slice(name.lastIndexOf(".") + 1);
    if (name !== file && !named.has(name) && (extension === "xml" || !defaults.has(extension)))
      faults.push(`${name} has no content type`);
  }
  for (const name of named) if (parts[name] === undefined) faults.push(`there is no ${name}`);
}

/** Every relationship leads to a part, and everything that names one has it. */
function relationships(
  parts: Readonly<Record<string, string>>,
  elements: ReadonlyMap<string, readonly Seen[]>,
  faults: string[],
): void {
  const reached = new Set(["[Content_Types].xml"]);
  for (const [name, list] of elements) {
    if (!name.endsWith(".rels")) continue;
    reached.add(name);
    const owner = name.replace(/_rels\/([^/]*)\.rels$/, "$1");
    const folder = owner.slice(0, owner.lastIndexOf("/") + 1);
    const own = new Set<string>();
    for (const { name: element, attributes } of list) {
      if (element !== "Relationship") continue;
      const { Id: id = "", Target: target = "", TargetMode: mode } = attributes;
      if (own.has(id)) faults.push(`${name}: ${id} comes twice`);
      own.add(id);
      const path = target.startsWith("/") ? target.slice(1) : `${folder}${target}`;
      if (mode === "External") faults.push(`${name}: ${target} is outside`);
      else if (parts[path] === undefined) faults.push(`${name}: there is no ${path}`);
      reached.add(path);
    }
    for (const { attributes } of elements.get(owner) ?? []) {
      for (const key of ["r:id", "r:embed", "r:link"]) {
        const id = attributes[key];
        if (id !== undefined && !own.has(id)) faults.push(`${owner}: no relationship ${id}`);
      }
    }
  }
  for (const name of Object.keys(parts)) if (!reached.has(name)) faults.push(`nothing leads to ${name}`);
}

function same(what: string, one: readonly string[], other: readonly string[], faults: string[]): void {
  if (one.toSorted().join() !== other.toSorted().join()) faults.push(`${what} are not the same`);
}
