import { SHORTCUTS, TABLE_SHORTCUTS } from "#editor";

/** The keys of the page around the text. They work wherever the focus is, but for a dialog. */
export const PAGE_SHORTCUTS = {
  find: ["Mod-f"],
  replace: ["Mod-h"],
  findNext: ["F3", "Mod-g"],
  findPrevious: ["Shift-F3", "Mod-Shift-g"],
  comment: ["Mod-Alt-m"],
  review: ["Mod-Alt-j"],
  save: ["Mod-s"],
  help: ["Mod-/", "?"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** The keys of the list of comments, where the focus is in it. */
export const LIST_SHORTCUTS = {
  nextThread: ["j", "ArrowDown"],
  previousThread: ["k", "ArrowUp"],
  nextOpen: ["n"],
  previousOpen: ["Shift-n"],
  accept: ["1"],
  partly: ["2"],
  keep: ["3"],
  later: ["4"],
  response: ["e"],
  phrases: ["f", "Alt-p"],
  propose: ["Mod-Enter"],
  validate: ["v"],
  undoDecision: ["u", "Mod-z"],
  mergePrevious: ["m"],
  separate: ["Shift-m"],
  select: ["x"],
  selectSlot: ["Shift-x"],
  reply: ["r"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** The keys of a comparison, where the focus is in it. */
export const COMPARE_SHORTCUTS = {
  nextChange: ["n"],
  previousChange: ["p"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** What the browser does by itself, told because people look for it. */
const BROWSER_SHORTCUTS = {
  copy: ["Mod-c"],
  cut: ["Mod-x"],
  paste: ["Mod-v"],
  pastePlain: ["Mod-Shift-v"],
  print: ["Mod-p"],
} as const;

/** What is typed at the beginning of a block. */
const SIGNS = { menu: ["/"], rules: ["-", "+", "#"] } as const;

const ALL = {
  ...SHORTCUTS,
  ...TABLE_SHORTCUTS,
  ...PAGE_SHORTCUTS,
  ...LIST_SHORTCUTS,
  ...COMPARE_SHORTCUTS,
  ...BROWSER_SHORTCUTS,
  ...SIGNS,
};

/** What a key does, by the name under which the help tells it. */
export type ShortcutName = keyof typeof ALL;

/** The keys of one thing, the best known first. */
export function keysOf(name: ShortcutName): readonly string[] {
  return ALL[name];
}

/** All keys, in the groups and the order in which the help shows them. */
export const SHORTCUT_GROUPS = {
  writing: ["undo", "redo", "strong", "em", "underline", "clearMarks", "copy", "cut", "paste", "pastePlain"],
  blocks: [
    "paragraph",
    "heading1",
    "heading2",
    "heading3",
    "item1",
    "item2",
    "indent",
    "outdent",
    "moveUp",
    "moveDown",
    "menu",
    "rules",
  ],
  tables: [
    "insertTable",
    "rowBefore",
    "rowAfter",
    "columnBefore",
    "columnAfter",
    "removeRow",
    "removeColumn",
    "mergeCells",
    "splitCell",
    "headerRow",
    "totalRow",
    "alignLeft",
    "alignCenter",
    "alignRight",
    "columnNarrower",
    "columnWider",
    "formatNumbers",
    "removeTable",
  ],
  moving: ["previousSlot", "nextSlot", "selectMore", "find", "replace", "findNext", "findPrevious"],
  comments: [
    "comment",
    "review",
    "nextThread",
    "previousThread",
    "nextOpen",
    "previousOpen",
    "accept",
    "partly",
    "keep",
    "later",
    "response",
    "phrases",
    "propose",
    "validate",
    "undoDecision",
    "mergePrevious",
    "separate",
    "select",
    "selectSlot",
    "reply",
  ],
  versions: ["nextChange", "previousChange"],
  page: ["save", "print", "help"],
} as const satisfies Readonly<Record<string, readonly ShortcutName[]>>;
