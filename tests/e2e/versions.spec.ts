import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { axeFaults } from "../support/axe.ts";
import { saved } from "../support/state-line.ts";
import { LAPTOP, openVenue, PHONE } from "../support/venue.ts";

/** A version is saved, the text goes on, the two are compared, and a part of the old one comes back. */

const NAME = "Bản trước cuộc họp";
const RENAMED = "Bản trình Ban Thường vụ";
const FIRST = "Một số đảng viên còn nể nang, né tránh trong tự phê bình.";
const SECOND = "Việc kiểm tra ở cơ sở có nơi chưa thường xuyên.";
const THIRD = "Sinh hoạt chi bộ có lúc còn hình thức.";

const venue = openVenue("versions");

const blocks = (page: Page, slot: string): Locator => page.locator(`section[data-slot="${slot}"] .tk-slot-text > *`);

const texts = async (page: Page, slot: string): Promise<string[]> =>
  (await blocks(page, slot).allInnerTexts()).map((text) => text.trim());

/** Waits until a slot reads so. */
async function reads(page: Page, slot: string, wanted: readonly string[]): Promise<void> {
  await expect.poll(() => texts(page, slot)).toEqual(wanted);
}

describe("versions", () => {
  let chair: Page;
  let report: string;
  const dialog = (): Locator => chair.getByRole("dialog");
  const comparison = (): Locator => chair.getByRole("dialog", { name: "So sánh hai bản" });

  it("are saved under a name, with who and when, and can be renamed", async () => {
    chair = await venue.visit(LAPTOP, venue.served.chairLink, "chair");
    report = await venue.make("party-committee", { organisation: "Đảng ủy Mẫu", year: "2021" });
    await chair.goto(`${venue.url}/r/${report}`);
    await blocks(chair, "shortcomings").last().click();
    for (const [i, sentence] of [FIRST, SECOND, THIRD].entries()) {
      if (i > 0) await chair.keyboard.press("Enter");
      await chair.keyboard.type(sentence);
    }
    await chair.getByRole("tab", { name: /^Phiên bản/ }).click();
    await chair.getByRole("button", { name: "Lưu phiên bản" }).click();
    const name = dialog().getByRole("textbox", { name: /Tên phiên bản/ });
    await expect.poll(() => name.inputValue()).toMatch(/^Bản lưu \d\d:\d\d/);
    await name.fill(NAME);
    await dialog().getByRole("button", { name: "Lưu phiên bản" }).click();
    const row = chair.getByRole("listitem").filter({ hasText: NAME });
    await row.getByText(/· Chủ trì/).waitFor();

    await row.getByRole("button", { name: /^Việc khác/ }).click();
    await chair.getByRole("menuitem", { name: "Đổi tên" }).click();
    await name.fill(RENAMED);
    await dialog().getByRole("button", { name: "Đổi tên" }).click();
    await chair.getByRole("listitem").filter({ hasText: RENAMED }).waitFor();
    await expect.poll(() => chair.getByRole("listitem").filter({ hasText: NAME }).count()).toBe(0);
  });

  it("tell what was changed, deleted and moved since, slot by slot", async () => {
    const first = blocks(chair, "shortcomings").first();
    // A sentence is edited, one is moved down, one goes to another slot.
    await first.click();
    await chair.keyboard.press("End");
    await chair.keyboard.type(" Cần khắc phục sớm.");
    await chair.keyboard.press("Alt+Shift+ArrowDown");
    await blocks(chair, "shortcomings").last().click({ clickCount: 3 });
    await chair.keyboard.press("Control+x");
    await blocks(chair, "causes").last().click();
    await chair.keyboard.press("Control+v");
    await saved(chair);
    await reads(chair, "causes", [THIRD]);

    await chair.getByRole("button", { name: `So với hiện tại: “${RENAMED}”` }).click();
    await comparison()
      .getByText(/^2 mục thay đổi: /)
      .waitFor();
    const overview = comparison().getByRole("region", { name: "Mục có thay đổi" });
    const rows = await overview.getByRole("listitem").allInnerTexts();
    expect(rows).toHaveLength(2);
    expect(rows[0]).toContain("1 đoạn sửa, 1 đoạn chuyển, 1 đoạn chuyển đi");
    expect(rows[1]).toContain("1 đoạn chuyển");
    const result = comparison().getByRole("region", { name: "Những chỗ khác nhau" });
    await expect.poll(() => result.getByRole("group", { name: /^Chuyển từ mục:/ }).innerText()).toContain(THIRD);
    await result.locator("ins", { hasText: "Cần khắc phục sớm." }).waitFor();
    await expect.poll(() => result.locator("del").count()).toBe(0);
  });

  it("are gone through by the keyboard, and without serious faults", async () => {
    await comparison().getByRole("region", { name: "Những chỗ khác nhau" }).focus();
    const count = await comparison().locator("[data-change]").count();
    expect(count).toBeGreaterThanOrEqual(3);
    for (let at = 1; at <= count; at++) {
      await chair.keyboard.press("n");
      await comparison().getByText(`${at}/${count}`, { exact: true }).waitFor();
      await expect.poll(() => chair.evaluate(() => document.activeElement?.hasAttribute("data-change"))).toBe(true);
    }
    await chair.keyboard.press("n");
    await comparison().getByText(`1/${count}`, { exact: true }).waitFor();
    await chair.keyboard.press("p");
    await comparison().getByText(`${count}/${count}`, { exact: true }).waitFor();
    expect(await axeFaults(chair)).toEqual([]);
    await chair.emulateMedia({ colorScheme: "dark" });
    expect(await axeFaults(chair)).toEqual([]);
    await venue.shot(chair, "versions-compare-dark");
    await chair.emulateMedia({ colorScheme: "light" });
  });

  it("give back one slot after asking, as one edit that undo takes back", async () => {
    const before = await texts(chair, "shortcomings");
    await comparison()
      .getByRole("button", { name: /^Khôi phục mục/ })
      .first()
      .click();
    const question = chair.getByRole("dialog", { name: /^Khôi phục mục “/ });
    await question.getByText(/sau khi khôi phục sẽ có ở cả hai nơi/).waitFor();
    expect(await axeFaults(chair)).toEqual([]);
    await venue.shot(chair, "versions-restore");
    await question.getByRole("button", { name: "Khôi phục", exact: true }).click();
    await reads(chair, "shortcomings", [FIRST, SECOND, THIRD]);
    await expect.poll(() => texts(chair, "causes")).toEqual([THIRD]);
    await chair
      .getByRole("listitem")
      .filter({ hasText: `Trước khi khôi phục “${RENAMED}”` })
      .waitFor();
    await comparison().waitFor({ state: "detached" });

    await chair.getByRole("button", { name: /^Hoàn tác/ }).click();
    await reads(chair, "shortcomings", before);
    await chair.getByRole("button", { name: /^Làm lại/ }).click();
    await reads(chair, "shortcomings", [FIRST, SECOND, THIRD]);
    await chair.getByRole("button", { name: /^Hoàn tác/ }).click();
    await reads(chair, "shortcomings", before);
    await saved(chair);
  });

  it("give back one paragraph, out of the slot into which it had gone", async () => {
    await chair.getByRole("button", { name: `So với hiện tại: “${RENAMED}”` }).click();
    const moved = comparison().getByRole("group", { name: /^Chuyển từ mục:/ });
    await moved.getByRole("button", { name: "Khôi phục đoạn này…" }).click();
    const question = chair.getByRole("dialog", { name: /^Khôi phục một đoạn/ });
    await question.getByRole("button", { name: "Khôi phục", exact: true }).click();
    await reads(chair, "causes", [""]);
    await expect.poll(() => texts(chair, "shortcomings")).toContain(THIRD);
  });

  it("give back what a table held: rows, figures and its place, as one edit that undo takes back", async () => {
    const cells = (): Promise<string[][]> =>
      chair
        .locator('section[data-slot="targets"] .tk-table')
        .evaluateAll((tables) =>
          tables.flatMap((table) =>
            [...table.querySelectorAll("tr")].map((row) =>
              [...row.querySelectorAll("td, th")].map((cell) => cell.textContent),
            ),
          ),
        );
    const holds = (wanted: readonly (readonly string[])[]): Promise<void> => expect.poll(cells).toEqual(wanted);
    const tool = (name: string): Promise<void> =>
      chair.getByRole("toolbar", { name: "Công cụ bảng" }).getByRole("button", { name, exact: true }).click();
    await blocks(chair, "targets").last().click();
    await chair.getByRole("button", { name: "Chèn bảng" }).click();
    await chair.getByRole("button", { name: "3 hàng, 2 cột" }).click();
    const old = [
      ["Đơn vị", "Số"],
      ["Chi bộ 1", "10"],
      ["Chi bộ 2", "20"],
    ];
    for (const [i, words] of old.flat().entries()) {
      if (i > 0) await chair.keyboard.press("Tab");
      await chair.keyboard.type(words);
    }
    await saved(chair);
    await chair.getByRole("button", { name: "Lưu phiên bản" }).click();
    await dialog()
      .getByRole("textbox", { name: /Tên phiên bản/ })
      .fill("Có bảng");
    await dialog().getByRole("button", { name: "Lưu phiên bản" }).click();
    await chair.getByRole("listitem").filter({ hasText: "Có bảng" }).waitFor();

    await chair.locator('section[data-slot="targets"] td').nth(1).click();
    await chair.keyboard.press("End");
    await chair.keyboard.type("5");
    await tool("Thêm hàng phía dưới");
    await chair.locator('section[data-slot="targets"] td').last().click();
    await tool("Xóa hàng");
    const changed = [
      ["Đơn vị", "Số"],
      ["Chi bộ 1", "105"],
      ["", ""],
    ];
    await holds(changed);
    await saved(chair);

    const restore = async (): Promise<void> => {
      await chair.getByRole("button", { name: "So với hiện tại: “Có bảng”" }).click();
      await comparison()
        .getByRole("button", { name: /^Khôi phục mục/ })
        .first()
        .click();
      const question = chair.getByRole("dialog", { name: /^Khôi phục mục “/ });
      await question.getByRole("button", { name: "Khôi phục", exact: true }).click();
      await comparison().waitFor({ state: "detached" });
    };
    await restore();
    await holds(old);
    await chair.getByRole("button", { name: /^Hoàn tác/ }).click();
    await holds(changed);

    await chair.locator('section[data-slot="targets"] td').first().click();
    await tool("Xóa bảng");
    await holds([]);
    await saved(chair);
    await restore();
    await holds(old);
    await venue.shot(chair, "versions-table");
  });

  it("are compared on a phone, every word within the screen", async () => {
    const phone = await venue.visit(PHONE, venue.served.chairLink, "phone");
    await phone.goto(`${venue.url}/r/${report}`);
    await phone
      .getByRole("button", { name: /Ý kiến/ })
      .first()
      .tap();
    await phone.getByRole("tab", { name: /^Phiên bản/ }).tap();
    await phone.getByRole("button", { name: `So với hiện tại: “${RENAMED}”` }).tap();
    const sheet = phone.getByRole("dialog", { name: "So sánh hai bản" });
    await sheet.getByText(/mục thay đổi: /).waitFor();
    const wide = await sheet.evaluate(
      (element) =>
        [...element.querySelectorAll("*")].filter((each) => each.getBoundingClientRect().right > innerWidth + 1).length,
    );
    expect(wide).toBe(0);
    const small = await sheet
      .getByRole("button")
      .evaluateAll((buttons) =>
        buttons.filter((button) => button.getBoundingClientRect().height < 44).map((button) => button.textContent),
      );
    expect(small).toEqual([]);
    expect(await axeFaults(phone)).toEqual([]);
    await venue.shot(phone, "versions-compare-phone");
  });
});
