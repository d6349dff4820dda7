/** A text in both languages of the interface. Vietnamese is what is printed. */
export interface Localised {
  readonly vi: string;
  readonly en: string;
}

/**
 * What a slot is for. Checks work on roles, never on titles, so that a template may name its sections as its
 * organisation does.
 */
export type SlotRole =
  | "context"
  | "statistics"
  | "achievements"
  | "shortcomings"
  | "causes"
  | "lessons"
  | "directions"
  | "targets"
  | "tasks"
  | "organisation"
  | "proposals"
  | "appendix";

/** Every role, in the order in which reports usually treat them. */
export const ROLES: readonly SlotRole[] = [
  "context",
  "statistics",
  "achievements",
  "shortcomings",
  "causes",
  "lessons",
  "directions",
  "targets",
  "tasks",
  "organisation",
  "proposals",
  "appendix",
];

/** A leaf of the skeleton: the place that holds text. */
export interface SlotNode {
  readonly type: "slot";
  /** Unique in the template, `[a-z0-9-]+`; names the slot in every stored report for ever. */
  readonly id: string;
  readonly role: SlotRole;
  /** May hold `{year}` and `{nextYear}`. Shown in the outline even where it is not printed. */
  readonly title: Localised;
  /** False for text that stands under no heading of its own (the opening): neither number nor title is printed. */
  readonly titled: boolean;
  /** What belongs here, shown while the slot is empty. */
  readonly guidance: Localised;
  /** True where a report without text here is not complete. */
  readonly required: boolean;
}

/** An inner node of the skeleton: a part (*Phần*) or a section that only groups. It has a title and no text. */
export interface GroupNode {
  readonly type: "part" | "section" | "appendices";
  readonly id: string;
  readonly title: Localised;
  readonly children: readonly OutlineNode[];
}

export type OutlineNode = GroupNode | SlotNode;

/** A field of the heading, signature or recipients that a person fills in: what the form shows and the file prints. */
export interface FieldSpec {
  readonly id: string;
  readonly label: Localised;
  readonly hint?: Localised;
  readonly input: "text" | "lines" | "year" | "date" | "choice";
  /** For `choice`: the values offered, first is the default. */
  readonly choices?: readonly { readonly value: string; readonly label: Localised }[];
  readonly required: boolean;
  /** May hold `{year}`, `{nextYear}` and any other field in braces. */
  readonly initial?: string;
  readonly maxLength: number;
}

/**
 * The skeleton of a report as data. A report keeps the template it was made from, whole, so that a later edition of
 * the template changes no report that exists.
 */
export interface Template {
  readonly id: string;
  readonly version: number;
  readonly name: Localised;
  readonly description: Localised;
  /** The id of the rule set it prints by. */
  readonly ruleSet: string;
  /** Printed type name, as *BÁO CÁO*. */
  readonly typeName: string;
  /** Printed subject (*trích yếu*), with `{year}` and `{nextYear}`. */
  readonly subject: string;
  /** Fields of this template, beside those of its rule set; one with the same id replaces the rule set's. */
  readonly fields: readonly FieldSpec[];
  readonly outline: readonly OutlineNode[];
}

/** The slots of a template, in reading order. */
export function slotsOf(template: Template): SlotNode[] {
  const slots: SlotNode[] = [];
  const visit = (nodes: readonly OutlineNode[]): void => {
    for (const node of nodes) {
      if (node.type === "slot") slots.push(node);
      else visit(node.children);
    }
  };
  visit(template.outline);
  return slots;
}

/**
 * `text` with `{year}`, `{nextYear}` and every `{field}` replaced. A name without a value stays as it is, so that a
 * missing field is seen rather than silently printed as nothing.
 */
export function fillIn(text: string, fields: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    if (name === "nextYear") {
      const year = Number(fields["year"]);
      return Number.isInteger(year) ? String(year + 1) : whole;
    }
    const value = fields[name];
    return value === undefined || value === "" ? whole : value;
  });
}
