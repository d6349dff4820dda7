import type { Audience, Person, Round, Template, Version } from "#model";

/** What a `.tongket` file says in plain JSON. */
export interface Manifest {
  readonly format: "tongket";
  readonly version: 1;
  readonly report: { readonly id: string; readonly sample: boolean; readonly createdAt: string };
  readonly template: Template;
  /** The id of the rule set it prints by. */
  readonly ruleSet: string;
  readonly people: readonly Person[];
  readonly rounds: readonly Round[];
  readonly versions: readonly Version[];
  /** What delegates see of each other's comments; absent where the file does not say. */
  readonly audience?: Audience;
  /** The person whose copy this is, saved on their own device: merged, it brings their notes alone. Absent on all other files. */
  readonly savedBy?: string;
}

/** A whole report as it travels in one file: the manifest and the Yjs states (updates of version 1). */
export interface ReportFile {
  readonly manifest: Manifest;
  readonly body: Uint8Array;
  readonly decisions: Uint8Array;
  /** By person. */
  readonly notes: ReadonlyMap<string, Uint8Array>;
  /** The frozen body of each version of the manifest, by version id. */
  readonly versions: ReadonlyMap<string, Uint8Array>;
}
