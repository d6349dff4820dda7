import { useCallback, useSyncExternalStore } from "react";
import type { Round, RoundState } from "#model";
import { roundState } from "#model";
import type { ServerClock } from "./server-clock.ts";

function everySecond(listener: () => void): () => void {
  const timer = setInterval(listener, 1000);
  return () => clearInterval(timer);
}

/** What a round is now, by the server's clock: the component is drawn again when that changes, the deadline included. */
export function useRoundState(round: Round, clock: ServerClock): RoundState {
  return useSyncExternalStore(
    everySecond,
    useCallback(() => roundState(round, clock.iso()), [round, clock]),
  );
}

/** How long it is until an instant, in milliseconds: to the minute, in the last minute to the second. */
export function useTimeLeft(instant: string, clock: ServerClock): number {
  return useSyncExternalStore(
    everySecond,
    useCallback(() => {
      const left = Math.max(0, Date.parse(instant) - clock.now());
      const step = left > 60_000 ? 60_000 : 1000;
      return Math.ceil(left / step) * step;
    }, [instant, clock]),
  );
}
