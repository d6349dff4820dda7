import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { axeFaults } from "../support/axe.ts";
import { readDocx } from "../support/docx-reader.ts";
import type { Network } from "../support/network.ts";
import { saved, sent } from "../support/state-line.ts";
import { LAPTOP, openVenue, PHONE } from "../support/venue.ts";

/**
 * Ten delegates at once, eight with phones and two with laptops: two lose their network and write on, one speaks for a
 * unit, two agree without comment, one changes their mind, one withdraws, one says nothing. The steps stand on one another.
 */

const FIRST = "Năm qua, Đảng bộ hoàn thành các nhiệm vụ đề ra.";
const SECOND = "Công tác kiểm tra, giám sát có mặt còn chậm.";
const NAMES = ["An", "Bình", "Cúc", "Dũng", "Én", "Giang", "Hoa", "Kim", "Lâm", "Mai"].map(
  (name) => `Đại biểu ${name}`,
);

const venue = openVenue("ten");

/** Closes what the page has said: in a window without the focus it stays. */
async function readNotices(page: Page): Promise<void> {
  const notice = page.locator('[role="dialog"][aria-modal="false"]');
  await notice
    .getByRole("button", { name: "Đóng" })
    .evaluateAll((buttons) => buttons.forEach((button) => button instanceof HTMLElement && button.click()));
  await notice.first().waitFor({ state: "detached" });
}

async function send(page: Page, text: string): Promise<void> {
  const words = page.getByRole("textbox", { name: "Ý kiến của đồng chí" });
  await words.fill(text);
  await page.getByRole("button", { name: "Gửi góp ý" }).click();
  await words.waitFor({ state: "detached" });
  await readNotices(page);
}

async function onReport(page: Page, text: string): Promise<void> {
  await page.getByRole("button", { name: "Góp ý chung" }).click();
  await send(page, text);
}

async function onParagraph(page: Page, words: string, text: string): Promise<void> {
  await page.getByText(words).click();
  await send(page, text);
}

async function agree(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Không có ý kiến, thống nhất với dự thảo" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Thống nhất" }).click();
  await page.getByText("Đã trả lời: không có ý kiến, thống nhất với dự thảo.").waitFor();
  await readNotices(page);
}

describe("a conference of ten delegates", () => {
  let chair: Page;
  let report: string;
  const seats: { page: Page; network: Network }[] = [];
  const seat = (number: number): { page: Page; network: Network } => {
    const found = seats[number];
    if (!found) throw new Error(`no delegate ${number}`);
    return found;
  };

  async function counts(): Promise<string> {
    const dialog = chair.getByRole("dialog");
    return (await dialog.getByText(/^Đã hỏi/u).innerText()).trim();
  }

  it("opens a round for ten delegates, who all read the draft", async () => {
    chair = await venue.visit(LAPTOP, venue.served.chairLink, "chair");
    report = await venue.make("party-committee", { organisation: "Đảng ủy Mẫu", year: "2026" });
    const people = NAMES.map(
      (name, index) => ({ role: "delegate", name, unit: `Chi bộ ${Math.floor(index / 3) + 1}` }) as const,
    );
    const links = await venue.invite(report, ...people);
    await chair.goto(`${venue.url}/r/${report}`);
    for (const [slot, words] of [
      ["opening", FIRST],
      ["shortcomings", SECOND],
    ] as const) {
      await chair.locator(`section[data-slot="${slot}"] .tk-slot-text > *`).first().click();
      await chair.keyboard.type(words);
    }
    await saved(chair);
    await venue.post(report, "/rounds", { deadline: new Date(Date.now() + 3 * 3600_000).toISOString() });
    for (const [index, { url }] of links.entries()) {
      const page = await venue.visitOnNetwork(index < 2 ? LAPTOP : PHONE, url, NAMES[index] ?? "");
      seats.push({ page, network: venue.network(page) });
    }
    for (const { page } of seats) await page.getByText(FIRST).waitFor();
  });

  it("hears them all at once, two of them without a network", async () => {
    const page = (number: number): Page => seat(number).page;
    const [an, binh, cuc, dung, en] = [page(0), page(1), page(2), page(3), page(4)];
    const [giang, hoa, kim, lam] = [page(5), page(6), page(7), page(8)];
    await seat(0).network.cut();
    await seat(2).network.cut();
    await Promise.all([
      onParagraph(an, FIRST, "An viết khi mất mạng."),
      (async () => {
        await binh.getByRole("button", { name: "Tôi góp ý thay mặt đơn vị" }).click();
        const sheet = binh.getByRole("dialog");
        await sheet.getByRole("textbox", { name: "Tên đơn vị" }).fill("Chi bộ 1");
        await sheet.getByRole("textbox", { name: /Số người/ }).fill("24");
        await sheet.getByRole("button", { name: "Lưu" }).click();
        await binh.getByText("Góp ý thay mặt Chi bộ 1 (24 đảng viên).").waitFor();
        await onReport(binh, "Chi bộ 1 đề nghị bổ sung số liệu.");
      })(),
      (async () => {
        await onReport(cuc, "Cúc viết khi mất mạng.");
        await onParagraph(cuc, SECOND, "Cúc viết thêm khi mất mạng.");
      })(),
      agree(dung),
      agree(en),
      (async () => {
        await onReport(giang, "Giang viết rồi rút.");
        await giang.getByRole("button", { name: /Ý kiến của tôi/ }).click();
        await giang.getByRole("dialog").getByRole("button", { name: "Rút ý kiến" }).click();
        await giang.getByRole("alertdialog").getByRole("button", { name: "Rút ý kiến" }).click();
        await giang.getByRole("dialog").getByText("Đã rút").waitFor();
        await giang.keyboard.press("Escape");
      })(),
      onParagraph(hoa, SECOND, "Hoa góp ý về kiểm tra."),
      (async () => {
        await onReport(kim, "Kim góp ý chung.");
        await onParagraph(kim, FIRST, "Kim góp ý mở đầu.");
      })(),
      (async () => {
        await agree(lam);
        await onReport(lam, "Lâm nghĩ lại và góp ý.");
      })(),
    ]);
    for (const index of [1, 3, 4, 5, 6, 7, 8]) await sent(seat(index).page);

    await chair
      .getByRole("banner")
      .getByRole("button", { name: /^Dự thảo lần 1/ })
      .click();
    await expect.poll(counts).toBe("Đã hỏi 10 · có góp ý 4 · thống nhất, không có ý kiến 2 · chưa trả lời 4");
  });

  it("counts exactly who answered when the two are back", async () => {
    await seat(0).network.mend();
    await seat(2).network.mend();
    for (const index of [0, 2]) await sent(seat(index).page);
    await expect.poll(counts).toBe("Đã hỏi 10 · có góp ý 6 · thống nhất, không có ý kiến 2 · chưa trả lời 2");
    const dialog = chair.getByRole("dialog");
    const cell = async (unit: string, state: string): Promise<string[]> => {
      const row = dialog.getByRole("row").filter({ has: chair.getByRole("rowheader", { name: unit, exact: true }) });
      return row.locator(`td[data-state="${state}"] li`).allInnerTexts();
    };
    expect(await cell("Chi bộ 1", "commented")).toEqual([
      "Đại biểu An (1)",
      "Đại biểu Bình (1) thay mặt Chi bộ 1 (24 đảng viên)",
      "Đại biểu Cúc (2)",
    ]);
    await expect.poll(() => cell("Chi bộ 2", "agreed")).toEqual(["Đại biểu Dũng", "Đại biểu Én"]);
    await expect.poll(() => cell("Chi bộ 2", "silent")).toEqual(["Đại biểu Giang"]);
    await expect
      .poll(() => cell("Chi bộ 3", "commented"))
      .toEqual(["Đại biểu Hoa (1)", "Đại biểu Kim (2)", "Đại biểu Lâm (1)"]);
    await expect.poll(() => cell("Chi bộ 4", "silent")).toEqual(["Đại biểu Mai"]);
    const reminder = await dialog.getByRole("textbox", { name: "Nội dung nhắc" }).inputValue();
    expect(NAMES.filter((name) => reminder.includes(name))).toEqual(["Đại biểu Giang", "Đại biểu Mai"]);
    await venue.shot(chair, "ten-coverage");
    await chair.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
  });

  it("says the same in the response table, on screen and in Word", async () => {
    await chair.getByRole("tab", { name: /Tiếp thu/ }).click();
    await chair
      .getByText("Đã lấy ý kiến 10 đại biểu. Số người góp ý: 6. Thống nhất, không có ý kiến: 2. Chưa trả lời: 2.")
      .waitFor();
    await venue.shot(chair, "ten-responses");
    expect(await axeFaults(chair)).toEqual([]);
    const paragraphs = readDocx(await venue.export(report, "as=responses")).paragraphs.map(({ text }) => text);
    const all = paragraphs.join("\n");
    expect(all).toContain("xin ý kiến: 10; số người có ý kiến góp ý: 6; tổng số ý kiến nhận được: 8.");
    expect(all).toContain("thống nhất với dự thảo: 2; số đại biểu không trả lời, xem như thống nhất với dự thảo: 2.");
    expect(all).toContain("Đại biểu Bình, thay mặt Chi bộ 1 (24 đảng viên)");
    for (const text of ["An viết khi mất mạng.", "Cúc viết thêm khi mất mạng.", "Lâm nghĩ lại và góp ý."])
      expect(all.split(text).length - 1, text).toBe(1);
    expect(all).not.toContain("Giang viết rồi rút.");
  });
});
