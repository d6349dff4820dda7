/** How much may come in: so much at once, and so much per second in the long run. */
export interface Allowance {
  readonly messages: { readonly burst: number; readonly perSecond: number };
  readonly bytes: { readonly burst: number; readonly perSecond: number };
}

/** Counts what somebody sends against an allowance. `clock` gives milliseconds that only grow. */
export class Meter {
  private readonly allowance: Allowance;
  private readonly clock: () => number;
  private messages: number;
  private bytes: number;
  private at: number;

  constructor(allowance: Allowance, clock: () => number) {
    this.allowance = allowance;
    this.clock = clock;
    this.messages = allowance.messages.burst;
    this.bytes = allowance.bytes.burst;
    this.at = clock();
  }

  /** Takes one message of so many bytes off the allowance; false where it is used up. */
  take(bytes: number): boolean {
    const now = this.clock();
    const seconds = (now - this.at) / 1000;
    this.at = now;
    const { messages: m, bytes: b } = this.allowance;
    this.messages = Math.min(m.burst, this.messages + seconds * m.perSecond) - 1;
    this.bytes = Math.min(b.burst, this.bytes + seconds * b.perSecond) - bytes;
    return this.messages >= 0 && this.bytes >= 0;
  }

  /** True where nothing is missing of what may come at once. */
  get isFull(): boolean {
    const seconds = (this.clock() - this.at) / 1000;
    const { messages: m, bytes: b } = this.allowance;
    return this.messages + seconds * m.perSecond >= m.burst && this.bytes + seconds * b.perSecond >= b.burst;
  }

  /** Takes so many bytes off the allowance for what is asked for; false where it is used up. */
  charge(bytes: number): boolean {
    this.messages++;
    return this.take(bytes);
  }
}
