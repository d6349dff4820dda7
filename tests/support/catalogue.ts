import { join } from "node:path";
import type { Catalogue } from "#server";
import { loadCatalogue } from "#server";

/** The templates and rule sets as they are shipped. */
export function shippedCatalogue(): Promise<Catalogue> {
  return loadCatalogue({ root: join(import.meta.dirname, "..", "..") });
}
