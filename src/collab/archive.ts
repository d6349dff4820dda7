import type { Manifest, ReportFile } from "./report-file.ts";
export function readReportFile(bytes: Uint8Array, checkManifest: (value: unknown) => Manifest): ReportFile {
  throw new Error(`not yet ${bytes.length} ${checkManifest.name}`);
}
export function writeReportFile(file: ReportFile): Uint8Array {
  throw new Error(`not yet ${file.manifest.report.id}`);
}
