import { Download, FileText } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { TabPanel, Tabs } from "../ui/tabs.tsx";
import styles from "./own-comments.module.css";

/** One's own comments, and beside them others' where the report shows them. */
export function CommentsDialog({
  panel,
  mine,
  others,
  onPanel,
  onSave,
  onWord,
  list,
  children,
}: {
  readonly panel: "mine" | "others" | null;
  readonly mine: number;
  /** How many there are; null where none are shown. */
  readonly others: number | null;
  readonly onPanel: (panel: "mine" | "others" | null) => void;
  /** Saves one's own copy as a file. */
  readonly onSave: () => void;
  /** Downloads the draft as a Word file to comment on and send back. */
  readonly onWord: () => void;
  /** Others' comments. */
  readonly list: ReactNode;
  /** One's own. */
  readonly children: ReactNode;
}): ReactElement {
  const { t } = useTranslation("delegate");
  // What was open stays in sight while the dialog goes away.
  const [last, setLast] = useState<"mine" | "others">("mine");
  if (panel !== null && panel !== last) setLast(panel);
  const shown = others === null ? "mine" : (panel ?? last);
  return (
    <Dialog
      open={panel !== null}
      onOpenChange={() => onPanel(null)}
      title={others === null ? t("mine") : t("comments")}
    >
      {others === null ? (
        children
      ) : (
        <Tabs
          label={t("comments")}
          value={shown}
          onChange={onPanel}
          tabs={[
            { value: "mine", label: t("tabMine"), count: mine },
            { value: "others", label: t("tabOthers"), count: others },
          ]}
        >
          <TabPanel value="mine">{children}</TabPanel>
          <TabPanel value="others">{list}</TabPanel>
        </Tabs>
      )}
      <div className={styles["files"]}>
        <div className={styles["save"]}>
          <p>{t("wordFileHint")}</p>
          <Button icon={<FileText />} onClick={onWord}>
            {t("wordFile")}
          </Button>
        </div>
        <div className={styles["save"]}>
          <p>{t("saveFileHint")}</p>
          <Button icon={<Download />} onClick={onSave}>
            {t("saveFile")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
