export type { Catalogue, CatalogueOptions } from "./catalogue.ts";
export { loadCatalogue } from "./catalogue.ts";
export type { Checked, SchemaName } from "./schema-check.ts";
export type { RunningServer, ServerOptions } from "./start.ts";
export { startServer } from "./start.ts";
export type { WordReaderOptions } from "./word/word-reader.ts";
export { WordReader } from "./word/word-reader.ts";
export { officeMissing } from "./errors.ts";
export { findLibreOffice, wordToPdf } from "./word-to-pdf.ts";
