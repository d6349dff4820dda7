import { describe, expect, it } from "vitest";
import { fileName } from "../../src/client/app/api.ts";
import { newId } from "../../src/client/app/new-id.ts";
import { pastedLink } from "../../src/client/app/problem-page.tsx";
import type { Route } from "../../src/client/app/route.ts";
import { parseRoute, routePath } from "../../src/client/app/route.ts";
import { assetsNamedBy, strategyOf } from "../../src/client/offline/strategy.ts";
import { isId } from "#protocol";

describe("the address of a page", () => {
  it("gives the page again", () => {
    const routes: Route[] = [
      { page: "reports" },
      { page: "new-report" },
      { page: "report", report: "a-B_9" },
      { page: "people", report: "a-B_9" },
      { page: "link-refused", why: "revoked" },
      { page: "link-refused", why: "unknown" },
    ];
    for (const route of routes) expect(parseRoute(routePath(route))).toEqual(route);
  });

  it("is no page where it means none", () => {
    for (const path of ["/x", "/r", "/r/a/b", "/r/a/people/b", "/r/%20", "/new/x"]) {
      expect(parseRoute(path), path).toEqual({ page: "not-found" });
    }
  });

  it("keeps its page with a slash at the end or an unknown search", () => {
    expect(parseRoute("/r/a/")).toEqual({ page: "report", report: "a" });
    expect(parseRoute("/?link=other")).toEqual({ page: "reports" });
  });
});

describe("a pasted link", () => {
  it("is found in whatever stands around it", () => {
    expect(pastedLink("Mời anh mở http://10.0.0.5:8210/k/abc-DEF_1 nhé")).toBe("/k/abc-DEF_1");
    expect(pastedLink("/k/abc")).toBe("/k/abc");
    expect(pastedLink("http://10.0.0.5:8210/r/abc")).toBeNull();
  });
});

describe("the name of a received file", () => {
  it("is the encoded one before the plain one", () => {
    expect(fileName(`attachment; filename="bao-cao.docx"; filename*=UTF-8''B%C3%A1o%20c%C3%A1o.docx`)).toBe(
      "Báo cáo.docx",
    );
    expect(fileName(`attachment; filename="bao-cao.docx"; filename*=UTF-8''%E1%BB`)).toBe("bao-cao.docx");
    expect(fileName("attachment")).toBeNull();
    expect(fileName(null)).toBeNull();
  });
});

describe("the service worker", () => {
  const of = (url: string, more: { method?: string; mode?: string } = {}): string =>
    strategyOf({ method: "GET", mode: "cors", url, ...more }, "https://a.vn");

  it("serves pages and hashed files, and lets everything else pass", () => {
    expect(of("https://a.vn/r/x", { mode: "navigate" })).toBe("page");
    expect(of("https://a.vn/assets/index-abc.js")).toBe("asset");
    expect(of("https://a.vn/api/session")).toBe("pass");
    expect(of("https://a.vn/api", { mode: "navigate" })).toBe("pass");
    expect(of("https://a.vn/k/token", { mode: "navigate" })).toBe("pass");
    expect(of("https://a.vn/", { mode: "navigate", method: "POST" })).toBe("pass");
    expect(of("https://b.vn/assets/index-abc.js")).toBe("pass");
    expect(of("https://a.vn/icon.svg")).toBe("pass");
    expect(of("nonsense")).toBe("pass");
  });

  it("finds the files that a shell names", () => {
    const html = `<script type="module" src="/assets/i-1.js"></script><link href="/assets/i-1.css"><link href="/icon.svg">`;
    expect(assetsNamedBy(html)).toEqual(["/assets/i-1.js", "/assets/i-1.css"]);
  });
});

describe("a new id", () => {
  it("may name a record, and differs each time", () => {
    const ids = Array.from({ length: 1_000 }, newId);
    expect(ids.every(isId)).toBe(true);
    expect(new Set(ids).size).toBe(1_000);
  });
});
