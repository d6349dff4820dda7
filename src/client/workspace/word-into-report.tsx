import type { ReactElement, RefObject } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { readText } from "#collab";
import type { ImportPlan, ReportText, Template } from "#model";
import { blocksOfInput, isEmptySlot, slotsOf } from "#model";
import type * as Y from "yjs";
import { api } from "../app/api.ts";
import { problemText } from "../app/errors.ts";
import { newId } from "../app/new-id.ts";
import { useLanguage } from "../language/use-language.ts";
import { Spinner } from "../ui/spinner.tsx";
import { useToast } from "../ui/toast.tsx";
import type { Brought } from "../word-import/placing.ts";
import { WordFileInput } from "../word-import/word-file-button.tsx";
import { WordImportDialog } from "../word-import/word-import-dialog.tsx";
import { diffWords } from "./compare/word-diff.ts";
import styles from "./export-menu.module.css";
import { useWorkspace } from "./workspace.tsx";

/**
 * Brings a Word file into the empty sections of the report, as edits of the person at work, one step of undo. A section
 * in which somebody has written, also in the meantime, stays as it is.
 */
export function WordIntoReport({ inputRef }: { readonly inputRef: RefObject<HTMLInputElement | null> }): ReactElement {
  const { t } = useTranslation("shell");
  const language = useLanguage();
  const toast = useToast();
  const { report, body, editor } = useWorkspace();
  const { template } = report;
  const [reading, setReading] = useState<string | null>(null);
  const [placing, setPlacing] = useState<{ name: string; plan: ImportPlan } | null>(null);

  const read = async (file: File): Promise<void> => {
    setReading(file.name);
    try {
      setPlacing({ name: file.name, plan: await api.planWord({ report: report.id }, file) });
    } catch (error) {
      toast({ title: problemText(language, error), tone: "danger" });
    } finally {
      setReading(null);
    }
  };
  const use = (brought: Brought): void => {
    const { seen, target, filled } = withBrought(body, template, brought);
    const [first] = filled;
    if (first === undefined && Object.keys(brought.fields).length === 0) {
      toast({ title: t("word.nothing"), tone: "danger" });
      return;
    }
    if (!editor?.restore(seen, target, diffWords)) {
      toast({ title: t("word.later"), tone: "danger" });
      return;
    }
    setPlacing(null);
    toast({ title: t("word.done", { count: filled.length }), tone: "ok" });
    if (first !== undefined) editor.reveal(first);
  };
  return (
    <>
      <WordFileInput inputRef={inputRef} onFile={(file) => void read(file)} />
      {reading === null ? null : (
        <div className={styles["progress"]} role="status">
          <Spinner />
          <span>{t("word.reading", { name: reading })}</span>
        </div>
      )}
      {placing ? (
        <WordImportDialog
          name={placing.name}
          plan={placing.plan}
          ground={{ template, ruleSet: report.ruleSet, fields: report.fields, taken: written(body, template) }}
          onUse={use}
          onClose={() => setPlacing(null)}
        />
      ) : null}
    </>
  );
}

/** The sections that have words at this moment: the plain report follows what is typed only after a while. */
function written(body: Y.Doc, template: Template): ReadonlySet<string> {
  const { slots } = readText(body, template);
  return new Set(slotsOf(template).flatMap(({ id }) => (isEmptySlot(slots[id]) ? [] : [id])));
}

/** The text as it is at this moment, and as it is to be: only sections that are empty now receive any. */
function withBrought(
  body: Y.Doc,
  template: Template,
  brought: Brought,
): { readonly seen: ReportText; readonly target: ReportText; readonly filled: readonly string[] } {
  const seen = readText(body, template);
  const filled = Object.keys(brought.slots).filter((slot) => isEmptySlot(seen.slots[slot]));
  const slots = Object.fromEntries(filled.map((slot) => [slot, blocksOfInput(brought.slots[slot] ?? [], newId)]));
  const target = { slots: { ...seen.slots, ...slots }, fields: { ...seen.fields, ...brought.fields } };
  return { seen, target, filled };
}
