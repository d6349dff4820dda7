import { FileUp } from "lucide-react";
import type { ReactElement } from "react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { CopyFate } from "#protocol";
import { may } from "#protocol";
import { Button } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { Spinner } from "../../ui/spinner.tsx";
import { useWorkspace } from "../workspace.tsx";
import { CopyCard } from "./copy-card.tsx";
import styles from "./returned.module.css";
import type { ChosenFile, Copies } from "./use-copies.ts";
import { previewsOf, settledPerson, useCopies } from "./use-copies.ts";

/** What is there already, in these words or in newer ones. */
const STANDING: ReadonlySet<CopyFate | undefined> = new Set(["known", "older"]);

/** Takes Word copies that come back: files are chosen or dropped, read, looked at, and only then taken. */
export function ReturnedDialog({
  open,
  onClose,
}: {
  readonly open: boolean;
  readonly onClose: () => void;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const { report, me } = useWorkspace();
  const copies = useCopies(report.id);
  const { files, choices, busy, taken } = copies;
  const previews = previewsOf(files);
  const late = previews.some(({ closed }) => closed) && !may(me.role, "collect-late");
  const count = previews.reduce(
    (sum, preview) =>
      sum +
      preview.read.remarks.filter(
        ({ author }, index) => settledPerson(preview, author, choices) !== "" && !STANDING.has(preview.fates[index]),
      ).length,
    0,
  );
  const close = (): void => {
    copies.clear();
    onClose();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      size="l"
      title={t("returned.title")}
      description={t("returned.about")}
      footer={
        taken ? (
          <Button variant="primary" onClick={close}>
            {t("returned.close")}
          </Button>
        ) : (
          <>
            <Button onClick={close}>{t("returned.cancel")}</Button>
            <Button
              variant="primary"
              busy={busy && files.length > 0}
              disabled={count === 0 || late}
              onClick={() => void copies.take()}
            >
              {t("returned.take", { count })}
            </Button>
          </>
        )
      }
    >
      {taken ? <Taken copies={copies} /> : <Choosing copies={copies} />}
      {late ? <p className={styles["note"]}>{t("returned.late")}</p> : null}
      {copies.problem === null ? null : (
        <p role="alert" className={styles["problem"]}>
          {copies.problem}
        </p>
      )}
    </Dialog>
  );
}

function Choosing({ copies }: { readonly copies: Copies }): ReactElement {
  const { t } = useTranslation("workspace");
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const { files, choices } = copies;
  const read = files.filter(({ state }) => state === "read" || state === "failed").length;
  return (
    <>
      <div
        className={classNames(styles["drop"], over && styles["over"])}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          copies.add([...event.dataTransfer.files]);
        }}
      >
        <p>{t("returned.drop")}</p>
        <Button icon={<FileUp />} onClick={() => input.current?.click()}>
          {t("returned.choose")}
        </Button>
        <input
          ref={input}
          type="file"
          accept=".docx,.doc,.odt,.rtf,.zip"
          multiple
          hidden
          aria-label={t("returned.choose")}
          onChange={(event) => {
            const chosen = [...(event.currentTarget.files ?? [])];
            event.currentTarget.value = "";
            copies.add(chosen);
          }}
        />
      </div>
      <p role="status" className={styles["progress"]}>
        {files.length === 0 ? "" : t("returned.progress", { read, count: files.length })}
      </p>
      {files.map((file) => (
        <FileState key={file.key} file={file}>
          {previewsOf([file]).map((preview) => (
            <CopyCard
              key={preview.copy}
              preview={preview}
              choices={choices}
              onChoose={(name, person) => copies.choose(preview.copy, name, person)}
            />
          ))}
        </FileState>
      ))}
    </>
  );
}

function FileState({
  file,
  children,
}: {
  readonly file: ChosenFile;
  readonly children: readonly ReactElement[];
}): ReactElement {
  const { t } = useTranslation("workspace");
  const refused = file.found.flatMap((one) => ("error" in one ? [one] : []));
  return (
    <>
      {file.state === "waiting" || file.state === "reading" ? (
        <p className={styles["waiting"]}>
          {file.state === "reading" ? <Spinner /> : null} {file.name}: {t(`returned.${file.state}`)}
        </p>
      ) : null}
      {children}
      {file.problem === undefined ? null : (
        <p className={styles["problem"]}>
          {file.name}: {file.problem}
        </p>
      )}
      {refused.map(({ name, error }) => (
        <p key={name} className={styles["problem"]}>
          {name}: {error.message}
        </p>
      ))}
    </>
  );
}

function Taken({ copies: { taken } }: { readonly copies: Copies }): ReactElement {
  const { t } = useTranslation("workspace");
  const all = taken?.copies ?? [];
  return (
    <>
      <p role="status">{t("returned.done", { count: all.length })}</p>
      <ul className={styles["remarks"]}>
        {all.map(({ name, fates }, index) => (
          // Two files may have one name.
          <li key={`${index} ${name}`}>
            <strong>{name}</strong>
            <span>
              {t("returned.result", {
                fresh: fates.filter((fate) => fate === "new").length,
                changed: fates.filter((fate) => fate === "changed").length,
                known: fates.filter((fate) => fate === "known").length,
                left: fates.filter((fate) => fate === "left-out").length,
              })}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
