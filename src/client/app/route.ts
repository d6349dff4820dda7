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
  | { readonly page: "not-found" };

/** The page an address means. Any text is an address; one that means nothing is `not-found`. */
export function parseRoute(path: string): Route {
  const [first, report, section, ...rest] = path.split("/").filter((part) => part !== "");
  if (first === undefined) return { page: "reports" };
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
    case "new-report":
      return "/new";
    case "report":
      return `/r/${route.report}`;
    case "people":
      return `/r/${route.report}/people`;
  }
}
