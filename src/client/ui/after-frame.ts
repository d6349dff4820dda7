/** How long a page that draws no frames, one in the background, keeps its listeners waiting, in milliseconds. */
const WITHOUT_FRAMES = 200;

const waiting = new Set<() => void>();
let asked = false;

/** Calls a listener once after the next frame, however often it is asked. */
export function afterFrame(listener: () => void): void {
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

/** Takes back what was asked of {@link afterFrame}. */
export function notAfterFrame(listener: () => void): void {
  waiting.delete(listener);
}
