import type { Node } from "prosemirror-model";
import type { NodeView, ViewMutationRecord } from "prosemirror-view";
import type { LevelFormat, NumberedSlot, OutlineEntry } from "#model";
import type { EditorLabels } from "./labels.ts";

/** What stands around a slot's text and is not text: looked up by slot at every drawing, so that it can change. */
export interface SlotSurroundings {
  readonly slotOf: (slot: string) => NumberedSlot | undefined;
  /** The titles it stands under, outermost first. */
  readonly above: (slot: string) => readonly OutlineEntry[];
  /** True where another slot bears the same title. */
  readonly isAmbiguous: (slot: string) => boolean;
  readonly labels: EditorLabels;
  /** Says something to people who listen to the page. */
  readonly announce: (text: string) => void;
  /** Puts the caret into a slot. */
  readonly enter: (slot: string) => void;
  /** The view is drawn no more. */
  readonly gone: (view: SectionView) => void;
}

/** How long a touched title says that it is fixed, in milliseconds. */
const TOLD_FOR = 2500;

/**
 * A slot as it is shown: the titles of parts and sections that begin with it, its own number and title, then its text.
 * The titles come from the template and stand outside the editable content: nothing typed, pasted, dragged or deleted
 * can reach them. An empty slot shows what belongs there.
 */
export class SectionView implements NodeView {
  readonly dom: HTMLElement;
  readonly contentDOM: HTMLElement;
  private readonly groups: HTMLElement;
  private readonly head: HTMLElement;
  private readonly title: HTMLElement;
  private readonly guidance: HTMLElement;
  private readonly surroundings: SlotSurroundings;
  private node: Node;
  private empty: boolean | null = null;
  private told: ReturnType<typeof setTimeout> | undefined;

  constructor(node: Node, surroundings: SlotSurroundings) {
    this.node = node;
    this.surroundings = surroundings;
    const { labels } = surroundings;
    this.dom = element("section", "tk-slot");
    this.groups = element("div", "tk-groups");
    this.head = element("div", "tk-slot-head");
    for (const fixed of [this.groups, this.head]) {
      fixed.contentEditable = "false";
      fixed.title = labels.titleFixed;
      fixed.addEventListener("pointerdown", (event) => {
        this.tellFixed();
        // What was selected elsewhere must not be typed over by somebody who has just clicked here.
        if (event.pointerType === "mouse") this.surroundings.enter(String(this.node.attrs["slot"]));
      });
      fixed.addEventListener("mousedown", (event) => event.preventDefault());
    }
    this.title = element("h3", "tk-slot-title");
    const lock = element("span", "tk-lock");
    lock.setAttribute("aria-hidden", "true");
    lock.textContent = labels.titleFixed;
    this.head.append(this.title, lock);
    this.guidance = element("div", "tk-guidance");
    this.guidance.contentEditable = "false";
    this.guidance.addEventListener("mousedown", (event) => {
      event.preventDefault();
      this.surroundings.enter(String(this.node.attrs["slot"]));
    });
    this.contentDOM = element("div", "tk-slot-text");
    this.contentDOM.style.setProperty("--tk-rough-height", `${roughHeight(node)}px`);
    const body = element("div", "tk-slot-body");
    body.append(this.head, this.guidance, this.contentDOM);
    this.dom.append(this.groups, body);
    this.draw();
  }

  /** Draws everything but the text: at first, and when the outline or a field in a title changes. */
  draw(): void {
    const slot = String(this.node.attrs["slot"]);
    const numbered = this.surroundings.slotOf(slot);
    this.dom.dataset["slot"] = slot;
    this.dom.id = `slot-${slot}`;
    // Printed after the signature; what may be missing is not printed empty.
    const above = this.surroundings.above(slot);
    if (above.some(({ node }) => node.type === "appendices"))
      this.dom.dataset["appendix"] = numbered?.slot.required ? "required" : "optional";
    this.groups.replaceChildren(...(numbered?.before ?? []).map(groupTitle));
    this.groups.hidden = (numbered?.before.length ?? 0) === 0;
    const entry = numbered?.entry;
    const title = entry ? `${entry.label} ${entry.title}`.trim() : slot;
    const printed = numbered?.slot.titled === true;
    this.title.textContent = printed && entry?.format?.capitals ? title.toLocaleUpperCase("vi") : title;
    this.title.className = printed ? "tk-slot-title" : "tk-slot-title tk-unprinted";
    setStyle(this.title, printed ? entry?.format : null);
    this.title.setAttribute("aria-level", String(titleLevel(entry)));
    // A landmark: a screen reader jumps to it, and says its title when the caret comes in.
    this.title.id = titleId(slot);
    const [outermost] = this.surroundings.isAmbiguous(slot) ? above : [];
    this.dom.setAttribute("role", "region");
    this.dom.setAttribute("aria-labelledby", [slot, ...(outermost ? [outermost.node.id] : [])].map(titleId).join(" "));
    this.guidance.id = `guidance-${slot}`;
    const language = this.surroundings.labels.language;
    // Drawn by the style sheet: text that vanished from the page with the first letter of a composition would put
    // the browser, which counts characters from the beginning of the editor, in a wrong place.
    this.guidance.dataset["text"] = numbered ? numbered.guidance[language] : "";
    this.showEmptiness();
  }

  update(node: Node): boolean {
    if (node.type !== this.node.type || node.attrs["slot"] !== this.node.attrs["slot"]) return false;
    this.node = node;
    this.showEmptiness();
    return true;
  }

  private showEmptiness(): void {
    const empty = isEmptySection(this.node);
    if (empty === this.empty) return;
    this.empty = empty;
    this.dom.classList.toggle("tk-empty", empty);
    if (empty) this.dom.setAttribute("aria-describedby", this.guidance.id);
    else this.dom.removeAttribute("aria-describedby");
  }

  /** A finger has no hover: a touched title shows for a moment, and says, that it is fixed. */
  private tellFixed(): void {
    this.dom.classList.add("tk-told");
    this.surroundings.announce(this.surroundings.labels.titleFixed);
    clearTimeout(this.told);
    this.told = setTimeout(() => this.dom.classList.remove("tk-told"), TOLD_FOR);
  }

  destroy(): void {
    clearTimeout(this.told);
    this.surroundings.gone(this);
  }

  stopEvent(event: Event): boolean {
    const { target } = event;
    // The titles are not text: a click on one must not move the caret into the middle of something.
    return (
      target instanceof HTMLElement &&
      (this.head.contains(target) || this.groups.contains(target) || target === this.guidance)
    );
  }

  ignoreMutation(mutation: ViewMutationRecord): boolean {
    return mutation.type !== "selection" && !this.contentDOM.contains(mutation.target);
  }
}

/** True where a section holds no letter, digit or sign, and no table. */
export function isEmptySection(section: Node): boolean {
  return section.children.every((block) => block.textContent.trim() === "" && block.attrs["kind"] !== "table");
}

/** Letters on a line, and the heights of a line and of what is between two blocks, as the paper shows them on a laptop. */
const LINE = { letters: 80, height: 27, gap: 5 };

/** About how high a section's text is, in CSS pixels, until it is seen: the scroll bar goes by it. */
function roughHeight(section: Node): number {
  let height = LINE.gap;
  section.forEach((block) => {
    height += Math.max(Math.ceil(block.textContent.length / LINE.letters), 1) * LINE.height + LINE.gap;
  });
  return height;
}

/** The level of a title as a heading of the page, whose own title is the first. */
export function titleLevel(entry: OutlineEntry | undefined): number {
  return (entry?.depth ?? 0) + 2;
}

function titleId(node: string): string {
  return `title-${node}`;
}

/** Sets a title as the rule set prints it; null where it is not printed. */
function setStyle(title: HTMLElement, format: LevelFormat | null | undefined): void {
  title.style.fontWeight = format && !format.bold ? "400" : "";
  title.style.fontStyle = format?.italic ? "italic" : "";
  title.style.textAlign = format?.align ?? "";
}

function groupTitle(entry: OutlineEntry): HTMLElement {
  const title = element("h2", entry.node.type === "section" ? "tk-group" : "tk-part");
  setStyle(title, entry.format);
  title.id = titleId(entry.node.id);
  title.setAttribute("aria-level", String(titleLevel(entry)));
  const text = entry.format?.capitals ? entry.title.toLocaleUpperCase("vi") : entry.title;
  if (entry.format?.labelAbove && entry.label !== "") {
    const label = element("span", "tk-part-label");
    label.textContent = entry.label;
    title.append(label, text);
  } else {
    title.textContent = `${entry.label} ${text}`.trim();
  }
  return title;
}

function element(name: string, className: string): HTMLElement {
  const made = document.createElement(name);
  made.className = className;
  return made;
}
