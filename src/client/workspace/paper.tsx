import type { ReactElement } from "react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { EditorLabels } from "#editor";
import { cellSpotAt, standingSpot } from "#comments";
import { createReportEditor, SHORTCUTS } from "#editor";
import type { CommentThread } from "#model";
import { openRound, placeOfPart, threadState } from "#model";
import { newId } from "../app/new-id.ts";
import { ClosingBlock, HeadingBlock, textWidth } from "../reports/printed-blocks.tsx";
import { PrintPage } from "../reports/print-page.tsx";
import { useLanguage } from "../language/use-language.ts";
import { keyLabel } from "../ui/keys.ts";
import { Spinner } from "../ui/spinner.tsx";
import { useToast } from "../ui/toast.tsx";
import { FieldsDialog } from "./fields-dialog.tsx";
import styles from "./paper.module.css";
import { useWorkspace } from "./workspace.tsx";

/** The draft as it will print: heading, the text with its fixed titles, recipients and signature. */
export function Paper(): ReactElement {
  const { t } = useTranslation("workspace");
  const workspace = useWorkspace();
  const { report, committee, live } = workspace;
  const [ready, setReady] = useState(false);
  const [fieldsOpen, setFieldsOpen] = useState(false);
  useEffect(() => {
    let current = true;
    const wait = async (): Promise<void> => {
      await live.document("body").ready;
      if (current) setReady(true);
    };
    void wait();
    return () => {
      current = false;
    };
  }, [live]);
  const printed = { template: report.template, ruleSet: report.ruleSet, fields: report.fields };
  const round = openRound(report.rounds) ?? report.rounds.at(-1);
  const edit = committee ? (
    <button type="button" className={styles["edit"]} onClick={() => setFieldsOpen(true)}>
      {t("fields.edit")}
    </button>
  ) : null;
  return (
    <div className={styles["scroll"]} data-scroller="">
      <PrintPage ruleSet={report.ruleSet} />
      <article className={styles["paper"]} lang="vi">
        <div className={styles["printed"]}>
          {edit}
          <div className={styles["scaled"]} style={textWidth(report.ruleSet)}>
            <HeadingBlock {...printed} round={round?.number ?? 0} />
          </div>
        </div>
        {ready ? (
          <EditorMount />
        ) : (
          <p className={styles["waiting"]}>
            <Spinner /> {t("loading")}
          </p>
        )}
        <div className={styles["printed"]}>
          {edit}
          <div className={styles["scaled"]} style={textWidth(report.ruleSet)}>
            <ClosingBlock {...printed} />
          </div>
        </div>
      </article>
      {fieldsOpen ? <FieldsDialog onClose={() => setFieldsOpen(false)} /> : null}
    </div>
  );
}

/**
 * Has React pass over an element when it remembers, before each drawing, the selection in an editable element that has
 * the focus: for that it reads the element from end to end, so that every drawing would take as long as the report is.
 * It asks this property. The browser goes by the attribute, which stays.
 */
function passOver(element: HTMLElement): void {
  Object.defineProperty(element, "contentEditable", { value: "inherit", configurable: true });
}

/** The element the editor lives in. React renders nothing into it. */
function EditorMount(): ReactElement {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const toast = useToast();
  const { body, committee, live, outline, editor, setEditor, report, activeThread, activatedFrom, activate } =
    useWorkspace();
  const { threads, ruleSet } = report;
  const latestThreads = useRef(threads);
  const mount = useRef<HTMLDivElement>(null);
  const firstOutline = useRef(outline);
  const awareness = live.document("body").awareness;

  useEffect(() => {
    const labels: EditorLabels = {
      language,
      titleFixed: t("editor.titleFixed"),
      editor: t("editor.label"),
      menu: t("editor.menu"),
      blocks: {
        paragraph: t("kind.paragraph"),
        heading1: t("kind.heading1"),
        heading2: t("kind.heading2"),
        heading3: t("kind.heading3"),
        item1: t("kind.item1"),
        item2: t("kind.item2"),
      },
      moveUp: t("toolbar.moveUp"),
      moveDown: t("toolbar.moveDown"),
      // The editor fills in the place.
      moved: t("editor.moved", { position: "{position}", of: "{of}", slot: "{slot}" }),
      table: {
        cells: t("editor.tableCells"),
        caption: t("editor.tableCaption"),
        unbalanced: t("editor.tableUnbalanced", { stated: "{stated}", computed: "{computed}" }),
        missing: t("editor.tableMissing"),
      },
      drag: t("editor.drag", { up: keyLabel(SHORTCUTS.moveUp[0]), down: keyLabel(SHORTCUTS.moveDown[0]) }),
    };
    if (!mount.current) return undefined;
    const made = createReportEditor({
      mount: mount.current,
      doc: body,
      outline: firstOutline.current,
      ruleSet,
      awareness: committee ? awareness : null,
      editable: committee,
      labels,
      newId,
      notify: (notice) => toast({ title: t(`editor.${notice}`) }),
      onThreadClick: (thread) => activate(thread, "text"),
    });
    passOver(made.view.dom);
    setEditor(made);
    return () => {
      setEditor(null);
      made.destroy();
    };
  }, [body, committee, awareness, ruleSet, language, t, toast, activate, setEditor]);

  useEffect(() => {
    firstOutline.current = outline;
    editor?.setOutline(outline);
  }, [editor, outline]);

  useEffect(() => {
    latestThreads.current = threads;
    const standing = threads.filter(({ comment }) => !comment.withdrawn);
    const shown = (thread: CommentThread) =>
      ({
        id: thread.comment.id,
        state: threadState(thread),
        active: thread.comment.id === activeThread,
      }) as const;
    editor?.setThreads(
      standing.flatMap((thread) => {
        const { target } = thread.comment;
        const { proposal } = thread.comment;
        if (target.scope !== "range") return [];
        const look = shown(thread);
        return [target, ...(target.also ?? [])].flatMap((_, part) => {
          const spot = standingSpot(body, thread, part);
          if (!spot) return [];
          const uncertain = placeOfPart(thread, part)?.uncertain === true;
          const shows = part === 0 && look.active && look.state !== "validated" && !uncertain;
          const change = shows && proposal !== undefined ? { proposal } : {};
          return [{ ...look, ...change, ...spot, uncertain, ...(part > 0 ? { part } : {}) }];
        });
      }),
      standing.flatMap((thread) => {
        const { place } = thread;
        const spot = place && cellSpotAt(body, place);
        if (thread.comment.target.scope !== "cell" || !spot) return [];
        return [{ ...shown(thread), table: spot.table, cell: spot.cell, uncertain: place.uncertain === true }];
      }),
    );
  }, [editor, threads, activeThread, body]);

  useEffect(() => {
    if (activatedFrom !== "list" || activeThread === null) return;
    const words = mount.current?.querySelector(`[data-thread="${CSS.escape(activeThread)}"]`);
    if (words) {
      words.scrollIntoView({ block: "center" });
      return;
    }
    const target = latestThreads.current.find(({ comment }) => comment.id === activeThread)?.comment.target;
    if (target === undefined || target.scope === "report") return;
    mount.current?.querySelector(`[data-slot="${CSS.escape(target.slot)}"]`)?.scrollIntoView({ block: "start" });
  }, [activeThread, activatedFrom]);

  return <div ref={mount} className={styles["mount"]} />;
}
