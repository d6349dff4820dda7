import { useSyncExternalStore } from "react";

/** What is known of something fetched: nothing yet, a value, or why there is none. A value outlives a later failure. */
export interface Fetched<T> {
  readonly value: T | null;
  readonly error: unknown;
}

/**
 * Something fetched from the server, fetched on the first look at it and again on {@link refresh}. Of several fetches
 * at once the last one asked for counts.
 */
export class Resource<T> {
  private readonly load: () => Promise<T>;
  private readonly listeners = new Set<() => void>();
  private fetched: Fetched<T> = { value: null, error: null };
  private asked = 0;

  constructor(load: () => Promise<T>) {
    this.load = load;
  }

  readonly getSnapshot = (): Fetched<T> => this.fetched;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    if (this.asked === 0) void this.refresh();
    return () => this.listeners.delete(listener);
  };

  /** Fetches again; settles when that is over, well or badly. What is shown meanwhile stays. */
  readonly refresh = async (): Promise<void> => {
    const turn = ++this.asked;
    let next: Fetched<T>;
    try {
      next = { value: await this.load(), error: null };
    } catch (error) {
      next = { value: this.fetched.value, error };
    }
    if (turn === this.asked) this.set(next);
  };

  /** Puts a value in place before the server says so: a row that was just deleted, a name just changed. */
  assume(change: (value: T) => T): void {
    if (this.fetched.value !== null) this.set({ value: change(this.fetched.value), error: this.fetched.error });
  }

  private set(next: Fetched<T>): void {
    this.fetched = next;
    for (const listener of this.listeners) listener();
  }
}

/** Follows a {@link Resource}: the component is drawn again when it changes. */
export function useResource<T>(resource: Resource<T>): Fetched<T> {
  return useSyncExternalStore(resource.subscribe, resource.getSnapshot);
}
