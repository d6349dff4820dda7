import type { ReactElement } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { openRound } from "#model";
import { useFrozenBody } from "../app/frozen-body.ts";
import { useOpenReport } from "../app/open-report.tsx";
import { Button } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Spinner } from "../ui/spinner.tsx";
import styles from "./delegate-page.module.css";
import { Draft } from "./draft.tsx";

/** A delegate's page: reads the draft of the round, comments on it, and sees the answers. Made for one thumb. */
export function DelegatePage(): ReactElement {
  const { info, live } = useOpenReport();
  const { t } = useTranslation("delegate");
  const round = openRound(info.rounds) ?? info.rounds.at(-1) ?? null;
  const { doc, error, again } = useFrozenBody(info.id, round?.version ?? null);
  const [body, setBody] = useState(doc);
  // The draft of an earlier round stays until the next one is here: what is being written is not torn away.
  if (doc !== null && doc !== body) setBody(doc);
  if (round === null) {
    return (
      <main className={styles["alone"]}>
        <EmptyState title={t("noRoundTitle")}>{t("noRoundText")}</EmptyState>
      </main>
    );
  }
  if (body !== null) return <Draft info={info} live={live} round={round} body={body} />;
  if (error === null) {
    return (
      <main className={styles["alone"]} aria-busy="true">
        <Spinner /> {t("loading")}
      </main>
    );
  }
  return (
    <main className={styles["alone"]}>
      <EmptyState
        title={t("draftMissingTitle")}
        actions={<Button onClick={() => void again()}>{t("tryAgain")}</Button>}
      >
        {t("draftMissingText")}
      </EmptyState>
    </main>
  );
}
