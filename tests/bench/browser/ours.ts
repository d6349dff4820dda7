import { createReportEditor } from "#editor";
import type { Open } from "./mounted.ts";

/** Our editor, as the workspace mounts it. */
export const open: Open = ({ doc, awareness, mount, company, outline, ruleSet, labels }) => {
  let ids = 0;
  const editor = createReportEditor({
    mount,
    doc,
    outline,
    ruleSet,
    awareness,
    editable: true,
    labels,
    newId: () => `new${++ids}`,
  });
  editor.setThreads(
    company.anchors.flatMap((one, n) =>
      "slot" in one ? [{ id: `c${n}`, slot: one.slot, anchor: one.anchor, state: "open", active: false } as const] : [],
    ),
  );
  // The workspace reads the editor after each change.
  editor.subscribe(() => void editor.getSnapshot());
  return editor.view;
};
