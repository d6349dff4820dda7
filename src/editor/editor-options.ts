import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";
import type { NumberedSlot, RuleSet } from "#model";
import type { EditorLabels } from "./labels.ts";
import type { PasteNotice } from "./paste/clipboard.ts";

/** What an editor is made of. */
export interface ReportEditorOptions {
  /** Takes the editor and a line for screen readers as its last children. Nothing else may render into the editor's element. */
  readonly mount: HTMLElement;
  /** The body. The editor writes to it and follows it until it is destroyed; it does not own it. */
  readonly doc: Y.Doc;
  readonly outline: readonly NumberedSlot[];
  readonly ruleSet: RuleSet;
  /** Null where nobody else is shown. */
  readonly awareness: Awareness | null;
  readonly editable: boolean;
  readonly labels: EditorLabels;
  readonly newId: () => string;
  readonly notify?: (notice: PasteNotice) => void;
  readonly onThreadClick?: (thread: string) => void;
}
