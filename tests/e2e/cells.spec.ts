import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { writeReportFile } from "#collab";
import { composeReportFile } from "#comments";
import type { ReportInput } from "#model";
import { axeFaults } from "../support/axe.ts";
import { shippedCatalogue } from "../support/catalogue.ts";
import { readDocx } from "../support/docx-reader.ts";
import { sent } from "../support/state-line.ts";
import { LAPTOP, openVenue, PHONE } from "../support/venue.ts";

/** Comments on the cells of a table, by a delegate with a phone and by the chair. The steps stand on one another. */

const FIXTURE = join(import.meta.dirname, "../../fixtures/van-phong-vien-han-lam-dang-uy.json");

const REMARK = "Đề nghị tách số đảng viên nữ.";
const BY_CHAIR = "Cần đối chiếu với chi bộ.";
const BY_KEY = "Đề nghị ghi số quyết định.";

const venue = openVenue("cells");

/** The report of the fixture, as the command line would make it. */
async function file(): Promise<Uint8Array> {
  const { templates } = await shippedCatalogue();
  const input: ReportInput = JSON.parse(readFileSync(FIXTURE, "utf8"));
  const template = templates.get(input.template);
  if (!template) throw new Error(`no template ${input.template}`);
  let count = 0;
  const composer = { newId: () => `id${++count}`, now: "2022-01-05T02:00:00.000Z" };
  return writeReportFile(composeReportFile(input, template, "bang", composer));
}

async function send(page: Page, text: string): Promise<void> {
  await page.getByRole("textbox", { name: "Ý kiến của đồng chí" }).fill(text);
  await page.getByRole("button", { name: "Gửi góp ý" }).press("Enter");
  await sent(page);
}

describe("a comment on a cell", () => {
  let chair: Page;
  let phone: Page;
  let report: string;

  it("is made by a tap on the cell, which then shows it", async () => {
    chair = await venue.visit(LAPTOP, venue.served.chairLink, "chair");
    report = await venue.bring(await file());
    await venue.post(report, "/rounds", {});
    const [link] = await venue.invite(report, { role: "delegate", name: "Đại biểu Bảng", unit: "Tổ 1" });
    phone = await venue.visit(PHONE, link.url, "delegate");
    const table = phone.getByRole("table", { name: "Bảng 1. Đảng viên của Đảng bộ Văn phòng năm 2021" });
    // Anywhere in the cell, not on its words only.
    await table.getByRole("cell", { name: "36" }).tap({ position: { x: 4, y: 4 } });
    await phone.getByRole("dialog").getByText("Đảng viên chính thức, Số lượng: 36").waitFor();
    await venue.shot(phone, "cells-phone-sheet");
    await send(phone, REMARK);
    await expect.poll(() => table.locator("[data-comment] p").allInnerTexts()).toEqual(["36"]);
    await table.scrollIntoViewIfNeeded();
    await venue.shot(phone, "cells-phone");
    await table.locator("[data-comment]").tap();
    await phone.getByRole("dialog").getByText(REMARK).waitFor();
    await phone.keyboard.press("Escape");
  });

  it("is made by the keyboard too: one stop for a table, then the arrows", async () => {
    const table = phone.getByRole("table", { name: /^Bảng 2\./ });
    await expect.poll(() => table.locator('button[tabindex="0"]').count()).toBe(1);
    await table.locator('button[tabindex="0"]').focus();
    for (const key of ["ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight"]) await phone.keyboard.press(key);
    await phone.keyboard.press("Enter");
    await phone
      .getByRole("dialog")
      .getByText("Chương trình, kế hoạch kiểm tra, giám sát, Thực hiện năm 2021")
      .waitFor();
    await send(phone, BY_KEY);
  });

  it("leaves the page without faults of access", async () => {
    expect(await axeFaults(phone)).toEqual([]);
  });

  it("says the committee where it stands, and prints on its cell", async () => {
    await chair.goto(`${venue.url}/r/${report}`);
    const card = chair.getByRole("complementary").getByRole("article").filter({ hasText: REMARK });
    await card.getByText("Bảng 1, hàng 2, cột “Số lượng”").waitFor();
    const { comments } = readDocx(await venue.export(report, "as=draft"));
    expect(comments.map(({ text, range }) => [text, range])).toEqual([
      [`(Làm rõ) ${REMARK}`, "36"],
      [`(Làm rõ) ${BY_KEY}`, ""],
    ]);
  });

  it("is made by the committee in the text, and shown on its cell", async () => {
    const table = chair.locator(".tk-table").first();
    const commented = table.locator("[data-thread]");
    await expect.poll(() => commented.allInnerTexts()).toEqual(["36"]);
    await commented.click();
    await chair
      .getByRole("article", { name: /Đại biểu Bảng/ })
      .getByRole("textbox", { name: "Trả lời trao đổi" })
      .waitFor();
    await table.getByText("Tổng số").click();
    await chair.getByRole("toolbar").getByRole("button", { name: /Góp ý/ }).click();
    const composer = chair.getByRole("form", { name: "Góp ý mới" });
    await composer.getByText("Tổng số").waitFor();
    await composer.getByRole("textbox", { name: "Nội dung góp ý" }).fill(BY_CHAIR);
    await composer.getByRole("button", { name: "Gửi góp ý" }).click();
    await chair.getByRole("complementary").getByText("Bảng 1, hàng 4, cột “Đảng viên”").waitFor();
    await expect.poll(() => commented.allInnerTexts()).toEqual(["36", "Tổng số"]);
    await venue.shot(chair, "cells-chair");
  });
});
