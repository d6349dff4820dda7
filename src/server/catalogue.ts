import type { RuleSet, Template } from "#model";

/** The schemas by which data from outside is checked. */
export type SchemaName = "template" | "rule-set" | "report" | "manifest";

/** The templates, rule sets and schemas of this installation. */
export interface Catalogue {
  readonly templates: ReadonlyMap<string, Template>;
  readonly ruleSets: ReadonlyMap<string, RuleSet>;
  /**
   * `value` as what the schema says it is. `source` is the file a person would look into. Throws `data-invalid` with
   * the first offending place as a JSON pointer.
   */
  check<T>(schema: SchemaName, value: unknown, source: string): T;
}

export interface CatalogueOptions {
  /** The folder that holds `templates/` and `schemas/`. */
  readonly root: string;
  /** The data folder, whose own `templates/` are picked up. */
  readonly data?: string;
}

/** Reads everything at once; what is shipped must be right. */
export function loadCatalogue(options: CatalogueOptions): Promise<Catalogue> {
  return Promise.reject(new Error(`not written yet: ${options.root}`));
}
