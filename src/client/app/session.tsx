import type { ReactElement, ReactNode } from "react";
import { createContext, useCallback, useContext, useEffect, useMemo, useState } from "react";
import type { Session } from "#protocol";
import { forgetDocuments } from "../live/device-store.ts";
import { api } from "./api.ts";
import { keptAnswers } from "./kept.ts";

/** Who this browser is, and how to change that. */
export interface SessionValue {
  readonly session: Session;
  /** Asks the server again: after a name was changed or a report made. */
  readonly refresh: () => Promise<void>;
  /** Ends the session and forgets everything of the reports on this device, also what was not yet sent. */
  readonly signOut: () => Promise<void>;
}

const SessionContext = createContext<SessionValue | null>(null);

/** The session of the page. Only inside {@link SessionProvider}, which shows nothing of it before it is known. */
export function useSession(): SessionValue {
  const value = useContext(SessionContext);
  if (!value) throw new Error("useSession outside SessionProvider");
  return value;
}

/** True where the session opens no door at all: no chair, no report. */
export function isSignedOut(session: Session): boolean {
  return !session.chair && session.memberships.length === 0;
}

/**
 * Fetches the session and gives it to everything inside. `waiting` is drawn until it is known, `failed` where it cannot
 * be known.
 */
export function SessionProvider({
  waiting,
  failed,
  children,
}: {
  readonly waiting: ReactNode;
  readonly failed: (error: unknown, again: () => void) => ReactNode;
  readonly children: ReactNode;
}): ReactElement {
  const [session, setSession] = useState<Session | null>(null);
  const [error, setError] = useState<unknown>(null);
  const refresh = useCallback(async () => {
    try {
      setSession(await api.session());
      setError(null);
    } catch (reason) {
      setError(reason);
    }
  }, []);
  useEffect(() => void refresh(), [refresh]);
  const value = useMemo<SessionValue | null>(
    () =>
      session && {
        session,
        refresh,
        signOut: async () => {
          await api.signOut();
          await Promise.all([keptAnswers.clear(), forgetDocuments()]);
          window.location.assign("/");
        },
      },
    [session, refresh],
  );
  if (value) return <SessionContext value={value}>{children}</SessionContext>;
  return <>{error === null ? waiting : failed(error, () => void refresh())}</>;
}
