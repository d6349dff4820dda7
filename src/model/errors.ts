/**
 * An error that a person reads. `code` is stable and names a text in the language files and a row in docs/errors.md;
 * `details` fill that text: what is wrong, where (a file, a JSON pointer, a slot), and what was expected.
 */
export class TongketError extends Error {
  readonly code: string;
  readonly details: Readonly<Record<string, string | number>>;

  constructor(code: string, details: Readonly<Record<string, string | number>> = {}, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(details)}`, options);
    this.name = "TongketError";
    this.code = code;
    this.details = details;
  }
}
