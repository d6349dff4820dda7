import { MessageSquarePlus, MessagesSquare, X } from "lucide-react";
import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { SyncState } from "../live/sync-state.ts";
import { Button, IconButton } from "../ui/button.tsx";
import styles from "./delegate-page.module.css";
import { DelegateState } from "./delegate-state.tsx";

/** What the thumb reaches: comment on what is selected or on the report, one's own comments, and whether all is sent. */
export function FooterBar({
  selected,
  mine,
  waiting,
  late,
  sync,
  onSelection,
  onClear,
  onMine,
  onReport,
  onBack,
}: {
  /** True where words are selected that can be commented on. */
  readonly selected: boolean;
  /** How many comments of one's own stand. */
  readonly mine: number;
  /** How many of them the server has not received. */
  readonly waiting: number;
  /** How much came too late for the server to receive it. */
  readonly late: number;
  readonly sync: SyncState;
  readonly onSelection: () => void;
  readonly onClear: () => void;
  readonly onMine: () => void;
  /** Absent where nothing can be commented now. */
  readonly onReport: (() => void) | undefined;
  /** Given while a further place is chosen for the comment that is being written: goes back to it. */
  readonly onBack: (() => void) | undefined;
}): ReactElement {
  const { t } = useTranslation("delegate");
  return (
    <footer className={styles["footer"]}>
      {onBack && !selected ? (
        <>
          <p role="status">{t("morePlacesHint")}</p>
          <div className={styles["actions"]}>
            <Button onClick={onBack}>{t("morePlacesBack")}</Button>
          </div>
        </>
      ) : selected ? (
        <div className={styles["actions"]}>
          <Button variant="primary" icon={<MessageSquarePlus />} onClick={onSelection}>
            {t(onBack ? "addPlace" : "commentOnSelection")}
          </Button>
          <IconButton label={t("clearSelection")} onClick={onClear}>
            <X />
          </IconButton>
        </div>
      ) : (
        <div className={styles["actions"]}>
          <Button icon={<MessagesSquare />} onClick={onMine}>
            {mine > 0 ? t("mineCount", { count: mine }) : t("mine")}
          </Button>
          {onReport ? (
            <Button variant="primary" icon={<MessageSquarePlus />} onClick={onReport}>
              {t("commentOnReport")}
            </Button>
          ) : null}
        </div>
      )}
      <DelegateState sync={sync} waiting={waiting} late={late} />
    </footer>
  );
}
