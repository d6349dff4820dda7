import type { RefObject } from "react";
import { useEffect, useState } from "react";
import type { Stretch } from "./reading.ts";
import { selectedStretch } from "./text-selection.ts";

/** What the person has selected in the draft, and how to let go of it. */
export function useSelectedStretch(draft: RefObject<HTMLElement | null>): [Stretch | null, () => void] {
  const [selection, setSelection] = useState<Stretch | null>(null);
  useEffect(() => {
    const follow = (): void => {
      if (draft.current) setSelection(selectedStretch(draft.current, document.getSelection()));
    };
    document.addEventListener("selectionchange", follow);
    return () => document.removeEventListener("selectionchange", follow);
  }, [draft]);
  const clear = (): void => {
    document.getSelection()?.removeAllRanges();
    setSelection(null);
  };
  return [selection, clear];
}
