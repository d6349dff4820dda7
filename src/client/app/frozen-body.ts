import { useEffect, useMemo } from "react";
import { docFrom } from "#collab";
import type * as Y from "yjs";
import { api } from "./api.ts";
import { Resource, useResource } from "./resource.ts";

/** A frozen body as far as it is here. */
export interface FrozenBody {
  /** Null while it is on its way, after a failure, and where nothing is asked for. */
  readonly doc: Y.Doc | null;
  /** Why it could not be fetched; null while nothing went wrong. */
  readonly error: unknown;
  readonly again: () => Promise<void>;
}

/** The body of a version. Null asks for nothing. A failure is tried again by itself when the network comes back. */
export function useFrozenBody(report: string, version: string | null): FrozenBody {
  const resource = useMemo(
    () =>
      new Resource<Y.Doc | null>(async () => (version === null ? null : docFrom(await api.version(report, version)))),
    [report, version],
  );
  useEffect(() => {
    const retry = (): void => {
      // A version never changes: what is here stays.
      if (resource.getSnapshot().value === null) void resource.refresh();
    };
    window.addEventListener("online", retry);
    return () => window.removeEventListener("online", retry);
  }, [resource]);
  const { value: doc, error } = useResource(resource);
  return { doc, error: doc === null ? error : null, again: resource.refresh };
}
