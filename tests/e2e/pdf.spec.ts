import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Download, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ReportSummary } from "#protocol";
import { launchChromium } from "../support/chromium.ts";
import { findOffice } from "../support/office.ts";
import type { ServedClient } from "../support/served-client.ts";
import { serveClient } from "../support/served-client.ts";

/** Every kind of file as PDF where LibreOffice is installed; where it is not, what to install. */

const LAPTOP = { viewport: { width: 1440, height: 900 }, locale: "vi-VN" };
const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, locale: "vi-VN" };
const OUTPUT = join(import.meta.dirname, "output");

let browser: Browser;
const served: ServedClient[] = [];

/** The chair's page of the sample report that has comments. */
async function workspace(options: object, libreOffice: string | null): Promise<Page> {
  const server = await serveClient({ libreOffice });
  served.push(server);
  const page = await (await browser.newContext(options)).newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(server.chairLink);
  const report = await page.evaluate(async () => {
    const reports: ReportSummary[] = await (await fetch("/api/reports")).json();
    return reports.find(({ rounds }) => rounds > 0)?.id ?? "";
  });
  await page.goto(`${server.url}/r/${report}`);
  return page;
}

async function pick(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: "Xuất tệp" }).click();
  await page.getByRole("menuitem", { name }).click();
}

async function pdfOf(download: Download): Promise<string> {
  const bytes = readFileSync(await download.path()).toString("latin1");
  expect(bytes.slice(0, 5)).toBe("%PDF-");
  return bytes;
}

beforeAll(async () => {
  mkdirSync(OUTPUT, { recursive: true });
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  for (const server of served) await server.close();
});

describe("PDF in the menu of files", () => {
  it("is made of every kind of file, the draft with its comments as notes", async () => {
    const page = await workspace(LAPTOP, findOffice().soffice);
    const received = async (name: string, settle: () => Promise<void>): Promise<Download> => {
      const [download] = await Promise.all([
        page.waitForEvent("download", { timeout: 150_000 }),
        pick(page, name).then(settle),
      ]);
      return download;
    };
    const atOnce = async (): Promise<void> => undefined;
    const draft = await received("Dự thảo kèm ý kiến (PDF)", atOnce);
    expect(draft.suggestedFilename()).toMatch(/\.pdf$/u);
    await expect.poll(() => pdfOf(draft)).toMatch(/\/Subtype ?\/Text/u);

    const copy = await received("Bản xin ý kiến (PDF)", async () => {
      const dialog = page.getByRole("dialog", { name: "Bản xin ý kiến (PDF)" });
      await dialog.getByRole("button", { name: "Tải tệp về" }).click();
    });
    expect(copy.suggestedFilename()).toMatch(/^Bản xin ý kiến .*Dự thảo lần \d.*\.pdf$/u);
    await pdfOf(copy);
  });

  it.each([
    ["laptop", LAPTOP],
    ["phone", PHONE],
  ])("says what to install where it cannot be made, on a %s", async (name, options) => {
    const page = await workspace(options, null);
    await pick(page, "Dự thảo kèm ý kiến (PDF)");
    const dialog = page.getByRole("dialog", { name: "Máy chủ chưa tạo được PDF" });
    await dialog.getByText("sudo apt-get install libreoffice-writer-nogui").waitFor();
    await dialog.getByRole("button", { name: "Đã rõ" }).focus();
    await expect
      .poll(async () => (await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id), { timeout: 20_000 })
      .toEqual([]);
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth))
      .toBeLessThanOrEqual(options.viewport.width);
    await page.screenshot({ path: join(OUTPUT, `pdf-none-${name}.png`) });
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Xuất tệp" }).click();
    await page.getByRole("menuitem", { name: "Dự thảo kèm ý kiến (PDF)" }).waitFor();
    await page.screenshot({ path: join(OUTPUT, `pdf-menu-${name}.png`) });
  });
});
