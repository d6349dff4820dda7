import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { axeFaults } from "../support/axe.ts";
import { LAPTOP, openVenue } from "../support/venue.ts";

/** A comment loses its words, and a person of the committee says where they are. The steps stand on one another. */

const venue = openVenue("places");

// S50 S51 of docs/sync-spec.md
describe("a comment whose words are deleted", () => {
  let page: Page;
  let card: Locator;
  let words: Locator;
  let block: Locator;
  let text: string;

  it("says that they are gone, and where they had stood", async () => {
    page = await venue.visit(LAPTOP, venue.served.chairLink, "chair");
    await page.goto(`${venue.url}/r/${await venue.sample()}`);
    await page.locator("[data-thread]").first().waitFor();
    const thread = (await page.locator("[data-thread]").first().getAttribute("data-thread")) ?? "";
    card = page.locator(`[data-thread-card="${thread}"]`);
    words = page.locator(`[data-thread="${thread}"]`);
    await card.click();
    block = page.locator(".tk-slot-text > *").filter({ has: words }).first();
    text = (await block.textContent()) ?? "";
    await words.first().click({ clickCount: 3 });
    await page.keyboard.press("Backspace");
    await card.getByText("không còn vị trí").waitFor();
    await card.getByText(/^Trước đây nằm ở mục .*, sau “.*” và trước “.*”\.$/).waitFor();
    await venue.shot(page, "places-gone");
    await expect.poll(() => words.count()).toBe(0);
    expect(await axeFaults(page)).toEqual([]);
  });

  it("is shown where the same words were typed anew, as not certain", async () => {
    await page.keyboard.insertText(text);
    await card.getByRole("group", { name: "Vị trí chưa chắc chắn" }).waitFor();
    await page.locator(".tk-comment-uncertain").first().waitFor();
    await card.scrollIntoViewIfNeeded();
    await venue.shot(page, "places-uncertain");
    expect(await card.locator("mark").textContent()).toBe((await card.locator("blockquote").textContent())?.trim());
    expect(await axeFaults(page)).toEqual([]);
  });

  it("is there for certain once a person of the committee has confirmed it, and can be taken back", async () => {
    await card.getByRole("button", { name: "Đúng chỗ này" }).click();
    await card.getByText(/^Vị trí do .* xác nhận\.$/).waitFor();
    await venue.shot(page, "places-confirmed");
    await expect.poll(() => page.locator(".tk-comment-uncertain").count()).toBe(0);
    await expect.poll(() => words.count()).toBeGreaterThan(0);
    await page.reload();
    await card.getByText(/^Vị trí do .* xác nhận\.$/).waitFor();
    await page.getByText("Đã lưu").first().waitFor();
  });

  it("is not offered a place that was refused, until that is taken back", async () => {
    await card.getByRole("button", { name: "Không phải" }).click();
    await card.getByText("không còn vị trí").waitFor();
    await expect.poll(() => words.count()).toBe(0);
    await page.getByRole("button", { name: "Hoàn tác", exact: true }).last().click();
    await card.getByText(/^Vị trí do .* xác nhận\.$/).waitFor();
  });
});
