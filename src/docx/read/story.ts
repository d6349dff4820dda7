import { ParagraphDraft, SOFT_HYPHEN, UNKNOWN_SIGN } from "./paragraph-draft.ts";
import type { Look } from "./paragraph-draft.ts";
import type { Reading, SpotDraft } from "./reading.ts";
import { letters, letterSetting, numberSetting } from "./styles.ts";
import type { LetterSetting, WholeStyle } from "./styles.ts";
import { symbolText } from "./symbols.ts";
import { readTable } from "./table.ts";
import type { Around } from "./tracked-change.ts";
import { changeIn, changeOf, PLAINLY } from "./tracked-change.ts";
import type { WordAside, WordBlock, WordParagraph } from "./word-file.ts";
import type { XmlElement } from "./xml.ts";
import { child, isOn, value, whole } from "./xml.ts";

/** Containers that are no more than a bracket around their content. */
const BRACKETS: ReadonlySet<string> = new Set([
  "w:hyperlink",
  "w:smartTag",
  "w:customXml",
  "w:dir",
  "w:bdo",
  "w:sdtContent",
  "w:rubyBase",
  "w:subDoc",
]);

/** Fields in fields beyond this were never ended. */
const DEEPEST_FIELD = 64;

/** Text that runs through one part: the body, a note, a header, a text box, a comment. */
export class Story {
  readonly part: string;
  readonly reading: Reading;
  readonly isBody: boolean;
  readonly paragraphs: WordParagraph[] = [];
  /** The whole text of each paragraph. */
  readonly texts: string[] = [];
  /** Whether each open field is at its result, which is shown, or still at its code. */
  #fields: ("code" | "result")[] = [];
  /** The paragraph whose words are being read. */
  #open: ParagraphDraft | null = null;
  /** Bookmarks that begin between paragraphs, and so with the next. */
  #names: string[] = [];

  constructor(part: string, reading: Reading, isBody = false) {
    this.part = part;
    this.reading = reading;
    this.isBody = isBody;
  }

  /** Forgets the paragraphs from one on; what begins in them begins with the next. */
  dropFrom(index: number): void {
    const dropped = this.paragraphs.splice(index);
    this.texts.splice(index);
    this.#names.push(...dropped.flatMap(({ bookmarks }) => bookmarks.map(({ name }) => name)));
  }

  /** Reads block elements into `blocks`. `nested` where a table is to stand as its paragraphs. */
  readBlocks(elements: readonly XmlElement[], around: Around, blocks: WordBlock[], nested: boolean): void {
    for (const element of elements) this.readBlock(element, around, blocks, nested);
  }

  readBlock(element: XmlElement, around: Around, blocks: WordBlock[], nested: boolean): void {
    switch (element.name) {
      case "w:p":
        blocks.push({ type: "paragraph", paragraph: this.#paragraph(element, around) });
        break;
      case "w:r":
        blocks.push({ type: "paragraph", paragraph: this.#paragraph({ ...IMPLIED, children: [element] }, around) });
        break;
      case "w:tbl":
        readTable(this, element, around, blocks, nested);
        break;
      case "w:altChunk":
        this.reading.leaveOut("objects");
        break;
      default: {
        const inner = this.inside(element, around);
        if (inner) this.readBlocks(inner.elements, inner.around, blocks, nested);
        else this.marker(element);
      }
    }
  }

  /** What is in a container of blocks, rows, cells or runs; null where it is none. */
  inside(element: XmlElement, around: Around): { elements: readonly XmlElement[]; around: Around } | null {
    if (BRACKETS.has(element.name)) return { elements: element.children, around };
    switch (element.name) {
      case "w:sdt": {
        const isPrompt = isOn(child(element, "w:sdtPr"), "w:showingPlcHdr") ?? false;
        if (isPrompt) this.reading.leaveOut("prompts");
        const content = child(element, "w:sdtContent")?.children ?? [];
        return { elements: content, around: isPrompt ? { ...around, mute: true } : around };
      }
      case "w:ins":
      case "w:moveTo":
      case "w:del":
      case "w:moveFrom":
        return { elements: element.children, around: this.#changed(element, around) };
      case "mc:AlternateContent": {
        const chosen = child(element, "mc:Choice") ?? child(element, "mc:Fallback");
        return { elements: chosen?.children ?? [], around };
      }
      default:
        // A file that breaks the schema: its words count all the same.
        return isUnknown(element) ? { elements: element.children, around } : null;
    }
  }

  #changed(element: XmlElement, around: Around): Around {
    const change = changeOf(element);
    if (!change || !around.change || around.change.kind === change.kind) return { ...around, change };
    // Put in by one and taken out by another: it never stood in the text, and will not.
    this.reading.leaveOut("takenBack");
    return { ...around, change, mute: true };
  }

  /** Marks the spot of a comment or a bookmark; anything else is nothing. */
  marker(element: XmlElement): void {
    const id = element.attributes["w:id"] ?? "";
    switch (element.name) {
      case "w:commentRangeStart":
        this.reading.mark(id, "from", this, this.#spot());
        break;
      case "w:commentRangeEnd":
        this.reading.mark(id, "to", this, this.#spot());
        break;
      case "w:commentReference":
        this.reading.mark(id, "reference", this, this.#spot());
        break;
      case "w:bookmarkStart": {
        const name = element.attributes["w:name"] ?? "";
        if (this.#open) this.#open.name(name, this.#spot());
        else this.#names.push(name);
        break;
      }
      default:
    }
  }

  /** Where the words now end; between paragraphs, where the next begins. */
  #spot(): SpotDraft {
    if (!this.#open) return { paragraph: this.paragraphs.length, at: 0 };
    const spot = { paragraph: this.paragraphs.length, at: 0 };
    this.#open.mark(spot);
    return spot;
  }

  #paragraph(element: XmlElement, around: Around): WordParagraph {
    this.reading.countParagraph(this.part);
    const { styles, numbering } = this.reading;
    const properties = child(element, "w:pPr");
    const style = styles.ofParagraph(value(properties, "w:pStyle"));
    const markSetting = child(properties, "w:rPr");
    const number = numberSetting(properties);
    const outline = whole(value(properties, "w:outlineLvl")) ?? style.outline;
    if (child(properties, "w:pPrChange") ?? child(markSetting, "w:rPrChange")) this.reading.leaveOut("formatChanges");
    const draft = new ParagraphDraft();
    this.#open = draft;
    for (const name of this.#names) draft.name(name, this.#spot());
    this.#names = [];
    this.#inline(element.children, around, style);
    // A code that no result and no end follows would hide the rest of the text.
    this.#fields = this.#fields.map(() => "result");
    const { runs, text, converted } = draft.finish(() => this.reading.leaveOut("symbols"));
    if (converted) this.reading.converted++;
    this.#open = null;
    const paragraph: WordParagraph = {
      index: this.paragraphs.length,
      style: {
        id: style.id,
        name: style.name,
        outlineLevel: outline !== null && outline >= 0 && outline < 9 ? outline : null,
      },
      list: numbering.next(number, style.number, style.id),
      align: alignment(value(properties, "w:jc") ?? style.align),
      bookmarks: draft.bookmarks(),
      runs,
      mark: changeIn(markSetting),
    };
    this.paragraphs.push(paragraph);
    this.texts.push(text);
    return paragraph;
  }

  #inline(elements: readonly XmlElement[], around: Around, style: WholeStyle): void {
    for (const element of elements) {
      switch (element.name) {
        case "w:r":
          this.#run(element, around, style);
          break;
        case "w:p":
          // A paragraph in a paragraph, which some programs write and Word mends.
          if (this.#open && !this.#open.isEmpty) this.#put("\n", around, this.#look(undefined, around, style));
          this.#inline(element.children, around, style);
          break;
        case "w:fldSimple":
          this.reading.leaveOut("fields");
          this.#inline(element.children, around, style);
          break;
        case "m:oMath":
        case "m:oMathPara":
          this.reading.leaveOut("formulas");
          this.#put(formulaText(element), around, this.#look(undefined, around, style));
          break;
        default: {
          const inner = this.inside(element, around);
          if (inner) this.#inline(inner.elements, inner.around, style);
          else this.marker(element);
        }
      }
    }
  }

  #look(properties: XmlElement | undefined, around: Around, style: WholeStyle): Look & { hidden: boolean } {
    const { styles } = this.reading;
    const character: LetterSetting = styles.named(value(properties, "w:rStyle")).letters;
    return {
      ...letters(styles.defaults, style.letters, character, letterSetting(properties)),
      change: around.change,
    };
  }

  #run(element: XmlElement, around: Around, style: WholeStyle): void {
    const properties = child(element, "w:rPr");
    const look = this.#look(properties, around, style);
    if (child(properties, "w:rPrChange")) this.reading.leaveOut("formatChanges");
    const isHidden = look.hidden && element.children.some(({ name }) => name === "w:t" || name === "w:delText");
    if (isHidden) this.reading.leaveOut("hidden");
    this.#content(element.children, look.hidden ? { ...around, mute: true } : around, look, style);
  }

  #content(elements: readonly XmlElement[], around: Around, look: Look, style: WholeStyle): void {
    for (const element of elements) {
      switch (element.name) {
        case "w:t":
        case "w:delText":
          this.#put(textOf(element), around, look);
          break;
        case "w:tab":
        case "w:ptab":
          this.#put("\t", around, look);
          break;
        case "w:br":
        case "w:cr":
          this.#put("\n", around, look);
          break;
        case "w:noBreakHyphen":
          this.#put("\u2011", around, look);
          break;
        case "w:softHyphen":
          this.#put(SOFT_HYPHEN, around, look);
          break;
        case "w:sym":
          this.#symbol(element, around, look);
          break;
        case "w:fldChar":
          this.#field(element.attributes["w:fldCharType"] ?? "");
          break;
        case "w:footnoteReference":
        case "w:endnoteReference":
          this.#note(element);
          break;
        case "w:drawing":
        case "w:pict":
          this.#drawing(element);
          break;
        case "w:object":
          this.reading.leaveOut("objects");
          break;
        case "w:ruby":
          for (const base of element.children.filter(({ name }) => name === "w:rubyBase")) {
            this.#inline(base.children, around, style);
          }
          break;
        case "mc:AlternateContent":
          this.#content(this.inside(element, around)?.elements ?? [], around, look, style);
          break;
        default:
          this.marker(element);
      }
    }
  }

  #put(text: string, around: Around, look: Look): void {
    if (around.mute || this.#fields.includes("code")) return;
    this.#open?.put(text, look);
  }

  #symbol(element: XmlElement, around: Around, look: Look): void {
    const code = Number.parseInt(element.attributes["w:char"] ?? "", 16);
    const sign = Number.isNaN(code) ? null : symbolText(element.attributes["w:font"] ?? "", code);
    if (sign === null) this.reading.leaveOut("symbols");
    // Already the letter that the picture stands for, whatever font the run around it has.
    this.#put(sign ?? UNKNOWN_SIGN, around, { ...look, font: "" });
  }

  #field(type: string): void {
    if (type === "begin") {
      this.reading.leaveOut("fields");
      if (this.#fields.length >= DEEPEST_FIELD) this.#fields.shift();
      this.#fields.push("code");
    } else if (type === "separate") {
      if (this.#fields.length > 0) this.#fields[this.#fields.length - 1] = "result";
    } else if (type === "end") this.#fields.pop();
  }

  #note({ name, attributes }: XmlElement): void {
    const kind = name === "w:footnoteReference" ? "footnote" : "endnote";
    this.reading.leaveOut(`${kind}s`);
    if (this.isBody) this.reading.notes.set(`${kind} ${attributes["w:id"] ?? ""}`, this.paragraphs.length);
  }

  /** A picture, or boxes of text, which are stories of their own. */
  #drawing(element: XmlElement): void {
    const boxes = textBoxes(element);
    if (boxes.length === 0) this.reading.leaveOut("pictures");
    for (const box of boxes) {
      this.reading.leaveOut("textBoxes");
      readAside(this.part, this.reading, box.children, "textBox", this.isBody ? this.paragraphs.length : null);
    }
  }
}

/** Reads words that stand beside the body and keeps them as an aside. Comments on them find their words there. */
export function readAside(
  part: string,
  reading: Reading,
  elements: readonly XmlElement[],
  kind: WordAside["kind"],
  paragraph: number | null,
): void {
  const story = new Story(part, reading);
  story.readBlocks(elements, PLAINLY, [], true);
  const text = standingText(story.paragraphs);
  if (text.trim() !== "") reading.asides.push({ kind, text, paragraph });
}

/** The words that are not taken out, paragraph by paragraph. */
export function standingText(paragraphs: readonly WordParagraph[]): string {
  return paragraphs
    .map(({ runs }) => runs.map(({ text, change }) => (change?.kind === "deleted" ? "" : text)).join(""))
    .join("\n");
}

/** The paragraph that a run without one is in. */
const IMPLIED: XmlElement = { name: "w:p", attributes: {}, children: [], text: "" };

/** An element with content that is none of those known here, nor a setting. */
function isUnknown({ name, children }: XmlElement): boolean {
  return children.length > 0 && name.startsWith("w:") && !name.endsWith("Pr") && !KNOWN.has(name);
}

const KNOWN: ReadonlySet<string> = new Set(["w:p", "w:r", "w:tbl", "w:tr", "w:tc", "w:tblGrid", "w:fldSimple"]);

function alignment(align: string | undefined): WordParagraph["align"] {
  if (align === "center") return "center";
  if (align === "right" || align === "end") return "right";
  return align === "both" || align === "distribute" ? "justify" : "left";
}

/** XML's own rule, which Word keeps: white space at the ends counts only where it is said to. */
function textOf({ text, attributes }: XmlElement): string {
  const line = text.replaceAll(/[\t\r\n]+/g, " ");
  return attributes["xml:space"] === "preserve" ? line : line.replaceAll(/^[ ]+|[ ]+$/g, "");
}

function formulaText(element: XmlElement): string {
  return element.name === "m:t" ? element.text : element.children.map(formulaText).join("");
}

/** Boxes of text in a drawing, whichever way it is drawn; each box once. */
function textBoxes(element: XmlElement): XmlElement[] {
  if (element.name === "w:txbxContent") return [element];
  if (element.name === "mc:AlternateContent") {
    const chosen = child(element, "mc:Choice") ?? child(element, "mc:Fallback");
    return chosen ? chosen.children.flatMap(textBoxes) : [];
  }
  return element.children.flatMap(textBoxes);
}
