import { useCallback, useSyncExternalStore } from "react";
import type { EditorSnapshot } from "#editor";
import { useDesk } from "./workspace.tsx";

/** One value of the editor's snapshot; the component is drawn again only when that value changes. Null until mounted. */
export function useEditor<T>(pick: (snapshot: EditorSnapshot) => T): T | null {
  const { editor } = useDesk();
  const subscribe = useCallback((listener: () => void) => editor?.subscribe(listener) ?? (() => undefined), [editor]);
  return useSyncExternalStore(subscribe, () => (editor ? pick(editor.getSnapshot()) : null));
}
