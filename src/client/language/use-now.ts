import { useSyncExternalStore } from "react";

const MINUTE = 60_000;

function everyMinute(listener: () => void): () => void {
  const timer = setInterval(listener, MINUTE / 4);
  return () => clearInterval(timer);
}

/** This device's clock in milliseconds, to the minute: what says *5 minutes ago* stays true while one looks at it. */
export function useNow(): number {
  return useSyncExternalStore(everyMinute, () => Math.floor(Date.now() / MINUTE) * MINUTE);
}
