/**
 * How many changes of a document the server has not committed: this page's own, and those that earlier pages, or other
 * tabs, left on the device under their keys.
 */
export class UnsavedTally {
  private count = 0;
  private found: ReadonlyMap<string, number> = new Map();

  /** This page's own. */
  get own(): number {
    return this.count;
  }

  get total(): number {
    let total = this.count;
    for (const count of this.found.values()) total += count;
    return total;
  }

  add(): void {
    this.count++;
  }

  /** Takes in what the device has counted. */
  find(counts: ReadonlyMap<string, number>): void {
    this.found = counts;
  }

  /** The server has everything. Gives the keys whose figures have ended. */
  confirmed(): string[] {
    const ended = [...this.found.keys()];
    this.count = 0;
    this.found = new Map();
    return ended;
  }
}
