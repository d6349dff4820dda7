import { fork } from "node:child_process";

/**
 * A program that shares its work among processes of itself. `share` does one part in such a process; what it gives, and
 * what it was given, is sent between them as JSON. `main` divides the work and gives the exit code.
 */
export async function shareWork(
  share: (part: unknown) => object | Promise<object>,
  main: () => Promise<number>,
): Promise<void> {
  const [option, given] = process.argv.slice(2);
  if (option === "--share" && process.send) process.send(await share(JSON.parse(given ?? "")));
  else process.exitCode = await main();
}

/** Has another process of the program in `file` do a part. Rejects where that ends without an answer. */
export function askProcess<Findings>(file: string, part: object): Promise<Findings> {
  return new Promise((resolve, reject) => {
    const child = fork(file, ["--share", JSON.stringify(part)]);
    let answer: { readonly found: Findings } | null = null;
    child.on("message", (message) => {
      answer = { found: message as Findings };
    });
    child.on("error", reject);
    child.on("exit", () => {
      if (answer) resolve(answer.found);
      else reject(new Error(`a process ended without an answer: ${JSON.stringify(part)}`));
    });
  });
}
