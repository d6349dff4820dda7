import type { BrowserContextOptions, Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { axeFaults } from "../support/axe.ts";
import { LAST_YEARS } from "../support/last-years-drafts.ts";
import { LAPTOP, openVenue, PHONE } from "../support/venue.ts";

/** Last year's draft as people wrote it becomes this year's report: beside the skeleton, by keyboard alone, in English. */

const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

type Kind = keyof typeof LAST_YEARS;

const NAMES: Readonly<Record<Kind, readonly [vi: string, en: string]>> = {
  "party-committee": ["Đảng ủy cơ sở", "Party committee"],
  union: ["Công đoàn cơ sở", "Trade union"],
  "state-office": ["Cơ quan nhà nước", "State office"],
};

const venue = openVenue("drafts", { stay: false });

const dialog = (page: Page): Locator => page.getByRole("dialog");

/** The page of a new report of a kind, with its draft of last year laid beside the skeleton. */
async function laid(options: BrowserContextOptions, kind: Kind, language: "vi" | "en"): Promise<Page> {
  const page = await venue.visit(options, venue.served.chairLink, `${kind} in ${language}`);
  await page.evaluate((chosen) => localStorage.setItem("tongket.language", chosen), language);
  await page.goto(`${venue.url}/new`);
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

describe("last year's draft", () => {
  it.each(Object.keys(LAST_YEARS) as Kind[])(
    "of %s is laid beside the skeleton on a laptop and on a phone",
    async (kind) => {
      for (const [name, options, language] of [
        ["laptop", LAPTOP, "vi"],
        ["phone", PHONE, "en"],
      ] as const) {
        const page = await laid(options, kind, language);
        expect(await axeFaults(page)).toEqual([]);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(over).toBeLessThanOrEqual(0);
        await venue.shot(page, `draft-${kind}-${name}`);
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
      if (index === 0) await venue.shot(page, "draft-keyboard-next");
      // What a person does with the arrow keys, whose list the browser draws.
      await focused.selectOption(slot);
    }
    await dialog(page).getByText("Mọi mục đều đã có chỗ.").waitFor();
    await venue.shot(page, "draft-keyboard-placed");
    await dialog(page).getByRole("button", { name: "Đưa vào báo cáo" }).press("Enter");
    await page.getByText(/Sẽ đưa vào: \d+ từ/u).waitFor();
    for (const empty of await page.locator('input:invalid:not([type="radio"])').all()) await empty.fill("Mẫu");
    await page.getByRole("button", { name: "Tạo báo cáo", exact: true }).press("Enter");
    await page.waitForURL(/\/r\//u);
    const slot = page.locator('section[data-slot="membership"]');
    await slot.getByText("Đảng bộ có 12 chi bộ với 312 đảng viên").waitFor();
    await slot.getByText("Số liệu do Văn phòng Đảng ủy tổng hợp").waitFor();
    const cell = slot.locator("table td").filter({ hasText: "(mới tách)" });
    await expect.poll(() => cell.locator("p").allInnerTexts()).toEqual(["Chi bộ thôn Đông\n(mới tách)"]);
    await expect.poll(() => cell.locator("em").allInnerTexts()).toEqual(["Chi bộ thôn Đông"]);
    await venue.shot(page, "draft-report");
  });
});
