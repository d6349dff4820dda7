/** How long changes are gathered before delegates are told that others' comments have changed, milliseconds. */
const GATHER = 1500;

/** Tells delegates that others' comments have changed, at most so often however many write at once. */
export class Herald {
  private readonly tell: (report: string) => Promise<void>;
  private readonly timers = new Map<string, NodeJS.Timeout>();

  constructor(tell: (report: string) => Promise<void>) {
    this.tell = tell;
  }

  touch(report: string): void {
    if (this.timers.has(report)) return;
    const timer = setTimeout(() => {
      this.timers.delete(report);
      void this.tell(report);
    }, GATHER);
    timer.unref();
    this.timers.set(report, timer);
  }

  close(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }
}
