import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

/**
 * Waits until nothing on a page is on its way in or out: what is still fading in has no contrast yet. What turns without
 * an end, as a spinner, is not waited for.
 */
export async function standsStill(page: Page): Promise<void> {
  // Asked from outside: a page in the background draws no frames.
  await page.waitForFunction(
    () => {
      const isMoving = ({ playState, effect }: Animation): boolean => {
        const { activeDuration = 0 } = effect?.getComputedTiming() ?? {};
        // What changes in no time and only waits for it, as the name at a caret, moves nothing.
        return playState === "running" && Number(activeDuration) > 0 && Number.isFinite(activeDuration);
      };
      const comesOrGoes = document.querySelector("[data-starting-style], [data-ending-style]") !== null;
      return !comesOrGoes && !document.getAnimations().some(isMoving);
    },
    undefined,
    { polling: 50 },
  );
}

/** What axe finds wrong with a page that stands still: the rules that it breaks, each with the places. */
export async function axeFaults(page: Page, without: readonly string[] = []): Promise<string[]> {
  await standsStill(page);
  const { violations } = await new AxeBuilder({ page }).disableRules([...without]).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
}
