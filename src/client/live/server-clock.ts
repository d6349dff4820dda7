/**
 * The server's clock as far as this page knows it. Times in records come from here, so that a phone whose clock is
 * wrong does not put a comment before the round it belongs to.
 */
export class ServerClock {
  private offset = 0;
  private readonly local: () => number;

  constructor(local: () => number) {
    this.local = local;
  }

  /** Learns from an answer that gives the server's time. It counts as made when it arrived: at worst late by the way. */
  learn(serverTime: string): void {
    const server = Date.parse(serverTime);
    if (!Number.isNaN(server)) this.offset = server - this.local();
  }

  /** Milliseconds since 1970. */
  now(): number {
    return this.local() + this.offset;
  }

  /** The form of times in records: UTC, ISO 8601 with milliseconds. */
  iso(): string {
    return new Date(this.now()).toISOString();
  }
}
