import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { SyncState } from "../live/sync-state.ts";
import { classNames } from "../ui/class-names.ts";
import styles from "./delegate-page.module.css";

/** Whether one's comments have reached the committee, in one line that is also read out when it changes. */
export function DelegateState({
  sync,
  waiting,
  late,
}: {
  readonly sync: SyncState;
  readonly waiting: number;
  /** How many came too late and are on this device alone. */
  readonly late: number;
}): ReactElement {
  const { t } = useTranslation("delegate");
  const words = ((): string => {
    switch (sync.kind) {
      case "signed-out":
      case "revoked":
      case "gone":
        return t("signedOut");
      case "refused":
        return sync.reason === "round-closed" ? t("late") : t("refused");
      case "offline":
        return waiting > 0 ? t("stateOfflineCount", { count: waiting }) : t("stateOffline");
      case "connecting":
      case "saving":
        return t("stateSaving");
      case "saved":
        return late > 0 ? t("stateSavedButLate", { count: late }) : t("stateSaved");
    }
  })();
  const saved = sync.kind === "saved";
  return (
    <div className={styles["state"]} role="status">
      <span
        className={classNames(styles["dot"], saved && late === 0 ? styles["ok"] : styles["warn"])}
        aria-hidden="true"
      />
      <span>{sync.device === "good" || saved ? words : `${words}. ${t("stateNotKept")}`}</span>
    </div>
  );
}
