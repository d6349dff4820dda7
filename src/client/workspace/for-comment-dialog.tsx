import type { ReactElement } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { compareNames, roundOf } from "#model";
import type { CopyRequest } from "../app/api.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { SelectField } from "../ui/field.tsx";
import styles from "./export-menu.module.css";
import { useWorkspace } from "./workspace.tsx";

const ALLOWED = ["comments", "changes"] as const;

/** Asks for whom a copy for comments is, and what Word lets them do in it. */
export function ForCommentDialog({
  form,
  onClose,
  onExport,
}: {
  /** What is made; null while nothing is asked for. */
  readonly form: "docx" | "pdf" | null;
  readonly onClose: () => void;
  readonly onExport: (request: CopyRequest) => void;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const { report } = useWorkspace();
  const [person, setPerson] = useState("");
  const [allow, setAllow] = useState<(typeof ALLOWED)[number]>("comments");
  const delegates = report.people
    .filter(({ role }) => role === "delegate")
    .toSorted((a, b) => compareNames(a.name, b.name));
  return (
    <Dialog
      open={form !== null}
      onOpenChange={onClose}
      title={t(form === "pdf" ? "export.for-comment.pdf" : "export.for-comment")}
      description={t(form === "pdf" ? "copy.aboutPdf" : "copy.about", {
        round: roundOf(report.rounds)?.number ?? "",
      })}
      footer={
        <>
          <Button onClick={onClose}>{t("copy.cancel")}</Button>
          <Button
            variant="primary"
            onClick={() =>
              onExport({
                allow,
                ...(person === "" ? {} : { person }),
                ...(form === "pdf" ? { format: form } : {}),
              })
            }
          >
            {t("copy.download")}
          </Button>
        </>
      }
    >
      <div className={styles["fields"]}>
        <SelectField
          label={t("copy.person")}
          hint={t("copy.personHint")}
          value={person}
          onChange={setPerson}
          choices={[
            { value: "", label: t("copy.anybody") },
            ...delegates.map(({ id, name, unit }) => ({ value: id, label: unit === "" ? name : `${name}, ${unit}` })),
          ]}
        />
        {form === "pdf" ? null : (
          <SelectField
            label={t("copy.allow")}
            hint={t(`copy.allowHint.${allow}`)}
            value={allow}
            onChange={(value) => setAllow(ALLOWED.find((known) => known === value) ?? "comments")}
            choices={ALLOWED.map((value) => ({ value, label: t(`copy.allow.${value}`) }))}
          />
        )}
      </div>
    </Dialog>
  );
}
