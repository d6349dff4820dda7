/** How long an answer may take before the socket counts as dead, and how long after the page has slept. */
export const PATIENCE = 12_000;
const WAKING_PATIENCE = 4_000;
/** How long a socket may take to open: a network that swallows everything lets it hang for minutes. */
const DIALLING_PATIENCE = 10_000;
/** A clock that jumps so far between two looks has slept: a closed lid, a frozen page. */
const SLEPT = 10_000;

/**
 * Tells a socket that lives from one that only seems open: its network went away without a word, or its page has slept.
 * Whoever has it says what happens and looks now and then.
 */
export class Pulse {
  private readonly now: () => number;
  private askedAt: number | null = null;
  private dialledAt: number | null = null;
  private patience = PATIENCE;
  private looked: number;

  constructor(now: () => number) {
    this.now = now;
    this.looked = now();
  }

  /** A new socket is being opened. */
  dialled(): void {
    this.askedAt = null;
    this.dialledAt = this.now();
  }

  opened(): void {
    this.dialledAt = null;
  }

  closed(): void {
    this.askedAt = this.dialledAt = null;
  }

  /** Something goes out that is answered. */
  asked(waking = false): void {
    if (waking) this.askedAt = null;
    this.patience = waking ? WAKING_PATIENCE : PATIENCE;
    this.askedAt ??= this.now();
  }

  /** Anything came in. */
  heard(): void {
    this.askedAt = null;
  }

  /** What a look finds: `dead` where the socket is to be given up, `slept` where it is to be asked at once. */
  look(): "well" | "dead" | "slept" {
    const now = this.now();
    const slept = now - this.looked > SLEPT;
    this.looked = now;
    if (slept) {
      // What was asked before may have been answered to nobody.
      this.askedAt = null;
      if (this.dialledAt === null) return "slept";
    }
    if (this.askedAt !== null && now - this.askedAt > this.patience) return "dead";
    return this.dialledAt !== null && now - this.dialledAt > DIALLING_PATIENCE ? "dead" : "well";
  }
}
