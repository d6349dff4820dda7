import { expect, it } from "vitest";
import type { ErrorBody, ReportSummary } from "#protocol";
import { Browser, openHall, openServer } from "./support.ts";

it("makes a report with every field of its form, checked", async () => {
  const server = await openServer();
  const chair = new Browser(server);
  await chair.open(server.chairLink);
  const make = (fields: Record<string, string>, template = "party-committee") =>
    chair.fetch("/api/reports", {
      method: "POST",
      body: JSON.stringify({ template, fields }),
      headers: { "content-type": "application/json" },
    });
  const codeOf = async (response: Response): Promise<string> => {
    const body: ErrorBody = await response.json();
    expect(response.status).toBe(400);
    return body.error.code;
  };
  expect(await codeOf(await make({ organisation: "Đảng ủy" }))).toBe("field-invalid");
  expect(await codeOf(await make({ year: "21" }))).toBe("field-invalid");
  expect(await codeOf(await make({ year: "2021", place: "Hà Nội\nHà Nội" }))).toBe("field-invalid");
  expect(await codeOf(await make({ year: "2021", nothing: "x" }))).toBe("field-unknown");
  expect(await codeOf(await make({ year: "2021" }, "none"))).toBe("template-unknown");
  expect(await codeOf(await make({ year: "2021", "a b": "x" }))).toBe("request-invalid");
  expect(await chair.ask("GET", "/api/reports")).toEqual([]);

  const created = await make({ year: "2021", organisation: "Đảng ủy Viện".normalize("NFD") });
  expect(created.status).toBe(201);
  const [summary] = await chair.ask<ReportSummary[]>("GET", "/api/reports");
  expect(summary).toMatchObject({
    organisation: "Đảng ủy Viện".normalize("NFC"),
    year: "2021",
    sample: false,
    role: "chair",
    round: null,
    comments: { open: 0, total: 0 },
  });
  expect(summary?.title).toContain("2021");
  expect(summary?.title).toContain("2022");
  expect(summary?.slots.written).toBe(0);
  expect((await chair.info(summary?.id ?? "")).fields["signerTitle"]).not.toBe("");
});

it("counts written slots as they are written", async () => {
  const hall = await openHall();
  const body = await hall.chair.line().document(`${hall.report}/body`);
  body.doc.getText("slot:opening").insert(1, "Lời mở đầu.");
  await body.saved();
  const [summary] = await hall.chair.ask<ReportSummary[]>("GET", "/api/reports");
  expect(summary?.slots.written).toBe(1);
});

it("hides a deleted report from everybody until it is restored", async () => {
  const hall = await openHall();
  const drafter = await hall.invite("drafter");
  const line = drafter.browser.line();
  await line.document(`${hall.report}/body`);
  await hall.chair.ask("DELETE", `/api/reports/${hall.report}`, undefined, 204);
  expect(await line.closed).toEqual({ code: 4404, reason: "not-found" });
  await drafter.browser.ask("GET", `/api/reports/${hall.report}`, undefined, 404);
  expect(await drafter.browser.line().denied(`${hall.report}/body`)).toBe("not-found");
  await hall.chair.ask("POST", `/api/reports/${hall.report}/restore`, {}, 204);
  await drafter.browser.line().document(`${hall.report}/body`);
});
