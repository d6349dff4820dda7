import type { ReactElement, ReactNode } from "react";
import { createContext, useContext, useEffect, useMemo, useState } from "react";
import { docFrom, readText } from "#collab";
import type { FrozenDraft } from "#comments";
import { carriedOut, draftsToCompare } from "#comments";
import type { PlaceChange } from "#model";
import { api } from "../app/api.ts";
import { useWorkspace } from "./workspace.tsx";

type Changes = ReadonlyMap<string, PlaceChange>;

const NONE: Changes = new Map();

const ChangesContext = createContext<Changes>(NONE);

/** What became of the text at the place of each comment that was taken up, by the id of the comment. */
export function useCarriedOut(): Changes {
  return useContext(ChangesContext);
}

/** How long the text and the answers must rest before they are compared with the drafts again, in milliseconds. */
const LAG = 1200;

/** Compares the text with the drafts that its comments were made on, for everything inside it. */
export function CarriedOutProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const { report, committee } = useWorkspace();
  const [drafts, setDrafts] = useState<ReadonlyMap<string, FrozenDraft>>(new Map());
  const [changes, setChanges] = useState<Changes>(NONE);
  const asked = useMemo(() => (committee ? draftsToCompare(report).join(" ") : ""), [committee, report]);
  const { id, template } = report;
  useEffect(() => {
    const missing = asked.split(" ").filter((version) => version !== "" && !drafts.has(version));
    if (missing.length === 0) return undefined;
    let gone = false;
    const fetchAll = async (): Promise<void> => {
      const found = await Promise.all(
        missing.map(async (version): Promise<[string, FrozenDraft]> => {
          const body = docFrom(await api.version(id, version));
          return [version, { body, text: readText(body, template) }];
        }),
      );
      if (!gone) setDrafts((before) => new Map([...before, ...found]));
    };
    // Without a network nothing is said of changes; it is asked for again when there is one.
    const load = (): void => void fetchAll().catch(() => undefined);
    load();
    window.addEventListener("online", load);
    return () => {
      gone = true;
      window.removeEventListener("online", load);
    };
  }, [asked, drafts, id, template]);
  useEffect(() => {
    if (drafts.size === 0) return undefined;
    const timer = setTimeout(() => setChanges((before) => unlessSame(before, carriedOut(report, drafts))), LAG);
    return () => clearTimeout(timer);
  }, [report, drafts]);
  return <ChangesContext value={changes}>{children}</ChangesContext>;
}

function unlessSame(before: Changes, after: Changes): Changes {
  return JSON.stringify([...before]) === JSON.stringify([...after]) ? before : after;
}
