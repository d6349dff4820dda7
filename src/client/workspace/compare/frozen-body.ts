import { useCallback, useEffect, useState } from "react";
import { docFrom } from "#collab";
import type * as Y from "yjs";
import { api } from "../../app/api.ts";

/** A frozen body as far as it is here. */
export type FrozenBody =
  | { readonly state: "loading" }
  | { readonly state: "failed"; readonly error: unknown }
  | { readonly state: "ready"; readonly doc: Y.Doc };

const LOADING: FrozenBody = { state: "loading" };

/**
 * The body of a version, fetched once it is asked for, and a function that tries again after a failure. Null asks for
 * nothing and stays loading.
 */
export function useFrozenBody(report: string, version: string | null): readonly [FrozenBody, () => void] {
  const [attempt, setAttempt] = useState(0);
  const [loaded, setLoaded] = useState<{ readonly version: string; readonly body: FrozenBody } | null>(null);
  useEffect(() => {
    if (version === null) return undefined;
    let current = true;
    const load = async (): Promise<void> => {
      let body: FrozenBody;
      try {
        body = { state: "ready", doc: docFrom(await api.version(report, version)) };
      } catch (error) {
        body = { state: "failed", error };
      }
      if (current) setLoaded({ version, body });
    };
    void load();
    return () => {
      current = false;
    };
  }, [report, version, attempt]);
  const again = useCallback(() => {
    setLoaded(null);
    setAttempt((before) => before + 1);
  }, []);
  // What was loaded for another version says nothing of this one.
  return [loaded !== null && loaded.version === version ? loaded.body : LOADING, again];
}
