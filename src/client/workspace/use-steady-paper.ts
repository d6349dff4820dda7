import type { RefObject } from "react";
import { useLayoutEffect } from "react";

/**
 * Keeps the text where it is on the screen when a bar above it comes or goes: what is under the pointer stays there. A
 * bar that would cover the line of the caret moves the text down as far as that needs.
 */
export function useSteadyPaper(bar: RefObject<HTMLElement | null>, shown: boolean): void {
  useLayoutEffect(() => {
    const element = bar.current;
    const scroller = element?.parentElement?.querySelector("[data-scroller]");
    if (!shown || !element || !scroller) return undefined;
    const height = element.offsetHeight;
    scroller.scrollTop += Math.min(height, roomAboveCaret(scroller));
    return () => {
      scroller.scrollTop -= height;
    };
  }, [bar, shown]);
}

/** How far the line of the caret is from the top of what is seen; all the way where it is not seen. */
function roomAboveCaret(scroller: Element): number {
  const { focusNode } = getSelection() ?? {};
  const line = focusNode instanceof Element ? focusNode : focusNode?.parentElement;
  if (!line || !scroller.contains(line)) return Infinity;
  const room = line.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  return room < 0 ? Infinity : room;
}
