import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { axeFaults } from "../support/axe.ts";
import { LAPTOP, openVenue, PHONE } from "../support/venue.ts";

/** A round from its opening to its late comments, as the chair and three delegates have it. The steps stand on one another. */

const venue = openVenue("rounds");

async function commentOnReport(page: Page, text: string): Promise<void> {
  await page.getByRole("button", { name: "Góp ý chung" }).tap();
  await page.getByRole("textbox", { name: "Ý kiến của đồng chí" }).fill(text);
  await page.getByRole("button", { name: "Gửi góp ý" }).tap();
}

describe("a round of comments", () => {
  let chair: Page;
  let binh: Page;
  let chi: Page;
  let report: string;

  async function openDialog(): Promise<ReturnType<Page["getByRole"]>> {
    const dialog = chair.getByRole("dialog");
    if ((await dialog.count()) === 0)
      await chair
        .getByRole("banner")
        .getByRole("button", { name: /^Dự thảo lần/ })
        .click();
    await dialog.getByRole("heading", { name: "Lấy ý kiến Dự thảo lần 2" }).waitFor();
    return dialog;
  }

  async function closeDialog(): Promise<void> {
    await chair.keyboard.press("Escape");
    await chair.getByRole("dialog").waitFor({ state: "detached" });
  }

  it("tells delegates and the committee how long it is open", async () => {
    chair = await venue.visit(LAPTOP, venue.served.chairLink, "chair");
    report = await venue.sample();
    const [ofBinh, ofChi] = await venue.invite(
      report,
      { role: "delegate", name: "Đại biểu Bình", unit: "Chi bộ 3" },
      { role: "delegate", name: "Đại biểu Chi", unit: "Chi bộ 4" },
      { role: "delegate", name: "Đại biểu Vắng", unit: "Chi bộ 4" },
    );
    await venue.post(report, "/rounds/1/close");
    await venue.post(report, "/rounds", { deadline: new Date(Date.now() + 135 * 60_000 - 5000).toISOString() });
    binh = await venue.visitOnNetwork(PHONE, ofBinh.url, "binh");
    chi = await venue.visit(PHONE, ofChi.url, "chi");
    await binh
      .getByRole("timer")
      .getByText(/^còn 2 giờ 1[45] phút$/)
      .waitFor();
    await chair.goto(`${venue.url}/r/${report}`);
    await chair
      .getByRole("timer")
      .getByText(/^còn 2 giờ 1[45] phút$/)
      .waitFor();
    await venue.shot(binh, "rounds-countdown-phone");
    expect(await axeFaults(binh)).toEqual([]);
  });

  it("takes a delegate's words for a unit, and shows for whom they are", async () => {
    await binh.getByRole("button", { name: "Tôi góp ý thay mặt đơn vị" }).tap();
    const sheet = binh.getByRole("dialog");
    await expect.poll(() => sheet.getByRole("textbox", { name: "Tên đơn vị" }).inputValue()).toBe("Chi bộ 3");
    await sheet.getByRole("textbox", { name: /Số người/ }).fill("24");
    await venue.shot(binh, "rounds-voice-phone");
    expect(await axeFaults(binh)).toEqual([]);
    await sheet.getByRole("button", { name: "Lưu" }).tap();
    await binh.getByText("Góp ý thay mặt Chi bộ 3 (24 đảng viên).").waitFor();
    await commentOnReport(binh, "Chi bộ đề nghị nêu rõ số liệu.");
    await binh.getByText("Đồng chí đã góp ý: 1 ý kiến.").waitFor();
    const card = chair.getByRole("complementary").getByRole("article").filter({ hasText: "Chi bộ đề nghị" });
    await card.getByText("thay mặt Chi bộ 3 (24 đảng viên)").waitFor();
  });

  it("counts who agrees without comment, until it is taken back or a comment is made", async () => {
    await chi.getByRole("button", { name: "Không có ý kiến, thống nhất với dự thảo" }).tap();
    await chi.getByRole("alertdialog").getByRole("button", { name: "Thống nhất" }).tap();
    await chi.getByText("Đã trả lời: không có ý kiến, thống nhất với dự thảo.").waitFor();
    await chi.getByRole("button", { name: "Rút lại trả lời" }).scrollIntoViewIfNeeded();
    await venue.shot(chi, "rounds-agreed-phone");
    expect(await axeFaults(chi)).toEqual([]);
    const dialog = await openDialog();
    await dialog.getByText(/có góp ý 1 · thống nhất, không có ý kiến 1/).waitFor();
    await chi.getByRole("button", { name: "Rút lại trả lời" }).tap();
    await dialog.getByText(/có góp ý 1 · thống nhất, không có ý kiến 0/).waitFor();
    await chi.getByRole("button", { name: "Không có ý kiến, thống nhất với dự thảo" }).tap();
    await chi.getByRole("alertdialog").getByRole("button", { name: "Thống nhất" }).tap();
    await dialog.getByText(/có góp ý 1 · thống nhất, không có ý kiến 1/).waitFor();
  });

  it("shows the chair by unit who has answered, and gives the text of a reminder", async () => {
    const dialog = await openDialog();
    const row = dialog.getByRole("row").filter({ hasText: "Chi bộ 4" });
    await row.getByText("Đại biểu Chi").waitFor();
    await expect.poll(() => row.locator('td[data-state="silent"]').innerText()).toContain("Đại biểu Vắng");
    await expect.poll(() => row.locator('td[data-state="agreed"]').innerText()).toContain("Đại biểu Chi");
    const text = await dialog.getByRole("textbox", { name: "Nội dung nhắc" }).inputValue();
    expect(text).toContain("- Đại biểu Vắng (Chi bộ 4)");
    expect(text).not.toContain("Đại biểu Bình");
    expect(text).toMatch(/góp ý trước \d{2}:\d{2}, /);
    await venue.shot(chair, "rounds-dialog-laptop");
    expect(await axeFaults(chair)).toEqual([]);
  });

  it("is paused and resumed; the delegate's half-written words stay", async () => {
    await binh.getByRole("button", { name: "Góp ý chung" }).tap();
    await binh.getByRole("textbox", { name: "Ý kiến của đồng chí" }).fill("Viết dở khi tạm dừng.");
    const dialog = await openDialog();
    await dialog.getByRole("button", { name: "Tạm dừng" }).click();
    await binh.getByText("Dự thảo lần 2 · tạm dừng lấy ý kiến").waitFor();
    await binh.getByRole("button", { name: "Gửi góp ý" }).tap();
    await binh
      .getByText(/Chủ trì đang tạm dừng lấy ý kiến/)
      .last()
      .waitFor();
    await venue.shot(binh, "rounds-paused-phone");
    await dialog.getByRole("button", { name: "Tiếp tục lấy ý kiến" }).click();
    await binh.getByText("Dự thảo lần 2 · góp ý đến").waitFor();
    await binh.getByRole("button", { name: "Gửi góp ý" }).tap();
    await binh.getByText("Đồng chí đã góp ý: 2 ý kiến.").waitFor();
  });

  it("closes by itself at its deadline; what comes after stays on the device until the chair takes it", async () => {
    await venue.network(binh).cut();
    await commentOnReport(binh, "Viết khi mất mạng.");
    await venue.patch(report, "/rounds/2", { change: "deadline", deadline: new Date(Date.now() + 3000).toISOString() });
    await chi.getByText("Dự thảo lần 2 · đã đóng lấy ý kiến").waitFor();
    const dialog = await openDialog();
    await dialog.getByText("Đã đóng", { exact: true }).waitFor();
    await venue.network(binh).mend();
    const late = binh.getByRole("region", { name: "Ý kiến đến muộn" });
    await late.getByText("Viết khi mất mạng.").waitFor();
    await expect.poll(() => late.getByRole("button", { name: /^Gửi/ }).count()).toBe(0);
    await venue.shot(binh, "rounds-late-phone");

    await dialog.getByRole("checkbox", { name: "Đại biểu Bình, Chi bộ 3" }).click();
    await binh.getByText("Dự thảo lần 2 · đã đóng, còn nhận góp ý muộn của đồng chí").waitFor();
    await expect.poll(() => chi.getByText("còn nhận góp ý muộn").count()).toBe(0);
    await venue.shot(chair, "rounds-late-laptop");
    expect(await axeFaults(chair)).toEqual([]);
    await late.getByRole("button", { name: "Gửi muộn" }).tap();
    await late.waitFor({ state: "detached" });
    await closeDialog();
    const card = chair.getByRole("complementary").getByRole("article").filter({ hasText: "Viết khi mất mạng." });
    await card.getByText("muộn", { exact: true }).waitFor();
    expect(await axeFaults(binh)).toEqual([]);
  });

  it("is opened again with a deadline, and takes comments as before", async () => {
    const dialog = await openDialog();
    await dialog.getByLabel("Hạn mới (không bắt buộc)").fill("2099-01-31T17:00");
    await dialog.getByRole("button", { name: "Mở lại" }).click();
    await chi.getByText(/Dự thảo lần 2 · góp ý đến/).waitFor();
    await chi.getByText("Chạm vào một đoạn").waitFor();
    await closeDialog();
    await commentOnReport(chi, "Góp ý sau khi mở lại.");
    const card = chair.getByRole("complementary").getByRole("article").filter({ hasText: "Góp ý sau khi mở lại." });
    await card.waitFor();
    await expect.poll(() => card.getByText("muộn", { exact: true }).count()).toBe(0);
    await (await openDialog()).getByText(/có góp ý 2 · thống nhất, không có ý kiến 0/).waitFor();
  });

  it("is known to a page that was connected only after it was paused", async () => {
    const pause = (paused: boolean): Promise<unknown> =>
      venue.patch(report, "/rounds/2", { change: paused ? "pause" : "resume" });
    const release = venue.network(binh).hold();
    await binh.reload();
    await binh.getByText(/Dự thảo lần 2 · góp ý đến/).waitFor();
    await pause(true);
    release();
    await binh.getByText("Dự thảo lần 2 · tạm dừng lấy ý kiến").waitFor();
    await pause(false);
    await binh.getByText(/Dự thảo lần 2 · góp ý đến/).waitFor();
  });
});
