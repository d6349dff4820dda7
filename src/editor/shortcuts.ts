/**
 * The keys of the text by what they do, as ProseMirror names keys; `Mod` is Ctrl, on a Mac Cmd. The first of several is
 * the one to be shown first. None is a key that browsers keep for themselves or that Vietnamese input methods use.
 */
export const SHORTCUTS = {
  undo: ["Mod-z"],
  redo: ["Mod-y", "Mod-Shift-z"],
  strong: ["Mod-b"],
  em: ["Mod-i"],
  underline: ["Mod-u"],
  clearMarks: ["Mod-\\"],
  paragraph: ["Mod-Alt-0"],
  heading1: ["Mod-Alt-1"],
  heading2: ["Mod-Alt-2"],
  heading3: ["Mod-Alt-3"],
  item1: ["Mod-Shift-8", "Mod-Shift-l"],
  item2: ["Mod-Shift-9"],
  indent: ["Tab", "Alt-Shift-ArrowRight", "Mod-]"],
  outdent: ["Shift-Tab", "Alt-Shift-ArrowLeft", "Mod-["],
  moveUp: ["Alt-Shift-ArrowUp"],
  moveDown: ["Alt-Shift-ArrowDown"],
  previousSlot: ["Alt-ArrowUp"],
  nextSlot: ["Alt-ArrowDown"],
  selectMore: ["Mod-a"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** What a key of the text does. */
export type Shortcut = keyof typeof SHORTCUTS;

/** The keys of tables: the first puts one into the text, the others work in one. */
export const TABLE_SHORTCUTS = {
  insertTable: ["Mod-Alt-b"],
  rowBefore: ["Mod-Alt-ArrowUp"],
  rowAfter: ["Mod-Alt-ArrowDown"],
  columnBefore: ["Mod-Alt-ArrowLeft"],
  columnAfter: ["Mod-Alt-ArrowRight"],
  removeRow: ["Mod-Alt-Backspace"],
  removeColumn: ["Mod-Alt-Delete"],
  mergeCells: ["Mod-Alt-g"],
  splitCell: ["Mod-Alt-t"],
  headerRow: ["Mod-Alt-d"],
  totalRow: ["Mod-Alt-c"],
  alignLeft: ["Mod-Alt-l"],
  alignCenter: ["Mod-Alt-e"],
  alignRight: ["Mod-Alt-r"],
  columnNarrower: ["Alt-Shift-ArrowLeft"],
  columnWider: ["Alt-Shift-ArrowRight"],
  formatNumbers: ["Mod-Alt-s"],
  removeTable: ["Mod-Alt-Shift-Backspace"],
} as const satisfies Readonly<Record<string, readonly string[]>>;
