import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { sent } from "../support/state-line.ts";
import { LAPTOP, openVenue, PHONE } from "../support/venue.ts";

/** A delegate writes without a network while the chair closes the round. The steps stand on one another. */

const IN_TIME = "Ý kiến gửi kịp khi đợt còn mở.";
const LATE = "Ý kiến viết khi mất mạng, gửi không kịp.";
const ALSO_LATE = "Một ý kiến nữa viết khi mất mạng.";
const LATE_REPLY = "Xin bổ sung số liệu của quý bốn.";
const COLD = "Viết trước khi đóng trang, mở lại thì đợt đã đóng.";

const venue = openVenue("late");

async function commentOnReport(page: Page, text: string): Promise<void> {
  await page.getByRole("button", { name: "Góp ý chung" }).tap();
  await page.getByRole("textbox", { name: "Ý kiến của đồng chí" }).fill(text);
  await page.getByRole("button", { name: "Gửi góp ý" }).tap();
}

describe("a delegate whose network comes back after the round was closed", () => {
  let chair: Page;
  let phone: Page;
  let report: string;
  let person: string;

  it("has sent a comment and got a reply while the round was open", async () => {
    chair = await venue.visit(LAPTOP, venue.served.chairLink, "chair");
    report = await venue.sample();
    const [link] = await venue.invite(report, { role: "delegate", name: "Đại biểu Muộn", unit: "Tổ 1" });
    person = link.person.id;
    phone = await venue.visitOnNetwork(PHONE, link.url, "delegate");
    await commentOnReport(phone, IN_TIME);
    await sent(phone);

    await chair.goto(`${venue.url}/r/${report}`);
    const card = chair.getByRole("complementary").getByRole("article").filter({ hasText: IN_TIME });
    await card.click();
    await card.getByRole("textbox", { name: "Trả lời trao đổi" }).fill("Bổ sung số liệu nào?");
    await card.getByRole("button", { name: "Gửi trả lời" }).click();
    await phone.getByRole("button", { name: /Ý kiến của tôi/ }).tap();
    await phone.getByText("Bổ sung số liệu nào?").waitFor();
    await phone.keyboard.press("Escape");
  });

  it("keeps what was written meanwhile, a reply too, and works again", async () => {
    await venue.network(phone).cut();
    await commentOnReport(phone, LATE);
    await commentOnReport(phone, ALSO_LATE);
    await phone.getByRole("button", { name: /Ý kiến của tôi/ }).tap();
    await phone.getByRole("textbox", { name: "Viết trả lời" }).fill(LATE_REPLY);
    await phone.getByRole("button", { name: "Gửi trả lời" }).tap();
    await phone.keyboard.press("Escape");
    await phone.getByText(/Ngoại tuyến: \d+ ý kiến chờ gửi/).waitFor();

    await venue.post(report, "/rounds/1/close");
    await venue.network(phone).mend();
    const late = phone.getByRole("region", { name: "Ý kiến đến muộn" });
    await late.getByText(LATE_REPLY).waitFor();
    expect((await late.getByRole("listitem").allInnerTexts()).map((text) => text.split("\n")[0])).toEqual([
      LATE,
      ALSO_LATE,
      LATE_REPLY,
    ]);
    await phone.getByText("Đã gửi, trừ 3 ý kiến đến muộn").waitFor();
    await phone.getByText("Dự thảo lần 1 · đã đóng lấy ý kiến").waitFor();
    await expect.poll(() => phone.getByRole("button", { name: "Gửi vào đợt này" }).count()).toBe(0);
    await phone.getByRole("button", { name: "Ý kiến của tôi · 1" }).tap();
    await phone.getByRole("dialog").getByText(IN_TIME).waitFor();
    await phone.keyboard.press("Escape");
  });

  it("keeps them over a reload, and sends one into the next round", async () => {
    await phone.reload();
    const late = phone.getByRole("region", { name: "Ý kiến đến muộn" });
    await late.getByText(LATE).waitFor();
    await venue.post(report, "/rounds", {});
    const resend = late
      .getByRole("listitem")
      .filter({ hasText: LATE })
      .getByRole("button", { name: "Gửi vào đợt này" });
    await resend.tap();
    await chair.getByRole("complementary").getByRole("article").filter({ hasText: LATE }).waitFor();
    await phone.getByText("Đã gửi, trừ 2 ý kiến đến muộn").waitFor();
    await expect.poll(() => late.getByRole("listitem").count()).toBe(2);
    await late.getByRole("listitem").filter({ hasText: ALSO_LATE }).getByRole("button", { name: "Xóa khỏi máy" }).tap();
    await expect.poll(() => late.getByRole("listitem").count()).toBe(1);
    await expect.poll(() => chair.getByRole("complementary").getByText(ALSO_LATE).count()).toBe(0);
  });

  it("finds only what was not received among the late ones when the page is opened anew", async () => {
    await venue.network(phone).cut();
    await commentOnReport(phone, COLD);
    await phone.getByText("Ngoại tuyến: 1 ý kiến chờ gửi").waitFor();
    await phone.goto("about:blank");
    await venue.post(report, "/rounds/2/close");
    await venue.network(phone).mend();
    await phone.goto(`${venue.url}/r/${report}`);
    const late = phone.getByRole("region", { name: "Ý kiến đến muộn" });
    await late.getByText(COLD).waitFor();
    await phone.getByText("Đã gửi, trừ 2 ý kiến đến muộn").waitFor();
    expect((await late.getByRole("listitem").allInnerTexts()).map((text) => text.split("\n")[0])).toEqual([
      LATE_REPLY,
      COLD,
    ]);
    await phone.getByRole("button", { name: "Ý kiến của tôi · 2" }).waitFor();
  });

  it("keeps an answer to the round as a whole that came too late, and sends it where the chair takes late ones", async () => {
    await venue.post(report, "/rounds", {});
    await phone.getByText("Dự thảo lần 3", { exact: false }).first().waitFor();
    await phone.getByRole("button", { name: "Không có ý kiến, thống nhất với dự thảo" }).waitFor();
    await venue.network(phone).cut();
    await phone.getByRole("button", { name: "Không có ý kiến, thống nhất với dự thảo" }).tap();
    await phone.getByRole("alertdialog").getByRole("button", { name: "Thống nhất" }).tap();
    await phone.getByRole("button", { name: "Tôi góp ý thay mặt đơn vị" }).tap();
    await phone.getByRole("textbox", { name: "Tên đơn vị" }).fill("Chi bộ Muộn");
    await phone.getByRole("textbox", { name: /Số người/ }).fill("12");
    await phone.getByRole("button", { name: "Lưu", exact: true }).tap();
    await phone.getByText("Góp ý thay mặt Chi bộ Muộn", { exact: false }).waitFor();
    await venue.post(report, "/rounds/3/close");
    await venue.network(phone).mend();
    const late = phone.getByRole("region", { name: "Trả lời đến muộn" });
    await late.getByText("Trả lời cho dự thảo lần 3").waitFor();
    await late.getByText("Không có ý kiến, thống nhất với dự thảo.").waitFor();
    await late.getByText("Góp ý thay mặt Chi bộ Muộn (12 đảng viên).").waitFor();
    await phone.getByText(/Đã gửi, trừ \d+ ý kiến đến muộn/).waitFor();
    await phone.getByText("Đồng chí chưa trả lời đợt lấy ý kiến này.").waitFor();
    await expect.poll(() => late.getByRole("button", { name: "Gửi muộn" }).count()).toBe(0);
    await venue.shot(phone, "late-answer");
    await phone.reload();
    await late.getByText("Trả lời cho dự thảo lần 3").waitFor();

    await venue.patch(report, "/rounds/3", { change: "late", late: ["*"] });
    await late.getByRole("button", { name: "Gửi muộn" }).tap();
    await phone.getByText("Đã trả lời: không có ý kiến, thống nhất với dự thảo.").waitFor();
    await phone.getByText("Đã gửi, trừ 2 ý kiến đến muộn").waitFor();
    await expect.poll(() => late.count()).toBe(0);
    await phone.reload();
    await phone.getByText("Góp ý thay mặt Chi bộ Muộn (12 đảng viên).").waitFor();
    await expect.poll(() => late.count()).toBe(0);
  });

  it("finds what came too late on the page that says that the link was revoked", async () => {
    await phone.getByText("Đã gửi, trừ 2 ý kiến đến muộn").waitFor();
    const answer = await venue.chair.fetch(`/api/reports/${report}/people/${person}/link`, { method: "DELETE" });
    expect(answer.status).toBe(204);
    await phone.getByRole("heading", { name: "Liên kết không còn hiệu lực" }).waitFor();
    const words = phone.getByRole("region", { name: "Tải phần chưa gửi" });
    expect((await words.innerText()).split(/\n+/)).toEqual([LATE_REPLY, COLD]);
    await venue.shot(phone, "late-revoked");
  });
});
