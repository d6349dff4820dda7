import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { sent } from "../support/state-line.ts";
import { LAPTOP, openVenue, PHONE } from "../support/venue.ts";

/** Two delegates on their phones, while the chair sets what they see of each other. The steps stand on one another. */

const QUIET = "Ý kiến gửi khi chỉ tổ biên tập thấy.";
const NAMELESS = "Ý kiến gửi khi không kèm tên.";
const OPEN = "Ý kiến gửi khi kèm tên.";

const venue = openVenue("audience");

/** All that the device keeps of the server's answers. */
function keptOn(page: Page): Promise<string> {
  return page.evaluate(
    () =>
      new Promise<string>((resolve, reject) => {
        const opening = indexedDB.open("tongket.kept");
        opening.addEventListener("error", () => reject(new Error("no database")));
        opening.addEventListener("success", () => {
          const reading = opening.result.transaction("answers").objectStore("answers").getAll();
          reading.addEventListener("success", () => {
            opening.result.close();
            resolve(JSON.stringify(reading.result));
          });
        });
      }),
  );
}

describe("two delegates", () => {
  let chair: Page;
  let an: Page;
  let binh: Page;

  async function choose(label: string): Promise<void> {
    await chair.getByRole("radio", { name: label }).check();
    await chair.getByText("Đã đổi; trang của đại biểu theo ngay").last().waitFor();
  }

  /** An taps a paragraph, reads who will see it, and sends. */
  async function comment(text: string, paragraph: number, told: string): Promise<void> {
    await an.locator("p[data-start]").filter({ hasText: /\S/ }).nth(paragraph).tap();
    const sheet = an.getByRole("dialog");
    await sheet.getByText(told).waitFor();
    await sheet.getByRole("textbox", { name: "Ý kiến của đồng chí" }).fill(text);
    await venue.shot(an, `audience-sheet-${paragraph}`);
    await sheet.getByRole("button", { name: "Gửi góp ý" }).tap();
    await sent(an);
  }

  async function openOthers(): Promise<void> {
    await binh.getByRole("button", { name: /Ý kiến của tôi/ }).tap();
    await binh.getByRole("tab", { name: /Của đại biểu khác/ }).tap();
  }

  it("see only their own at first, and are told so before they send", async () => {
    chair = await venue.visit(LAPTOP, venue.served.chairLink, "chair");
    const report = await venue.sample();
    const [ofAn, ofBinh] = await venue.invite(
      report,
      { role: "delegate", name: "Nguyễn Văn An", unit: "Chi bộ Mẫu" },
      { role: "delegate", name: "Trần Thị Bình", unit: "Chi bộ Mẫu" },
    );
    an = await venue.visit(PHONE, ofAn.url, "An");
    binh = await venue.visitOnNetwork(PHONE, ofBinh.url, "Bình");
    await chair.goto(`${venue.url}/r/${report}/people`);
    await comment(QUIET, 0, "Chỉ tổ biên tập thấy ý kiến của đồng chí.");
    await binh.getByText("Chỉ tổ biên tập thấy ý kiến của đồng chí.").waitFor();
    await binh.getByRole("button", { name: /Ý kiến của tôi/ }).tap();
    await binh.getByRole("dialog").waitFor();
    await expect.poll(() => binh.getByRole("tab").count()).toBe(0);
    await binh.keyboard.press("Escape");
    await expect.poll(() => binh.locator("mark[data-other]").count()).toBe(0);
  });

  it("see each other's words without names once the chair sets it so", async () => {
    await choose("Mọi ý kiến, không kèm tên");
    await venue.shot(chair, "audience-setting");
    await an.getByText("Đại biểu khác thấy ý kiến của đồng chí, không kèm tên.").waitFor();
    await comment(NAMELESS, 1, "Đại biểu khác thấy ý kiến của đồng chí, không kèm tên.");
    await binh.getByRole("button", { name: "1 ý kiến của đại biểu khác" }).tap();
    const list = binh.getByRole("dialog");
    await list.getByText(NAMELESS).waitFor();
    await list.getByText("Một đại biểu khác").waitFor();
    await venue.shot(binh, "audience-unnamed");
    // What was sent to the committee alone stays with it.
    await expect.poll(() => list.getByText(QUIET).count()).toBe(0);
    await expect.poll(() => list.innerText()).not.toContain("Nguyễn Văn An");
    await binh.keyboard.press("Escape");
    await list.waitFor({ state: "detached" });
    await venue.shot(binh, "audience-text");
    // A tap on words that another has commented on is one's own comment on them.
    await binh.locator("mark[data-other]").first().tap();
    await binh.getByRole("textbox", { name: "Ý kiến của đồng chí" }).waitFor();
    await binh.keyboard.press("Escape");
    const kept = await keptOn(binh);
    expect(kept).toContain(NAMELESS);
    expect(kept).not.toContain("Nguyễn Văn An");
  });

  it("see names where the authors were told so, and only theirs", async () => {
    await choose("Mọi ý kiến, kèm tên");
    await an.getByText("Đại biểu khác thấy ý kiến của đồng chí, kèm tên và đơn vị.").waitFor();
    await comment(OPEN, 2, "Đại biểu khác thấy ý kiến của đồng chí, kèm tên và đơn vị.");
    await openOthers();
    const list = binh.getByRole("dialog");
    const named = list.getByRole("article").filter({ hasText: OPEN });
    await named.getByText("Nguyễn Văn An, Chi bộ Mẫu").waitFor();
    await list.getByRole("article").filter({ hasText: NAMELESS }).getByText("Một đại biểu khác").waitFor();
    await venue.shot(binh, "audience-all");
    await binh.keyboard.press("Escape");
  });

  it("lose what they kept of others when it is taken back, also who was offline then", async () => {
    await expect.poll(() => keptOn(binh)).toContain(OPEN);
    await venue.network(binh).cut();
    await binh.getByText(/Ngoại tuyến/).waitFor();
    await choose("Chỉ ý kiến của mình");
    // Not told yet: the phone shows what it knows.
    await expect.poll(() => binh.locator("mark[data-other]").count()).toBeGreaterThan(0);
    await venue.network(binh).mend();
    await binh.getByText("Chỉ tổ biên tập thấy ý kiến của đồng chí.").waitFor();
    await expect.poll(() => binh.locator("mark[data-other]").count()).toBe(0);
    await expect.poll(() => keptOn(binh)).not.toContain(OPEN);
    await expect.poll(() => keptOn(binh)).not.toContain(NAMELESS);
  });
});
