import { useEffect, useEffectEvent, useState } from "react";
import type { TemplateChoice } from "#protocol";
import { api } from "../app/api.ts";
import type { LaidWord, WordDraft } from "../word-import/laid-word.ts";
import { carriedOver } from "../word-import/laid-word.ts";

/** The Word file that a report is begun from, on the template that is chosen. */
export interface WordDrafting {
  readonly draft: WordDraft | null;
  /** How it lies on this template; null while it is being laid, or could not be. */
  readonly laid: LaidWord | null;
  /** Why it could not be laid on this template. */
  readonly failure: Error | null;
  readonly set: (draft: WordDraft | null) => void;
  readonly again: () => void;
}

/**
 * Keeps a Word file over changes of the template: on one that is new to it, it is laid by the server with what a person
 * had chosen before; on one that had it already, it lies as it did.
 */
export function useWordDraft(
  { template }: TemplateChoice,
  year: string,
  onLaid: (laid: LaidWord) => void,
): WordDrafting {
  const [draft, setDraft] = useState<WordDraft | null>(null);
  const [failed, setFailed] = useState<{ readonly template: string; readonly error: Error } | null>(null);
  const laid = draft?.laid[template.id] ?? null;
  const failure = draft && !laid && failed?.template === template.id ? failed.error : null;
  const bytes = draft && !laid && !failure ? draft.bytes : null;

  const lay = useEffectEvent((plan: LaidWord["plan"]) => {
    const before = draft?.laid[draft.last];
    if (!draft || !before) return;
    const own = carriedOver(before, template, plan, year);
    setDraft({ ...draft, laid: { ...draft.laid, [template.id]: own } });
    onLaid(own);
  });
  useEffect(() => {
    if (!bytes) return undefined;
    let current = true;
    const work = async (): Promise<void> => {
      try {
        const plan = await api.planWord({ template: template.id }, bytes);
        if (current) lay(plan);
      } catch (error) {
        if (current) setFailed({ template: template.id, error: error instanceof Error ? error : new Error() });
      }
    };
    void work();
    return () => {
      current = false;
    };
  }, [bytes, template.id]);

  const set = (next: WordDraft | null): void => {
    setFailed(null);
    setDraft(next);
  };
  return { draft, laid, failure, set, again: () => setFailed(null) };
}
