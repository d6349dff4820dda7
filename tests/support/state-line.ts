import type { Page } from "playwright-core";

/**
 * Waits until a page has drawn what was done on it so far. What it says of its work follows a frame after it, or, where
 * it draws no frames, a moment after: before that it still says that all is saved.
 */
export async function drawn(page: Page): Promise<void> {
  // Each is due after the page's own of its kind, which was asked for before, however busy the page is.
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => setTimeout(resolve));
        setTimeout(resolve, 200);
      }),
  );
}

/** Waits until the committee's page says that all that was done on it is saved. */
export async function saved(page: Page): Promise<void> {
  await drawn(page);
  await page.locator('[data-state="saved"]').waitFor();
}

/** Waits until a delegate's page says that all that was done on it is sent. */
export async function sent(page: Page): Promise<void> {
  await drawn(page);
  await page.getByText("Mọi ý kiến đã được gửi").waitFor();
}
