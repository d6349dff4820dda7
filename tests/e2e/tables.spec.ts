import type { Locator, Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { axeFaults } from "../support/axe.ts";
import { saved } from "../support/state-line.ts";
import { LAPTOP, openVenue, PHONE } from "../support/venue.ts";

/** Two drafters at one table, on two laptops. The steps stand on one another. */

const CLIPBOARD = { permissions: ["clipboard-read", "clipboard-write"] };

const EXCEL = `<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style>.xl65{font-weight:700}</style></head><body>
  <!--StartFragment--><table border=0 cellpadding=0 width=192><col width=64 span=3><tr><td class=xl65>Chi bộ</td>
  <td>Đầu năm</td><td>Cuối năm</td></tr><tr><td>Chi bộ 1</td><td align=right>10</td><td align=right>12</td></tr>
  <tr><td>Chi bộ 2</td><td align=right>1234567.8</td><td align=right>20</td></tr></table><!--EndFragment--></body></html>`;

const venue = openVenue("tables");
let first: Page;
let second: Page;
let report = "";
let drafterLink = "";

/** The texts of a table as a page shows them. */
async function cells(page: Page, n = 0): Promise<string[][]> {
  return page
    .locator(".tk-table")
    .nth(n)
    .evaluate((table) =>
      [...table.querySelectorAll("tr")].map((row) =>
        [...row.querySelectorAll("td, th")].map((cell) =>
          [...cell.querySelectorAll("p")].map((line) => line.textContent).join("\n"),
        ),
      ),
    );
}

function cell(page: Page, row: number, column: number, n = 0): Locator {
  return page.locator(".tk-table").nth(n).locator("tr").nth(row).locator("td, th").nth(column);
}

async function shows(page: Page, wanted: readonly (readonly string[])[], n = 0): Promise<void> {
  await expect.poll(async () => cells(page, n)).toEqual(wanted);
}

async function bothShow(wanted: readonly (readonly string[])[], n = 0): Promise<void> {
  await shows(first, wanted, n);
  await shows(second, wanted, n);
}

/** Clicks the end of a cell's text. */
async function into(page: Page, row: number, column: number): Promise<void> {
  await cell(page, row, column).locator("p").last().click();
  await page.keyboard.press("End");
}

async function tool(page: Page, name: string): Promise<void> {
  await page.getByRole("toolbar", { name: "Công cụ bảng" }).getByRole("button", { name, exact: true }).click();
}

async function copied(page: Page, html: string, text: string): Promise<void> {
  await page.evaluate(
    async ([rich, plain]) => {
      const item = new ClipboardItem({
        "text/html": new Blob([rich], { type: "text/html" }),
        "text/plain": new Blob([plain], { type: "text/plain" }),
      });
      await navigator.clipboard.write([item]);
    },
    [html, text] as const,
  );
}

describe("a table between two drafters", () => {
  it("is put in by the grid of the toolbar, and shown to the other", async () => {
    first = await venue.visit({ ...LAPTOP, ...CLIPBOARD }, venue.served.chairLink, "first");
    report = await venue.sample();
    const [drafter] = await venue.invite(report, { role: "drafter", name: "Người soạn Hai", unit: "Tổ 1" });
    drafterLink = drafter.url;
    await first.goto(`${venue.url}/r/${report}`);
    second = await venue.visitOnNetwork({ ...LAPTOP, ...CLIPBOARD }, drafterLink, "second");
    await second.goto(`${venue.url}/r/${report}`);
    await first.locator(".tk-slot-text > *").first().click();
    await first.keyboard.press("End");
    await first.keyboard.press("Enter");
    await first.getByRole("button", { name: "Chèn bảng" }).click();
    await first.getByRole("button", { name: "3 hàng, 2 cột" }).click();
    await first.keyboard.type("Đơn vị");
    await first.keyboard.press("Tab");
    await first.keyboard.type("Số");
    await bothShow([
      ["Đơn vị", "Số"],
      ["", ""],
      ["", ""],
    ]);
    await first.getByRole("toolbar", { name: "Công cụ bảng" }).waitFor();
  });

  it("takes what both type into different cells at once", async () => {
    await into(first, 1, 0);
    await into(second, 2, 0);
    await Promise.all([
      first.keyboard.type("Chi bộ Một", { delay: 20 }),
      second.keyboard.type("Chi bộ Hai", { delay: 20 }),
    ]);
    await bothShow([
      ["Đơn vị", "Số"],
      ["Chi bộ Một", ""],
      ["Chi bộ Hai", ""],
    ]);
    await expect.poll(() => second.evaluate(() => getSelection()?.focusNode?.textContent)).toBe("Chi bộ Hai");
  });

  it("shows each where the other is in its cells, and the caret goes along with what is typed", async () => {
    await into(first, 1, 0);
    await cell(second, 1, 0).locator(".tk-caret-name[data-name]").waitFor({ state: "attached" });
    await cell(first, 2, 0).locator('.tk-caret-name[data-name="Người soạn Hai"]').waitFor({ state: "attached" });
    const before = (): Promise<string | null | undefined> =>
      cell(second, 1, 0)
        .locator(".tk-caret")
        .evaluate((caret) => caret.previousSibling?.textContent);
    await expect.poll(before).toBe("Chi bộ Một");
    await first.keyboard.press("ArrowLeft");
    await expect.poll(before).toBe("Chi bộ Mộ");
    await first.keyboard.press("End");
    await venue.shot(second, "tables-carets");
    await into(first, 1, 1);
    await cell(second, 1, 1).locator(".tk-caret").waitFor({ state: "attached" });
    await expect.poll(() => cell(second, 1, 0).locator(".tk-caret").count()).toBe(0);
  });

  it("finds and replaces in its cells, and gives the caret back to the cell", async () => {
    await first.keyboard.press("Control+h");
    const bar = first.getByRole("search", { name: "Tìm và thay" });
    await bar.getByRole("textbox", { name: "Tìm trong báo cáo" }).fill("chi bo");
    await bar.getByRole("checkbox").check();
    // Over the text, also where the table has its own row of buttons.
    await first.getByRole("toolbar", { name: "Công cụ bảng" }).waitFor();
    expect((await bar.boundingBox())?.y).toBeLessThan((await first.locator("[data-scroller]").boundingBox())?.y ?? 0);
    const found = (): Promise<string[]> => first.locator(".tk-table .tk-found").allInnerTexts();
    await expect.poll(found).toEqual(["Chi bộ", "Chi bộ"]);
    await bar.getByRole("textbox", { name: "Thay bằng" }).fill("Tổ");
    await bar.getByRole("button", { name: "Thay tất cả" }).click();
    await bothShow([
      ["Đơn vị", "Số"],
      ["Tổ Một", ""],
      ["Tổ Hai", ""],
    ]);
    await bar.getByRole("textbox", { name: "Tìm trong báo cáo" }).fill("hai");
    await cell(first, 2, 0).locator(".tk-found-here").waitFor();
    await venue.shot(first, "tables-found");
    await first.keyboard.press("Escape");
    await first.keyboard.press("Control+z");
    await bothShow([
      ["Đơn vị", "Số"],
      ["Chi bộ Một", ""],
      ["Chi bộ Hai", ""],
    ]);
    await into(first, 2, 0);
  });

  it("keeps the paper where it is when the caret comes into the table, and when it leaves", async () => {
    const top = async (): Promise<number> => (await cell(first, 2, 0).boundingBox())?.y ?? NaN;
    await first.locator("[data-scroller]").evaluate((scroller) => scroller.scrollTo(0, 200));
    await first.keyboard.press("Escape");
    await first.getByRole("toolbar", { name: "Công cụ bảng" }).waitFor({ state: "detached" });
    const before = await top();
    await into(first, 2, 0);
    await first.getByRole("toolbar", { name: "Công cụ bảng" }).waitFor();
    expect(await top()).toBe(before);
    await first.keyboard.press("Escape");
    await first.getByRole("toolbar", { name: "Công cụ bảng" }).waitFor({ state: "detached" });
    expect(await top()).toBe(before);
    await into(second, 2, 0);
  });

  it("is dragged with its cells to another place, and back by one undo", async () => {
    const blocks = first.locator(".tk-slot-text").first().locator("> *");
    const kinds = (): Promise<(string | undefined)[]> =>
      blocks.evaluateAll((all) => all.map((each) => (each instanceof HTMLElement ? each.dataset["kind"] : undefined)));
    const before = await kinds();
    const held = await cells(first);
    const at = before.indexOf("table");
    const [table, above] = await Promise.all([blocks.nth(at).boundingBox(), blocks.first().boundingBox()]);
    if (!table || !above || at < 1) throw new Error("a table below a paragraph");
    await first.mouse.move(table.x + 100, table.y + 10);
    const handle = await first.locator(".tk-handle").boundingBox();
    if (!handle) throw new Error("a handle");
    await first.mouse.move(handle.x + 5, handle.y + 8);
    await first.mouse.down();
    await first.mouse.move(above.x + 50, above.y + 4, { steps: 6 });
    await first.mouse.up();
    await expect.poll(kinds).toEqual(["table", ...before.filter((_, i) => i !== at)]);
    await bothShow(held);
    await first.keyboard.press("Control+z");
    await expect.poll(kinds).toEqual(before);
    await bothShow(held);
  });

  it("prints its header at the top of every page, over its columns", async () => {
    await first.emulateMedia({ media: "print" });
    const rows = first.locator(".tk-table").first().locator("tr");
    await expect.poll(() => rows.first().evaluate((row) => getComputedStyle(row).display)).toBe("table-header-group");
    await expect.poll(() => rows.last().evaluate((row) => getComputedStyle(row).display)).toBe("table-row");
    for (const column of [0, 1]) {
      const [above, below] = await Promise.all(
        [rows.first(), rows.last()].map(async (row) => row.locator("td, th").nth(column).boundingBox()),
      );
      expect(above?.x).toBeCloseTo(below?.x ?? NaN, 0);
      expect(above?.width).toBeCloseTo(below?.width ?? NaN, 0);
    }
    await first.emulateMedia({ media: "screen" });
    await expect.poll(() => rows.first().evaluate((row) => getComputedStyle(row).display)).toBe("table-row");
  });

  it("keeps the typing of one while the other, out of reach, adds rows and columns", async () => {
    await venue.network(second).cut();
    await into(second, 1, 0);
    await second.keyboard.press("Control+Alt+ArrowUp");
    await second.keyboard.press("Control+Alt+ArrowLeft");
    await into(first, 1, 1);
    await first.keyboard.type("10");
    await first.keyboard.press("Tab");
    await first.keyboard.press("Tab");
    await first.keyboard.type("20");
    await first.keyboard.press("Tab");
    await first.keyboard.type("Cộng");
    await venue.network(second).mend();
    await bothShow([
      ["", "Đơn vị", "Số"],
      ["", "", ""],
      ["", "Chi bộ Một", "10"],
      ["", "Chi bộ Hai", "20"],
      ["", "Cộng", ""],
    ]);
  });

  it("warns in place of a total that does not add up, and no more once it does", async () => {
    await into(first, 4, 2);
    await first.keyboard.type("31");
    await tool(first, "Hàng tổng cộng");
    const warning = "Số tổng ghi 31, cộng các hàng trên được 30";
    await cell(second, 4, 2)
      .and(second.locator(`[data-warning="${warning}"]`))
      .waitFor();
    // The header of a column that was just put in has no words yet.
    expect(await axeFaults(first, ["empty-table-header"])).toEqual([]);
    await venue.shot(first, "tables");
    await into(second, 4, 2);
    await second.keyboard.press("Backspace");
    await second.keyboard.type("0");
    await expect.poll(async () => first.locator("[data-warning]").count()).toBe(0);
  });

  it("undoes cells and text in the order in which they were written, and only one's own", async () => {
    await into(first, 2, 2);
    await first.keyboard.type("5");
    await first.keyboard.press("Escape");
    await first.keyboard.type("Sau bảng.");
    await expect.poll(async () => second.getByText("Sau bảng.").count()).toBe(1);
    await into(second, 3, 2);
    await second.keyboard.type("7");
    await expect.poll(async () => (await cells(first))[3]?.[2]).toBe("207");
    await first.keyboard.press("Control+z");
    await expect.poll(async () => second.getByText("Sau bảng.").count()).toBe(0);
    await expect.poll(async () => (await cells(first))[2]?.[2]).toBe("105");
    await first.keyboard.press("Control+z");
    await expect.poll(async () => (await cells(first))[2]?.[2]).toBe("10");
    await expect.poll(async () => (await cells(first))[3]?.[2]).toBe("207");
    await second.keyboard.press("Control+z");
    await expect.poll(async () => (await cells(first))[3]?.[2]).toBe("20");
  });

  it("merges cells that are selected with the mouse, and takes them apart", async () => {
    await cell(first, 1, 0).hover();
    await first.mouse.down();
    await cell(first, 2, 1).hover();
    await first.mouse.up();
    await tool(first, "Gộp các ô đã chọn");
    await expect.poll(async () => (await cells(second))[1]).toEqual(["Chi bộ Một", ""]);
    await expect.poll(() => cell(second, 1, 0).getAttribute("rowspan")).toBe("2");
    await tool(first, "Tách ô đã gộp");
    await expect.poll(async () => (await cells(second))[2]).toEqual(["", "Chi bộ Một", "10"]);
  });

  it("has columns whose width is dragged", async () => {
    const box = await cell(first, 0, 1).boundingBox();
    if (!box) throw new Error("no cell");
    await first.mouse.move(box.x + box.width - 1, box.y + box.height / 2);
    await first.mouse.down();
    await first.mouse.move(box.x + box.width - 61, box.y + box.height / 2, { steps: 4 });
    await first.mouse.up();
    const width = async (page: Page): Promise<number> => (await cell(page, 0, 1).boundingBox())?.width ?? 0;
    await expect.poll(async () => Math.abs((await width(second)) - (await width(first)))).toBeLessThan(3);
    await expect.poll(() => width(first)).toBeLessThan(box.width - 40);
  });

  it("comes as a table from Excel, and into cells", async () => {
    await copied(first, EXCEL, "");
    await first.locator(".tk-slot-text > *").first().click();
    await first.keyboard.press("End");
    await first.keyboard.press("Control+v");
    const excel = [
      ["Chi bộ", "Đầu năm", "Cuối năm"],
      ["Chi bộ 1", "10", "12"],
      ["Chi bộ 2", "1234567.8", "20"],
    ];
    await bothShow(excel);
    await into(first, 1, 1);
    await first.keyboard.press("Control+Alt+s");
    await shows(second, [excel[0] ?? [], excel[1] ?? [], ["Chi bộ 2", "1.234.567,8", "20"]]);
    await into(first, 2, 2);
    await copied(first, "", "a\tb\nc\td\n");
    await first.keyboard.press("Control+v");
    await expect
      .poll(async () => cells(second))
      .toEqual([
        ["Chi bộ", "Đầu năm", "Cuối năm", ""],
        ["Chi bộ 1", "10", "12", ""],
        ["Chi bộ 2", "1.234.567,8", "a", "b"],
        ["", "", "c", "d"],
      ]);
  });

  it("is there after the page is loaded anew, and on a phone", async () => {
    const before = await cells(first);
    await saved(first);
    await first.reload();
    await shows(first, before);
    const phone = await venue.visit({ ...PHONE, ...CLIPBOARD }, drafterLink, "phone");
    await phone.goto(`${venue.url}/r/${report}`);
    await shows(phone, before);
    await cell(phone, 1, 0).tap();
    await phone.getByRole("toolbar", { name: "Công cụ bảng" }).waitFor();
    await phone.keyboard.type("!");
    await expect.poll(async () => (await cells(first))[1]?.[0]).toMatch(/!/u);
    const wide = await phone.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
    await venue.shot(phone, "tables-phone");
  });
});
