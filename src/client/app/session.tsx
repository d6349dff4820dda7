import type { ReactElement, ReactNode } from "react";
import { createContext, useContext, useMemo, useState } from "react";
import type { Session } from "#protocol";
import { forgetDocuments } from "../live/device-store.ts";
import { api } from "./api.ts";
import { keptAnswers } from "./kept.ts";
import { Resource, useResource } from "./resource.ts";

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

async function signOut(): Promise<void> {
  await api.signOut();
  await Promise.all([keptAnswers.clear(), forgetDocuments()]);
  window.location.assign("/");
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
  const [resource] = useState(() => new Resource(() => api.session()));
  const { value: session, error } = useResource(resource);
  const value = useMemo(() => session && { session, refresh: resource.refresh, signOut }, [session, resource]);
  if (value) return <SessionContext value={value}>{children}</SessionContext>;
  return <>{error === null ? waiting : failed(error, () => void resource.refresh())}</>;
}
