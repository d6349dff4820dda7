import type { ReactElement } from "react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { CopyFate } from "#protocol";
import { may } from "#protocol";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Spinner } from "../../ui/spinner.tsx";
import { useWorkspace } from "../workspace.tsx";
import { ChooseCopies } from "./choose-copies.tsx";
import styles from "./returned.module.css";
import { toldFates } from "./told-fates.ts";
import type { Copies } from "./use-copies.ts";
import { useCopies } from "./use-copies.ts";

/** What brings something: all else is there already, in these words or in newer ones, or is nobody's yet. */
const TAKEN: ReadonlySet<CopyFate> = new Set(["new", "changed", "both"]);

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
  const { files, busy, taken } = copies;
  const first = useRef<HTMLButtonElement>(null);
  const end = useRef<HTMLButtonElement>(null);
  const late = copies.copies.some(({ preview }) => preview.closed) && !may(me.role, "collect-late");
  const count = copies.copies.reduce((sum, { fates }) => sum + fates.filter((fate) => TAKEN.has(fate)).length, 0);
  const close = (): void => {
    copies.clear();
    onClose();
  };
  const { problem, taking } = copies;
  useEffect(() => {
    if (taken) end.current?.focus();
  }, [taken]);
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      size="l"
      title={t("returned.title")}
      {...(taken ? {} : { description: t("returned.about") })}
      initialFocus={first}
      footer={
        taken ? (
          <Button ref={end} variant="primary" onClick={close}>
            {t("returned.close")}
          </Button>
        ) : (
          <>
            <Button onClick={close}>{t("returned.cancel")}</Button>
            <Button
              variant="primary"
              busy={busy && files.length > 0}
              disabled={count === 0 || late}
              // A button that is disabled while it works would let go of the focus.
              aria-disabled={taking}
              icon={taking ? <Spinner /> : null}
              onClick={() => (taking ? undefined : void copies.take())}
            >
              {t("returned.take", { count })}
            </Button>
          </>
        )
      }
    >
      {taken ? <Taken copies={copies} /> : open ? <ChooseCopies copies={copies} first={first} /> : null}
      {late ? <p className={styles["note"]}>{t("returned.late")}</p> : null}
      {problem === null ? null : (
        <p role="alert" className={styles["problem"]}>
          {problem}
        </p>
      )}
    </Dialog>
  );
}

function Taken({ copies: { taken } }: { readonly copies: Copies }): ReactElement {
  const { t } = useTranslation("workspace");
  const all = taken?.copies ?? [];
  return (
    <>
      <p role="status" className={styles["done"]}>
        {t("returned.done", { count: all.length })}
      </p>
      <ul className={styles["remarks"]}>
        {all.map(({ name, fates, late }, index) => (
          // Two files may have one name.
          <li key={`${index} ${name}`}>
            <strong>{name}</strong>
            <span>
              {fates.length === 0
                ? t("returned.nothing")
                : `${toldFates(fates, (key, count) => t(`returned.n_${key}`, { count }))}.`}
              {late > 0 ? ` ${t("returned.takenLate", { count: late })}` : null}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
