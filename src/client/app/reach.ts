import { useSyncExternalStore } from "react";

/** Whether the server answered the last time something was asked of it. */
export class Reach {
  private reached = true;
  private readonly listeners = new Set<() => void>();

  readonly getSnapshot = (): boolean => this.reached;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  note(reached: boolean): void {
    if (reached === this.reached) return;
    this.reached = reached;
    for (const listener of this.listeners) listener();
  }
}

/** Follows a {@link Reach}: the component is drawn again when it changes. */
export function useReach(reach: Reach): boolean {
  return useSyncExternalStore(reach.subscribe, reach.getSnapshot);
}
