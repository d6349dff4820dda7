import { useCallback } from "react";
import { putStance } from "#comments";
import type { Notes } from "#comments";
import type { Stance, Voice } from "#model";
import type { LiveReport } from "../live/live-report.ts";

/** What of a stance is changed; a voice that is null is taken back. */
export interface StanceChange {
  readonly agrees?: boolean;
  readonly voice?: Voice | null;
}

/** What one declares of a round so far, and how to change it. */
export function useStance(
  live: LiveReport,
  notes: Notes,
  made: { readonly author: string; readonly round: number; readonly late: boolean },
): [stance: Stance | null, change: (change: StanceChange) => void] {
  const { author, round, late } = made;
  const stance = notes.stances.find((one) => one.round === round) ?? null;
  const change = useCallback(
    (changed: StanceChange): void => {
      const now = live.clock.iso();
      const voice = changed.voice === undefined ? stance?.voice : (changed.voice ?? undefined);
      putStance(live.document("notes").doc, {
        author,
        round,
        agrees: changed.agrees ?? stance?.agrees ?? false,
        ...(voice === undefined ? {} : { voice }),
        createdAt: stance?.createdAt ?? now,
        ...(stance ? { editedAt: now } : {}),
        ...(late ? { late: true } : {}),
      });
    },
    [live, stance, author, round, late],
  );
  return [stance, change];
}
