import { Dialog as Drawer } from "../ui/dialog.tsx";
import type { ReactElement } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CarriedOutProvider } from "./carried-out.tsx";
import { VersionPage } from "./compare/version-page.tsx";
import { FindBar } from "./find-bar.tsx";
import { KeyboardHelp } from "./keyboard-help.tsx";
import { Notices } from "./notices/notices.tsx";
import { Outline } from "./outline.tsx";
import { usePageKeys } from "./page-keys.ts";
import { Paper } from "./paper.tsx";
import { ReviewPanel } from "./panel/review-panel.tsx";
import { StatusBar } from "./status-bar.tsx";
import { TableToolbar } from "./table-toolbar.tsx";
import { Toolbar } from "./toolbar.tsx";
import { useNarrow } from "./use-narrow.ts";
import { useWorkspace, WorkspaceProvider } from "./workspace.tsx";
import { WorkspaceHeader } from "./workspace-header.tsx";
import styles from "./workspace-page.module.css";

/** The committee's page: the outline, the draft as it will print, and the comments beside it. */
export function WorkspacePage(): ReactElement {
  return (
    <WorkspaceProvider>
      <CarriedOutProvider>
        <WorkspaceFrame />
      </CarriedOutProvider>
    </WorkspaceProvider>
  );
}

/** What can be open over or beside the text. On a narrow screen the outline and the comments are sheets. */
type Sheet = "outline" | "review" | null;

function WorkspaceFrame(): ReactElement {
  const { t } = useTranslation("workspace");
  const { committee, editor, version, activeThread, activatedFrom, composing } = useWorkspace();
  const narrow = useNarrow();
  const [sheet, setSheet] = useState<Sheet>(null);
  const [finding, setFinding] = useState<"find" | "replace" | null>(null);
  const [query, setQuery] = useState("");
  const [helping, setHelping] = useState(false);

  const openFind = (how: "find" | "replace"): void => {
    setQuery((before) => editor?.getSnapshot().selection?.text.split("\n")[0] ?? before);
    setFinding(how);
  };
  usePageKeys({
    find: openFind,
    step: (by) => {
      if (finding === null) openFind("find");
      else if (by === 1) editor?.findNext();
      else editor?.findPrevious();
    },
    help: () => setHelping(true),
  });

  // On a narrow screen a tap on highlighted words, or a new comment, opens the sheet that shows it.
  const [shown, setShown] = useState(activeThread);
  if (shown !== activeThread) {
    setShown(activeThread);
    if (narrow && activeThread !== null && activatedFrom === "text") setSheet("review");
    if (narrow && activeThread !== null && activatedFrom === "list") setSheet(null);
  }
  const [read, setRead] = useState(version);
  if (read !== version) {
    setRead(version);
    if (narrow) setSheet(null);
  }
  const [composed, setComposed] = useState(composing);
  if (composed !== composing) {
    setComposed(composing);
    if (narrow && composing !== null) setSheet("review");
  }

  const closeFind = (): void => {
    setFinding(null);
    editor?.clearFind();
    editor?.focus();
  };

  return (
    <div className={styles["page"]} data-reader={committee ? undefined : ""}>
      <a className={styles["skip"]} href="#report-text">
        {t("skip")}
      </a>
      <WorkspaceHeader
        onHelp={() => setHelping(true)}
        onFind={() => openFind("find")}
        onOutline={() => setSheet("outline")}
        onReview={() => setSheet("review")}
      />
      {narrow ? null : (
        <nav className={styles["outline"]} aria-label={t("outline.title")}>
          <Outline />
        </nav>
      )}
      <main className={styles["main"]} id="report-text">
        <div>
          <Notices />
        </div>
        {version === null ? (
          <>
            {committee ? <Toolbar onFind={() => openFind("find")} /> : null}
            {committee ? <TableToolbar /> : null}
            {finding === null ? null : (
              <FindBar
                key={finding}
                replacing={finding === "replace"}
                query={query}
                setQuery={setQuery}
                onClose={closeFind}
              />
            )}
          </>
        ) : null}
        {/* The text stays mounted while a version is read: its undo history and caret are still there afterwards. */}
        <div className={styles["live"]} hidden={version !== null}>
          <Paper />
        </div>
        {version === null ? null : (
          <div className={styles["live"]}>
            <VersionPage version={version} />
          </div>
        )}
      </main>
      {narrow || !committee ? null : (
        <aside className={styles["review"]} aria-label={t("review.title")}>
          <ReviewPanel />
        </aside>
      )}
      <StatusBar />
      {narrow ? (
        <>
          <Drawer open={sheet === "outline"} onOpenChange={() => setSheet(null)} title={t("outline.title")} size="l">
            <Outline onGo={() => setSheet(null)} />
          </Drawer>
          <Drawer open={sheet === "review"} onOpenChange={() => setSheet(null)} title={t("review.title")} size="l">
            <ReviewPanel />
          </Drawer>
        </>
      ) : null}
      <KeyboardHelp open={helping} onClose={() => setHelping(false)} />
    </div>
  );
}
