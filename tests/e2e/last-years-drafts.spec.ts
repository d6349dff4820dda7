import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { LAST_YEARS } from "../support/last-years-drafts.ts";
import type { ServedClient } from "../support/served-client.ts";
import { serveClient } from "../support/served-client.ts";

/** Last year's draft as people wrote it becomes this year's report: beside the skeleton, by keyboard alone, in English. */

const LAPTOP = { viewport: { width: 1440, height: 900 }, locale: "vi-VN" };
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, locale: "vi-VN" };
const OUTPUT = join(import.meta.dirname, "output");
const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

type Kind = keyof typeof LAST_YEARS;

const NAMES: Readonly<Record<Kind, readonly [vi: string, en: string]>> = {
  "party-committee": ["Đảng ủy cơ sở", "Party committee"],
  union: ["Công đoàn cơ sở", "Trade union"],
  "state-office": ["Cơ quan nhà nước", "State office"],
};

let served: ServedClient;
let browser: Browser;
const contexts: BrowserContext[] = [];
const faults: string[] = [];

const dialog = (page: Page): Locator => page.getByRole("dialog");

/** The page of a new report of a kind, with its draft of last year laid beside the skeleton. */
async function laid(options: object, kind: Kind, language: "vi" | "en"): Promise<Page> {
  const context = await browser.newContext(options);
  contexts.push(context);
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on("pageerror", (error) => faults.push(error.message));
  await page.goto(served.chairLink);
  await page.evaluate((chosen) => localStorage.setItem("tongket.language", chosen), language);
  await page.goto(`${served.url}/new`);
  await page.getByRole("radio", { name: NAMES[kind][language === "vi" ? 0 : 1] }).check();
  await page.locator('input[type="file"]').setInputFiles({
    name: "Báo cáo năm 2025.docx",
    mimeType: WORD,
    buffer: Buffer.from(LAST_YEARS[kind]()),
  });
  await dialog(page)
    .getByRole("heading", { name: /Báo cáo năm 2025\.docx/u })
    .waitFor();
  return page;
}

async function accessFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
}

beforeAll(async () => {
  mkdirSync(OUTPUT, { recursive: true });
  served = await serveClient();
  browser = await launchChromium();
});

afterEach(async () => {
  for (const context of contexts.splice(0)) await context.close();
});

afterAll(async () => {
  await browser?.close();
  await served?.close();
  expect(faults).toEqual([]);
});

describe("last year's draft", () => {
  it.each(Object.keys(LAST_YEARS) as Kind[])(
    "of %s is laid beside the skeleton on a laptop and on a phone",
    async (kind) => {
      for (const [name, options, language] of [
        ["laptop", LAPTOP, "vi"],
        ["phone", PHONE, "en"],
      ] as const) {
        const page = await laid(options, kind, language);
        await expect.poll(() => accessFaults(page), { timeout: 30_000 }).toEqual([]);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(wide).toBeLessThanOrEqual(options.viewport.width);
        await page.screenshot({ path: join(OUTPUT, `draft-${kind}-${name}.png`) });
      }
    },
  );

  it("becomes a report by keyboard alone: every heading without a place is found, placed, and stands there", async () => {
    const page = await laid(LAPTOP, "party-committee", "vi");
    const year = dialog(page).getByRole("textbox", { name: "Năm của báo cáo" });
    for (let steps = 0; steps < 10; steps++) {
      if (await year.evaluate((element) => element === document.activeElement)) break;
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("2026");
    const next = dialog(page).getByRole("button", { name: "Đến mục chưa xếp" });
    const wanted = ["membership", "political-tasks", "tasks-political", "political-tasks", "membership"];
    for (const [index, slot] of wanted.entries()) {
      await next.press("Enter");
      const focused = page.locator("select:focus");
      await focused.waitFor();
      if (index === 0) await page.screenshot({ path: join(OUTPUT, "draft-keyboard-next.png") });
      // What a person does with the arrow keys, whose list the browser draws.
      await focused.selectOption(slot);
    }
    await dialog(page).getByText("Mọi mục đều đã có chỗ.").waitFor();
    await page.screenshot({ path: join(OUTPUT, "draft-keyboard-placed.png") });
    await dialog(page).getByRole("button", { name: "Đưa vào báo cáo" }).press("Enter");
    await page.getByText(/Sẽ đưa vào: \d+ từ/u).waitFor();
    for (const empty of await page.locator('input:invalid:not([type="radio"])').all()) await empty.fill("Mẫu");
    await page.getByRole("button", { name: "Tạo báo cáo", exact: true }).press("Enter");
    await page.waitForURL(/\/r\//u);
    const slot = page.locator('section[data-slot="membership"]');
    await slot.getByText("Đảng bộ có 12 chi bộ với 312 đảng viên").waitFor();
    await slot.getByText("Số liệu do Văn phòng Đảng ủy tổng hợp").waitFor();
    const cell = slot.locator("table td").filter({ hasText: "(mới tách)" });
    expect(await cell.locator("p").allInnerTexts()).toEqual(["Chi bộ thôn Đông\n(mới tách)"]);
    expect(await cell.locator("em").allInnerTexts()).toEqual(["Chi bộ thôn Đông"]);
    await page.screenshot({ path: join(OUTPUT, "draft-report.png") });
  });
});
