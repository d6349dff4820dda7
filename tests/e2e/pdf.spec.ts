import { readFileSync } from "node:fs";
import type { BrowserContextOptions, Download, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { axeFaults } from "../support/axe.ts";
import { findOffice } from "../support/office.ts";
import type { Venue } from "../support/venue.ts";
import { LAPTOP, openVenue, PHONE } from "../support/venue.ts";

/** Every kind of file as PDF where LibreOffice is installed; where it is not, what to install. */

const printing = openVenue("pdf", { libreOffice: findOffice().soffice });
const without = openVenue("pdf-none", { stay: false, libreOffice: null });

/** The chair's page of the sample report, which has comments. */
async function workspace(venue: Venue, options: BrowserContextOptions): Promise<Page> {
  const page = await venue.visit(options, venue.served.chairLink, "chair");
  await page.goto(`${venue.url}/r/${await venue.sample()}`);
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

describe("PDF in the menu of files", () => {
  it("is made of every kind of file, the draft with its comments as notes", async () => {
    const page = await workspace(printing, LAPTOP);
    const received = async (name: string, settle: () => Promise<void>): Promise<Download> => {
      const [download] = await Promise.all([
        page.waitForEvent("download", { timeout: 200_000 }),
        pick(page, name).then(settle),
      ]);
      return download;
    };
    const atOnce = async (): Promise<void> => undefined;
    const draft = await received("Dự thảo kèm ý kiến (PDF)", atOnce);
    expect(draft.suggestedFilename()).toMatch(/\.pdf$/u);
    expect(await pdfOf(draft)).toMatch(/\/Subtype ?\/Text/u);

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
    const page = await workspace(without, options);
    await pick(page, "Dự thảo kèm ý kiến (PDF)");
    const dialog = page.getByRole("dialog", { name: "Máy chủ chưa tạo được PDF" });
    await dialog.getByText("sudo apt-get install libreoffice-writer-nogui").waitFor();
    await dialog.getByRole("button", { name: "Đã rõ" }).focus();
    expect(await axeFaults(page)).toEqual([]);
    await expect
      .poll(() => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth))
      .toBeLessThanOrEqual(0);
    await without.shot(page, `pdf-none-${name}`);
    await page.keyboard.press("Enter");
    await dialog.waitFor({ state: "hidden" });
    await page.getByRole("button", { name: "Xuất tệp" }).click();
    await page.getByRole("menuitem", { name: "Dự thảo kèm ý kiến (PDF)" }).waitFor();
    await without.shot(page, `pdf-menu-${name}`);
  });
});
