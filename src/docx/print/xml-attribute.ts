import { printable } from "./printable.ts";

/** A text as the value of an attribute, between double quotes. */
export function xmlAttribute(text: string): string {
  return printable(text)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll('"', "&quot;")
    .replaceAll(/[\t\n\r]/g, " ");
}
