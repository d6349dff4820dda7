import { Document, Packer, Paragraph, TextRun } from "docx";
import { beforeAll, expect, it } from "vitest";
import type { ErrorBody, ReportInfo } from "#protocol";
import type { ImportPlan } from "#model";
import { blockText, placedSlots } from "#model";
import { readSlot, slotText } from "#collab";
import { openHall } from "./support.ts";

let file: Uint8Array;
beforeAll(async () => {
  const line = (text: string, bold = false): Paragraph => new Paragraph({ children: [new TextRun({ text, bold })] });
  const document = new Document({
    sections: [
      {
        children: [
          line("BÁO CÁO", true),
          line("tổng kết công tác năm 2020, phương hướng năm 2021", true),
          line("I- ĐẶC ĐIỂM TÌNH HÌNH", true),
          line("1. Thuận lợi", true),
          line("Được cấp trên quan tâm."),
          line("2. Khó khăn", true),
          line("- Nhân lực còn thiếu;"),
        ],
      },
    ],
  });
  file = new Uint8Array(await Packer.toBuffer(document));
});

it("lays a Word file beside a template, and makes a report with its text", async () => {
  const { chair } = await openHall();
  const plan = await chair.ask<ImportPlan>("POST", "/api/import/word?template=party-committee", file, 200);
  expect(plan.year).toBe("2020");
  const slots = placedSlots(plan);
  const { id } = await chair.ask<{ id: string }>(
    "POST",
    "/api/reports",
    { template: "party-committee", fields: { year: "2020", organisation: "Đảng ủy Mẫu" }, slots },
    201,
  );
  const body = await chair.line().document(`${id}/body`);
  expect(readSlot(slotText(body.doc, "advantages")).map(blockText)).toEqual(["Được cấp trên quan tâm."]);
  expect(readSlot(slotText(body.doc, "difficulties"))).toMatchObject([{ kind: "item", level: 1 }]);
});

it("lays it beside a report, by whose year numbers and dates are told to be old, and stores nothing", async () => {
  const { chair, report, invite } = await openHall();
  const drafter = await invite("drafter");
  const plan = await drafter.browser.ask<ImportPlan>("POST", `/api/reports/${report}/import/word`, file, 200);
  expect(plan.fields).toContainEqual(expect.objectContaining({ id: "year", value: "2020", former: true }));
  const info = await chair.ask<ReportInfo>("GET", `/api/reports/${report}`, undefined, 200);
  expect(info.fields["year"]).toBe("2021");
  const delegate = await invite("delegate");
  expect(
    (
      await delegate.browser.fetch(`/api/reports/${report}/import/word`, {
        method: "POST",
        body: new Blob([new Uint8Array(file)]),
      })
    ).status,
  ).toBe(403);
});

it("refuses what is no Word file, and first text that no report can hold, and says where", async () => {
  const { chair } = await openHall();
  const wrong = await chair.ask<ErrorBody>(
    "POST",
    "/api/import/word?template=party-cell",
    new Uint8Array([1, 2, 3]),
    400,
  );
  expect(wrong.error.code).toBe("word-not-word");
  const fields = { year: "2020" };
  const unknown = { template: "party-cell", fields, slots: { nowhere: ["Chữ."] } };
  expect((await chair.ask<ErrorBody>("POST", "/api/reports", unknown, 400)).error.code).toBe("import-slot-unknown");
  const shape = { template: "party-cell", fields, slots: { opening: [{ text: "Chữ.", kind: "nothing" }] } };
  expect((await chair.ask<ErrorBody>("POST", "/api/reports", shape, 400)).error).toMatchObject({
    details: { pointer: "/slots/opening/0/kind" },
  });
});
