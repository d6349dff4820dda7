import { isId } from "#protocol";

/** The pages of the application, each with its address. */
export type Route =
  /** `/` */
  | { readonly page: "reports" }
  /** `/new` */
  | { readonly page: "new-report" }
  /** `/r/:report`: the workspace of the committee or the page of a delegate, by role. */
  | { readonly page: "report"; readonly report: string }
  /** `/r/:report/people` */
  | { readonly page: "people"; readonly report: string }
  /** `/?link=…`: where the server sends a link that opens nothing. */
  | { readonly page: "link-refused"; readonly why: "revoked" | "unknown" }
  | { readonly page: "not-found" };

/** The page that a path with its search means. Any text is an address; one that means nothing is `not-found`. */
export function parseRoute(address: string): Route {
  const [path = "", search = ""] = address.split("?");
  const [first, report, section, ...rest] = path.split("/").filter((part) => part !== "");
  if (first === undefined) {
    const why = new URLSearchParams(search).get("link");
    return why === "revoked" || why === "unknown" ? { page: "link-refused", why } : { page: "reports" };
  }
  if (first === "new" && report === undefined) return { page: "new-report" };
  if (first !== "r" || report === undefined || !isId(report) || rest.length > 0) return { page: "not-found" };
  if (section === undefined) return { page: "report", report };
  if (section === "people") return { page: "people", report };
  return { page: "not-found" };
}

/** The address of a page: {@link parseRoute} of it gives the page again. */
export function routePath(route: Route): string {
  switch (route.page) {
    case "reports":
    case "not-found":
      return "/";
    case "link-refused":
      return `/?link=${route.why}`;
    case "new-report":
      return "/new";
    case "report":
      return `/r/${route.report}`;
    case "people":
      return `/r/${route.report}/people`;
  }
}
