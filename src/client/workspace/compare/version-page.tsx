import { ArrowLeft, FileQuestion, GitCompare, TriangleAlert, Undo2 } from "lucide-react";
import type { ReactElement } from "react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { readText } from "#collab";
import type { RestoreScope, Version } from "#model";
import type * as Y from "yjs";
import { problemText } from "../../app/errors.ts";
import { useFrozenBody } from "../../app/frozen-body.ts";
import { DraftText } from "../../delegate/draft-text.tsx";
import { cellHighlightsOf, highlightsOf, readDraft } from "../../delegate/reading.ts";
import { formatDateTime } from "../../language/format.ts";
import { useLanguage } from "../../language/use-language.ts";
import { ClosingBlock, HeadingBlock, textWidth } from "../../reports/printed-blocks.tsx";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Spinner } from "../../ui/spinner.tsx";
import { useWorkspace } from "../workspace.tsx";
import { CompareDialog } from "./compare-dialog.tsx";
import { RestoreDialog } from "./restore-dialog.tsx";
import styles from "./version-page.module.css";

const WHOLE: RestoreScope = { kind: "report" };

/** A frozen version in place of the live text: read, never written. It scrolls by itself. */
export function VersionPage({ version }: { readonly version: string }): ReactElement {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const { report, committee, readVersion } = useWorkspace();
  const [comparing, setComparing] = useState(false);
  const [restoring, setRestoring] = useState(false);
  const found = report.versions.find((candidate) => candidate.id === version);
  const back = (
    <Button icon={<ArrowLeft />} onClick={() => readVersion(null)}>
      {t("version.back")}
    </Button>
  );
  if (!found) return <EmptyState icon={<FileQuestion />} title={t("version.gone")} actions={back} />;
  return (
    <div className={styles["page"]}>
      <div className={styles["banner"]} role="status">
        <div>
          <h2 className={styles["name"]}>{t("version.banner", { name: found.name })}</h2>
          <p>{t("version.frozen", { time: formatDateTime(language, found.createdAt) })}</p>
        </div>
        <div className={styles["actions"]}>
          <Button icon={<GitCompare />} onClick={() => setComparing(true)}>
            {t("version.compare")}
          </Button>
          {committee ? (
            <Button icon={<Undo2 />} onClick={() => setRestoring(true)}>
              {t("restore.action")}
            </Button>
          ) : null}
          {back}
        </div>
      </div>
      <FrozenText version={found} />
      {restoring ? (
        <RestoreDialog
          version={found}
          scope={WHOLE}
          onClose={() => setRestoring(false)}
          onDone={() => setRestoring(false)}
        />
      ) : null}
      {comparing ? <CompareDialog before={version} after={null} onClose={() => setComparing(false)} /> : null}
    </div>
  );
}

function FrozenText({ version }: { readonly version: Version }): ReactElement {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const { report } = useWorkspace();
  const { doc, error, again } = useFrozenBody(report.id, version.id);
  if (error !== null) {
    return (
      <EmptyState
        icon={<TriangleAlert />}
        title={t("version.failed")}
        actions={<Button onClick={() => void again()}>{t("version.again")}</Button>}
      >
        {problemText(language, error)}
      </EmptyState>
    );
  }
  if (doc === null) {
    return (
      <div className={styles["waiting"]}>
        <Spinner label={t("version.loading")} />
      </div>
    );
  }
  return <FrozenPaper version={version} doc={doc} />;
}

function FrozenPaper({ version, doc }: { readonly version: Version; readonly doc: Y.Doc }): ReactElement {
  const { t } = useTranslation("workspace");
  const { info, report, activate, activeThread, activatedFrom } = useWorkspace();
  const { template, ruleSet } = info;
  const scroller = useRef<HTMLDivElement>(null);
  // The comments of a round are on its draft as it was sent out; another version has none of its own.
  const comments = useMemo(
    () => report.threads.flatMap(({ comment }) => (comment.round === version.round ? [comment] : [])),
    [report.threads, version.round],
  );
  const highlights = useMemo(() => highlightsOf(doc, comments), [doc, comments]);
  const cells = useMemo(() => cellHighlightsOf(doc, comments), [doc, comments]);
  const placed = highlights.length + cells.length;
  const show = useCallback((comment: string) => activate(comment, "text"), [activate]);
  useEffect(() => {
    const page = scroller.current;
    for (const shown of page?.querySelectorAll("[data-active]") ?? []) delete (shown as HTMLElement).dataset["active"];
    if (activeThread === null || placed === 0) return;
    const words = [...(page?.querySelectorAll<HTMLElement>(`[data-comment="${CSS.escape(activeThread)}"]`) ?? [])];
    for (const word of words) word.dataset["active"] = "";
    if (activatedFrom === "list") words[0]?.scrollIntoView({ block: "center" });
  }, [activeThread, activatedFrom, placed]);
  const { fields, slots } = useMemo(() => {
    const frozen = readText(doc, template).fields;
    // A body without fields takes those of its report, as the live text does.
    const fields = Object.keys(frozen).length > 0 ? frozen : info.fields;
    return { fields, slots: readDraft(doc, { template, ruleSet, fields }) };
  }, [doc, template, ruleSet, info.fields]);
  const printed = { template, ruleSet, fields };
  return (
    // Reached by the keyboard, so that the arrow keys scroll it.
    <div
      ref={scroller}
      className={styles["scroll"]}
      role="region"
      aria-label={t("version.banner", { name: version.name })}
      tabIndex={0}
    >
      <article className={styles["paper"]} lang="vi">
        <div className={styles["scaled"]} style={textWidth(ruleSet)}>
          <HeadingBlock {...printed} round={version.round ?? 0} />
        </div>
        <DraftText slots={slots} highlights={highlights} cells={cells} selection={null} onHighlight={show} />
        <div className={styles["scaled"]} style={textWidth(ruleSet)}>
          <ClosingBlock {...printed} />
        </div>
      </article>
    </div>
  );
}
