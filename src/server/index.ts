export type { Catalogue, CatalogueOptions, SchemaName } from "./catalogue.ts";
export { loadCatalogue } from "./catalogue.ts";
export type { RunningServer, ServerOptions } from "./start.ts";
export { startServer } from "./start.ts";
