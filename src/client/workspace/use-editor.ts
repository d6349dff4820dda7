import { useCallback, useSyncExternalStore } from "react";
import type { EditorSnapshot } from "#editor";
import { useDesk } from "./workspace.tsx";

/**
 * One value of the editor's snapshot; the component is drawn again only when that value changes, right after the frame
 * that shows the change in the text: a letter is never kept waiting for a toolbar. Null until mounted.
 */
export function useEditor<T>(pick: (snapshot: EditorSnapshot) => T): T | null {
  const { editor } = useDesk();
  const subscribe = useCallback(
    (listener: () => void) => {
      if (!editor) return () => undefined;
      const stop = editor.subscribe(() => afterFrame(listener));
      return () => {
        stop();
        waiting.delete(listener);
      };
    },
    [editor],
  );
  return useSyncExternalStore(subscribe, () => (editor ? pick(editor.getSnapshot()) : null));
}

/** How long a page that draws no frames, one in the background, keeps its listeners waiting, in milliseconds. */
const WITHOUT_FRAMES = 200;

const waiting = new Set<() => void>();
let asked = false;

/** Calls a listener once after the next frame, however often it is asked. */
function afterFrame(listener: () => void): void {
  waiting.add(listener);
  if (asked) return;
  asked = true;
  const call = (): void => {
    clearTimeout(late);
    if (!asked) return;
    asked = false;
    for (const one of waiting) {
      waiting.delete(one);
      one();
    }
  };
  const late = setTimeout(call, WITHOUT_FRAMES);
  requestAnimationFrame(() => setTimeout(call));
}
