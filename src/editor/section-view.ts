import type { Node } from "prosemirror-model";
import type { NodeView, ViewMutationRecord } from "prosemirror-view";
import type { NumberedSlot, OutlineEntry } from "#model";
import type { EditorLabels } from "./labels.ts";

/** What stands around a slot's text and is not text: looked up by slot at every drawing, so that it can change. */
export interface SlotSurroundings {
  readonly slotOf: (slot: string) => NumberedSlot | undefined;
  readonly labels: EditorLabels;
}

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

  constructor(node: Node, surroundings: SlotSurroundings) {
    this.node = node;
    this.surroundings = surroundings;
    const { labels } = surroundings;
    this.dom = element("section", "tk-slot");
    this.groups = element("div", "tk-groups");
    this.groups.contentEditable = "false";
    this.head = element("div", "tk-slot-head");
    this.head.contentEditable = "false";
    this.title = element("h3", "tk-slot-title");
    const lock = element("span", "tk-lock");
    lock.textContent = labels.titleFixed;
    this.head.append(this.title, lock);
    this.guidance = element("div", "tk-guidance");
    this.guidance.contentEditable = "false";
    this.contentDOM = element("div", "tk-slot-text");
    this.dom.append(this.groups, this.head, this.guidance, this.contentDOM);
    this.draw();
  }

  /** Draws everything but the text: at first, and when the outline or a field in a title changes. */
  draw(): void {
    const slot = String(this.node.attrs["slot"]);
    const numbered = this.surroundings.slotOf(slot);
    this.dom.dataset["slot"] = slot;
    this.dom.id = `slot-${slot}`;
    this.groups.replaceChildren(...(numbered?.before ?? []).map(groupTitle));
    const entry = numbered?.entry;
    const title = entry ? `${entry.label} ${entry.title}`.trim() : slot;
    const printed = numbered?.slot.titled === true;
    this.title.textContent = printed && entry?.format?.capitals ? title.toLocaleUpperCase("vi") : title;
    this.title.className = printed ? "tk-slot-title" : "tk-slot-title tk-unprinted";
    this.dom.setAttribute("role", "region");
    this.dom.setAttribute("aria-label", title);
    const language = this.surroundings.labels.language;
    this.guidance.textContent = numbered ? numbered.slot.guidance[language] : "";
    this.showEmptiness();
  }

  update(node: Node): boolean {
    if (node.type !== this.node.type || node.attrs["slot"] !== this.node.attrs["slot"]) return false;
    this.node = node;
    this.showEmptiness();
    return true;
  }

  private showEmptiness(): void {
    this.dom.classList.toggle("tk-empty", isEmptySection(this.node));
  }

  stopEvent(event: Event): boolean {
    const { target } = event;
    // The titles are not text: a click on one must not move the caret into the middle of something.
    return target instanceof HTMLElement && (this.head.contains(target) || this.groups.contains(target));
  }

  ignoreMutation(mutation: ViewMutationRecord): boolean {
    return mutation.type !== "selection" && !this.contentDOM.contains(mutation.target);
  }
}

/** True where a section holds no letter, digit or sign. */
export function isEmptySection(section: Node): boolean {
  return section.children.every((block) => block.textContent.trim() === "");
}

function groupTitle(entry: OutlineEntry): HTMLElement {
  const title = element("h2", entry.node.type === "section" ? "tk-group" : "tk-part");
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
