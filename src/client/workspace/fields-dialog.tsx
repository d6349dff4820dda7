import type { ReactElement } from "react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldsMap, ORIGIN } from "#collab";
import { fieldsOf } from "#model";
import { FieldInput } from "../reports/field-input.tsx";
import { problemsOf, sentFields } from "../reports/report-form.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import styles from "./fields-dialog.module.css";
import { useWorkspace } from "./workspace.tsx";

/** The fields of heading and signature. Only those that were changed are written: others may be at work on the rest. */
export function FieldsDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t } = useTranslation("workspace");
  const { report, body } = useWorkspace();
  const specs = useMemo(() => fieldsOf(report.template, report.ruleSet), [report.template, report.ruleSet]);
  const [changed, setChanged] = useState<Readonly<Record<string, string>>>({});
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const values = Object.fromEntries(specs.map((spec) => [spec.id, changed[spec.id] ?? report.fields[spec.id] ?? ""]));
  const problems = problemsOf(specs, values);
  const wrong = specs.some((spec) => changed[spec.id] !== undefined && problems.has(spec.id));
  const save = (): void => {
    const clean = sentFields(specs, values);
    const fields = fieldsMap(body);
    body.transact(() => {
      for (const id of Object.keys(changed)) if (clean[id] !== undefined) fields.set(id, clean[id]);
    }, ORIGIN.editor);
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t("fields.title")}
      description={t("fields.text")}
      size="l"
      footer={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button variant="primary" disabled={wrong} onClick={save}>
            {t("fields.save")}
          </Button>
        </>
      }
    >
      <div className={styles["fields"]}>
        {specs.map((spec) => (
          <FieldInput
            key={spec.id}
            spec={spec}
            value={values[spec.id] ?? ""}
            problem={left.has(spec.id) ? (problems.get(spec.id) ?? null) : null}
            onChange={(value) => setChanged((before) => ({ ...before, [spec.id]: value }))}
            onLeave={() => setLeft((before) => new Set([...before, spec.id]))}
          />
        ))}
      </div>
    </Dialog>
  );
}
