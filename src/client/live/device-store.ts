import { deleteDatabase } from "./device-log.ts";

/** Every name on this device begins with this, so that signing out finds them all. */
const PREFIX = "tongket/";

/** The name of a document on this device. It bears the person: what one wrote is never sent as another's. */
export function deviceName(report: string, person: string, kind: string): string {
  return `${PREFIX}${report}/${person}/${kind}`;
}

/**
 * True where the browser shows that this is a private window, whose storage ends with it: Firefox and Safari refuse it
 * their private file system. Chromium shows no difference on purpose, and a page on plain HTTP cannot ask.
 */
export async function isPrivateWindow(): Promise<boolean> {
  try {
    await navigator.storage.getDirectory();
    return false;
  } catch (error) {
    return error instanceof DOMException && (error.name === "SecurityError" || error.name === "UnknownError");
  }
}

/** Asks the browser not to clear away what is kept here when its disk runs full. Some ask the person; it may refuse. */
export async function keepFromEviction(): Promise<void> {
  try {
    if (!(await navigator.storage.persisted())) await navigator.storage.persist();
  } catch {
    // Plain HTTP, or an old browser: the storage is the best there is.
  }
}

/** The documents of a report on this device, whoever they are of. */
export async function keptDocuments(
  report: string,
): Promise<{ readonly name: string; readonly person: string; readonly kind: string }[]> {
  const prefix = `${PREFIX}${report}/`;
  try {
    return (await indexedDB.databases()).flatMap(({ name = "" }) => {
      const [person = "", kind = ""] = name.slice(prefix.length).split("/");
      return name.startsWith(prefix) ? [{ name, person, kind }] : [];
    });
  } catch {
    return [];
  }
}

/** Forgets every document on this device, or those of one report and person. */
export async function forgetDocuments(of?: { readonly report: string; readonly person: string }): Promise<void> {
  const prefix = of ? `${PREFIX}${of.report}/${of.person}/` : PREFIX;
  try {
    const databases = await indexedDB.databases();
    await Promise.all(
      databases.map(async ({ name }) => {
        if (name?.startsWith(prefix)) await deleteDatabase(name);
      }),
    );
  } catch {
    // No storage: nothing was kept.
  }
}
