/**
 * Puts a text on the clipboard; false where the browser does not let us. Browsers give their clipboard only to secure
 * origins, and a laptop that serves a meeting room is none: there a selected field is copied as by hand.
 */
export async function copyText(text: string): Promise<boolean> {
  if (window.isSecureContext) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  }
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
  }
}
