import { useCallback, useSyncExternalStore } from "react";
import type { EditorSnapshot, ReportEditor } from "#editor";
import { afterFrame, notAfterFrame } from "../ui/after-frame.ts";
import { useDesk } from "./workspace.tsx";

/** One value of the snapshot of the workspace's editor, as {@link useSnapshot} gives it. Null until mounted. */
export function useEditor<T>(pick: (snapshot: EditorSnapshot) => T): T | null {
  return useSnapshot(useDesk().editor, pick);
}

/**
 * One value of an editor's snapshot; the component is drawn again only when that value changes, right after the frame
 * that shows the change in the text: a letter is never kept waiting for a toolbar. Null without an editor.
 */
export function useSnapshot<T>(editor: ReportEditor | null, pick: (snapshot: EditorSnapshot) => T): T | null {
  const subscribe = useCallback(
    (listener: () => void) => {
      if (!editor) return () => undefined;
      const stop = editor.subscribe(() => afterFrame(listener));
      return () => {
        stop();
        notAfterFrame(listener);
      };
    },
    [editor],
  );
  return useSyncExternalStore(subscribe, () => (editor ? pick(editor.getSnapshot()) : null));
}
