/** So near an edge of the window, in CSS pixels, a line may be covered by the page's bars. */
const EDGE = 120;

/** Brings an element to the middle of what is seen, unless it is seen well already. */
export function bringIntoView(element: Element | null): void {
  if (!element) return;
  const { top, bottom } = element.getBoundingClientRect();
  if (top < EDGE || bottom > innerHeight - EDGE) element.scrollIntoView({ block: "center" });
}
