import { fileKind, isMember } from "./file-kind.ts";
import type { WordLimits } from "./limits.ts";
import { WORD_LIMITS } from "./limits.ts";
import { PackageEntries } from "./package-entries.ts";
import { wordTooLarge } from "./errors.ts";

/** A file out of an archive, to be read on its own. */
export interface ArchiveMember {
  /** Its name without folders. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

const PACKAGE_PART = /^(?:\[Content_Types\]\.xml|_rels\/\.rels|word\/document\.xml|mimetype)$/i;

/**
 * The files in a zip of several, as people send them; null where `bytes` are no such zip, a Word file among these.
 * Archives in the archive are not opened. Throws the errors of {@link readWordFile} where the zip itself is damaged,
 * made to do harm or too large.
 */
export function archiveMembers(bytes: Uint8Array, limits: WordLimits = WORD_LIMITS): readonly ArchiveMember[] | null {
  if (fileKind(bytes) !== "zip") return null;
  if (bytes.length > limits.parts) throw wordTooLarge("", limits.parts);
  const entries = new PackageEntries(bytes, limits);
  const names = entries.names();
  const members = names.filter(isMember);
  if (members.length === 0 || names.some((name) => PACKAGE_PART.test(name))) return null;
  return members.flatMap((name) => {
    const member = entries.read(name, limits.file);
    return member ? [{ name: name.slice(name.lastIndexOf("/") + 1), bytes: member }] : [];
  });
}
