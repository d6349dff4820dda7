import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";

/** What one fresh process cost, with all it started. */
export interface ProcessCost {
  /** Milliseconds from its start to its end. */
  readonly time: number;
  /** Milliseconds of the processor, of all of them together: on a busy machine they keep their ratio. */
  readonly work: number;
  /** Bytes of the largest of its processes; 0 where the system does not tell. */
  readonly peak: number;
  readonly output: string;
}

/** How often the memory is looked at, in milliseconds: the system itself keeps the highest mark of each process. */
const LOOK = 15;

/** Runs a program to its end. Rejects where it fails. */
export function costOf(
  program: string,
  args: readonly string[],
  options: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<ProcessCost> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    // The shell counts the processor's time of all that it waits for.
    const child = spawn("bash", ["-c", 'TIMEFORMAT="%U %S"; time "$@"', "cost", program, ...args], {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let peak = 0;
    let output = "";
    let said = "";
    child.stdout.on("data", (words: Buffer) => (output += words.toString()));
    child.stderr.on("data", (words: Buffer) => (said = `${said}${words.toString()}`.slice(-400)));
    const look = (): void => {
      for (const pid of family(child.pid ?? 0)) peak = Math.max(peak, highest(pid));
    };
    const timer = setInterval(look, LOOK);
    child.on("error", (error) => {
      clearInterval(timer);
      reject(error);
    });
    child.on("close", (code) => {
      const time = performance.now() - start;
      clearInterval(timer);
      const [, user, system] = /([\d.]+) ([\d.]+)\s*$/.exec(said) ?? [];
      const work = (Number(user) + Number(system)) * 1000;
      if (code === 0) resolve({ time, work, peak, output });
      else reject(new Error(`${program} ended with ${code ?? "a signal"}: ${said}`));
    });
  });
}

/** A process and all that descend from it. */
function family(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of namesIn("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    // The name of the program stands in brackets and may hold anything; the parent is the second field behind them.
    const parent = Number(textOf(`/proc/${name}/stat`).split(") ").at(-1)?.split(" ")[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const found = [root];
  for (const pid of found) found.push(...(children.get(pid) ?? []));
  return found;
}

function highest(pid: number): number {
  return Number(/VmHWM:\s+(\d+) kB/.exec(textOf(`/proc/${pid}/status`))?.[1] ?? 0) * 1024;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // It has ended in the meantime.
    return "";
  }
}
