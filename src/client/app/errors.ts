import type { Language } from "#model";
import { say, textKeys, TongketError } from "#model";
import type { ErrorBody } from "#protocol";

/** A refusal by the server: the code and details of its error, the words it found for them, and the HTTP status. */
export class ServerRefusal extends TongketError {
  readonly status: number;
  readonly text: string;

  constructor(status: number, error: ErrorBody["error"]) {
    super(error.code, error.details);
    this.status = status;
    this.text = error.message;
  }
}

/** The server could not be reached: no network, or nothing answers. */
export function unreachable(cause: unknown): TongketError {
  return new TongketError("server-unreachable", {}, { cause });
}

/** The server answered, but not in a way that says why: a proxy's page, or a fault inside it. */
export function serverFailed(status: number): TongketError {
  return new TongketError("server-answer", { status });
}

/** True where the error only means that there is no connection now. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof TongketError && error.code === "server-unreachable";
}

/** What went wrong, in words for the person. An error of no known kind is told as an unexpected one. */
export function problemText(language: Language, error: unknown): string {
  if (!(error instanceof TongketError)) return say(language, "error.page-broken");
  const key = `error.${error.code}`;
  if (textKeys(language).includes(key)) return say(language, key, error.details);
  return error instanceof ServerRefusal && error.text !== "" ? error.text : say(language, "error.page-broken");
}
