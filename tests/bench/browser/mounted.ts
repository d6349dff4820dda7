import type { EditorView } from "prosemirror-view";
import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";
import type { EditorLabels } from "#editor";
import type { NumberedSlot, RuleSet } from "#model";
import type { Company } from "../history.ts";

/** What a side's page is opened with. */
export interface Opening {
  readonly doc: Y.Doc;
  readonly awareness: Awareness;
  readonly mount: HTMLElement;
  readonly company: Company;
  readonly outline: readonly NumberedSlot[];
  readonly ruleSet: RuleSet;
  readonly labels: EditorLabels;
}

/** Opens one side's editor with its comments shown. The page measures what it does. */
export type Open = (opening: Opening) => EditorView;
