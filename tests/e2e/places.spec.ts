import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import type { ServedClient } from "../support/served-client.ts";
import { serveClient } from "../support/served-client.ts";

/** A comment loses its words, and a person of the committee says where they are. The steps stand on one another. */

const OUTPUT = join(import.meta.dirname, "output");

let served: ServedClient;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const faults: string[] = [];

beforeAll(async () => {
  served = await serveClient();
  browser = await launchChromium();
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "vi-VN" });
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on("pageerror", (error) => faults.push(error.message));
});

afterEach(async ({ task }) => {
  expect(faults.splice(0)).toEqual([]);
  if (task.result?.state === "fail") await shot("places-failed");
});

afterAll(async () => {
  await context?.close();
  await browser?.close();
  await served?.close();
});

async function shot(name: string): Promise<void> {
  await page.screenshot({ path: join(OUTPUT, `${name}.png`) });
}

async function axeFaults(): Promise<string[]> {
  await page.waitForTimeout(300);
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target.join(" ")}`));
}

// S50 S51 of docs/sync-spec.md
describe("a comment whose words are deleted", () => {
  let card: Locator;
  let words: Locator;
  let block: Locator;
  let text: string;

  it("says that they are gone, and where they had stood", async () => {
    await page.goto(served.chairLink);
    const reports: { id: string }[] = await (await page.request.get(`${served.url}/api/reports`)).json();
    await page.goto(`${served.url}/r/${reports[0]?.id}`);
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
    await shot("places-gone");
    expect(await words.count()).toBe(0);
    expect(await axeFaults()).toEqual([]);
  });

  it("is shown where the same words were typed anew, as not certain", async () => {
    await page.keyboard.insertText(text);
    await card.getByRole("group", { name: "Vị trí chưa chắc chắn" }).waitFor();
    await page.locator(".tk-comment-uncertain").first().waitFor();
    await card.scrollIntoViewIfNeeded();
    await shot("places-uncertain");
    expect(await card.locator("mark").textContent()).toBe((await card.locator("blockquote").textContent())?.trim());
    expect(await axeFaults()).toEqual([]);
  });

  it("is there for certain once a person of the committee has confirmed it, and can be taken back", async () => {
    await card.getByRole("button", { name: "Đúng chỗ này" }).click();
    await card.getByText(/^Vị trí do .* xác nhận\.$/).waitFor();
    await shot("places-confirmed");
    expect(await page.locator(".tk-comment-uncertain").count()).toBe(0);
    expect(await words.count()).toBeGreaterThan(0);
    await page.reload();
    await card.getByText(/^Vị trí do .* xác nhận\.$/).waitFor();
    await page.getByText("Đã lưu").first().waitFor();
  });

  it("is not offered a place that was refused, until that is taken back", async () => {
    await card.getByRole("button", { name: "Không phải" }).click();
    await card.getByText("không còn vị trí").waitFor();
    expect(await words.count()).toBe(0);
    await page.getByRole("button", { name: "Hoàn tác", exact: true }).last().click();
    await card.getByText(/^Vị trí do .* xác nhận\.$/).waitFor();
  });
});
