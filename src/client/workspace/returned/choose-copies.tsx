import { FileUp, X } from "lucide-react";
import type { ReactElement, RefObject } from "react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../../ui/button.tsx";
import { classNames } from "../../ui/class-names.ts";
import { SelectField } from "../../ui/field.tsx";
import { Spinner } from "../../ui/spinner.tsx";
import { useWorkspace } from "../workspace.tsx";
import { CopyCard } from "./copy-card.tsx";
import styles from "./returned.module.css";
import type { ChosenFile, Copies } from "./use-copies.ts";

/** Where files are chosen or dropped, and what was read of them. `first` is where the focus begins. */
export function ChooseCopies({
  copies,
  first,
}: {
  readonly copies: Copies;
  readonly first: RefObject<HTMLButtonElement | null>;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const { report } = useWorkspace();
  const input = useRef<HTMLInputElement>(null);
  const over = useDroppedFiles(copies.add);
  const { files } = copies;
  const done = files.filter(({ state }) => state === "read" || state === "failed");
  const unsettled = copies.copies.filter((copy) =>
    copy.preview.read.authors.some(({ name }) => copies.personOf(copy, name) === ""),
  ).length;
  const cards = useRef<HTMLDivElement>(null);
  const toUnsettled = (): void => {
    const choice = cards.current?.querySelector('[data-unsettled="true"] select');
    if (choice instanceof HTMLElement) choice.focus();
  };
  // What goes takes the focus with it: it goes on where one chooses.
  const remove = (key: string): void => {
    copies.remove(key);
    first.current?.focus();
  };
  return (
    <>
      <div className={classNames(styles["drop"], over && styles["over"])}>
        <p className={styles["mouse"]}>{t("returned.drop")}</p>
        <p className={styles["touch"]}>{t("returned.kinds")}</p>
        <Button ref={first} icon={<FileUp />} onClick={() => input.current?.click()}>
          {t("returned.choose")}
        </Button>
        <input
          ref={input}
          type="file"
          accept=".docx,.zip"
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
      {report.rounds.length > 1 ? (
        <SelectField
          className={styles["default"]}
          label={t("returned.askDefault")}
          value={copies.round === null ? "" : String(copies.round)}
          onChange={(chosen) => copies.chooseRoundOfAll(chosen === "" ? null : Number(chosen))}
          choices={[
            { value: "", label: t("returned.nearestDraft") },
            ...report.rounds.map(({ number }) => ({
              value: String(number),
              label: t("returned.round", { round: number }),
            })),
          ]}
        />
      ) : null}
      <div className={styles["progress"]}>
        {files.length > 0 ? (
          <progress max={files.length} value={done.length} aria-label={t("returned.progressBar")} />
        ) : null}
        <p role="status">{files.length === 0 ? "" : <Progress files={files} />}</p>
      </div>
      {unsettled > 0 ? (
        <div className={classNames(styles["note"], styles["top"])}>
          <p>{t("returned.unsettled", { count: unsettled })}</p>
          <Button onClick={toUnsettled}>{t("returned.settle")}</Button>
        </div>
      ) : null}
      <div ref={cards}>
        {files.map((file) => (
          <FoundIn key={file.key} file={file} copies={copies} onRemove={() => remove(file.key)} />
        ))}
      </div>
    </>
  );
}

/** How many files were read, and what was found in the last of them. */
function Progress({ files }: { readonly files: readonly ChosenFile[] }): ReactElement {
  const { t } = useTranslation("workspace");
  const done = files.filter(({ state }) => state === "read" || state === "failed");
  const last = done.at(-1);
  const remarks = last?.found.reduce((sum, one) => sum + ("error" in one ? 0 : one.read.remarks.length), 0) ?? 0;
  const refused = last?.state === "failed" || last?.found.some((one) => "error" in one);
  return (
    <>
      {t("returned.progress", { read: done.length, count: files.length })}
      {last === undefined
        ? null
        : ` ${refused ? t("returned.refusedOne", { name: last.name }) : t("returned.readOne", { name: last.name, count: remarks })}`}
    </>
  );
}

function FoundIn({
  file,
  copies,
  onRemove,
}: {
  readonly file: ChosenFile;
  readonly copies: Copies;
  readonly onRemove: () => void;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const refused = file.found.flatMap((one) => ("error" in one ? [{ name: one.name, problem: one.error.message }] : []));
  if (file.problem !== undefined) refused.push({ name: file.name, problem: file.problem });
  return (
    <>
      {file.state === "waiting" || file.state === "reading" ? (
        <p className={styles["waiting"]}>
          {file.state === "reading" ? <Spinner /> : null} {file.name}: {t(`returned.${file.state}`)}
        </p>
      ) : null}
      {copies.copies
        .filter((copy) => copy.file === file.key)
        .map((copy) => (
          <CopyCard key={copy.key} copy={copy} copies={copies} onRemove={onRemove} />
        ))}
      {refused.map(({ name, problem }) => (
        <div key={name} className={classNames(styles["card"], styles["top"])}>
          <p className={styles["problem"]}>
            {name}: {problem}
          </p>
          <IconButton label={t("returned.remove", { name })} onClick={onRemove}>
            <X />
          </IconButton>
        </div>
      ))}
    </>
  );
}

/** Takes files that are dropped anywhere on the page while this is shown; true while some are held over it. */
function useDroppedFiles(take: (files: readonly File[]) => void): boolean {
  const [over, setOver] = useState(false);
  const latest = useRef(take);
  useEffect(() => {
    latest.current = take;
  });
  useEffect(() => {
    const isFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") === true;
    const hold = (event: DragEvent): void => {
      if (!isFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      // Out of the page, not from one of its elements to another.
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      if (!isFiles(event)) return;
      // A page that does nothing with a file is left for it.
      event.preventDefault();
      setOver(false);
      latest.current([...(event.dataTransfer?.files ?? [])]);
    };
    window.addEventListener("dragover", hold);
    window.addEventListener("dragleave", leave);
    window.addEventListener("drop", drop);
    return () => {
      window.removeEventListener("dragover", hold);
      window.removeEventListener("dragleave", leave);
      window.removeEventListener("drop", drop);
    };
  }, []);
  return over;
}
