import type { ReactElement } from "react";
import { useCallback, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { slotText } from "#collab";
import { anchorRange, cellTarget, putComment, putReply, readBoard, readNotes } from "#comments";
import type { Comment, CommentTarget, Round, RoundState, Table } from "#model";
import { takesLate } from "#model";
import type { ReportInfo } from "#protocol";
import type * as Y from "yjs";
import { api, saveFile } from "../app/api.ts";
import { problemText } from "../app/errors.ts";
import { newId } from "../app/new-id.ts";
import { useLanguage } from "../language/use-language.ts";
import type { LiveReport } from "../live/live-report.ts";
import { useRoundState } from "../live/use-server-time.ts";
import { useSyncState } from "../live/use-live.ts";
import { useReading } from "../live/use-reading.ts";
import { useToast } from "../ui/toast.tsx";
import { CommentsDialog } from "./comments-dialog.tsx";
import { CommentSheet } from "./comment-sheet.tsx";
import type { CommentWords } from "./comment-words.ts";
import styles from "./delegate-page.module.css";
import { DraftHeader } from "./draft-header.tsx";
import { DraftText } from "./draft-text.tsx";
import { FooterBar } from "./footer-bar.tsx";
import { LateAnswerList } from "./late-answer-list.tsx";
import { unreceivedAnswers } from "./late-answers.ts";
import { renewed } from "./late-comments.ts";
import { LateList } from "./late-list.tsx";
import { OwnAnswer } from "./own-answer.tsx";
import { OthersList } from "./others-list.tsx";
import { OutlineSheet } from "./outline-sheet.tsx";
import { ownFile } from "./own-file.ts";
import { ownComments } from "./own-comment.ts";
import { OwnComments } from "./own-comments.tsx";
import type { Stretch } from "./reading.ts";
import { cellHighlightsOf, highlightsOf, readDraft, slotTitle } from "./reading.ts";
import { useLate } from "./use-late.ts";
import { useStance } from "./use-stance.ts";
import { useOthers } from "./use-others.ts";
import { useSelectedStretch } from "./use-selected-stretch.ts";
import type { Writing } from "./writing.ts";
import { commentOf, editOf, quoteOf, withPlace } from "./writing.ts";

const HINTS: Readonly<Record<RoundState | "late", "howTo" | "pausedHint" | "closedHint" | "lateHint">> = {
  open: "howTo",
  paused: "pausedHint",
  closed: "closedHint",
  late: "lateHint",
};

/** The draft of a round with all that a delegate does about it. */
export function Draft({
  info,
  live,
  round,
  body,
}: {
  readonly info: ReportInfo;
  readonly live: LiveReport;
  readonly round: Round;
  readonly body: Y.Doc;
}): ReactElement {
  const { t } = useTranslation("delegate");
  const toast = useToast();
  const language = useLanguage();
  const sync = useSyncState(live);
  const me = info.me.id;
  const notesDoc = live.document("notes").doc;
  const notes = useReading(
    notesDoc,
    useCallback((doc: Y.Doc) => readNotes(doc, me), [me]),
    0,
  );
  const board = useReading(live.document("board").doc, readBoard, 0);
  const slots = useMemo(() => readDraft(body, info), [body, info]);
  const highlights = useMemo(() => highlightsOf(body, notes.comments), [body, notes.comments]);
  const cells = useMemo(() => cellHighlightsOf(body, notes.comments), [body, notes.comments]);
  const late = useLate(live);
  const lateAnswers = unreceivedAnswers(late.answers, notes.stances);
  const scroller = useRef<HTMLElement>(null);
  const [selection, clearSelection] = useSelectedStretch(scroller);
  const [writing, setWriting] = useState<Writing | null>(null);
  const [gathering, setGathering] = useState<{ writing: Writing; words: CommentWords } | null>(null);
  const [panel, setPanel] = useState<"mine" | "others" | "outline" | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [read, setRead] = useState(0);
  const state = useRoundState(round, live.clock);
  const taking = state === "open" ? "all" : state === "closed" && takesLate(round, me) ? "late" : "nothing";
  const open = taking !== "nothing";
  const [stance, changeStance] = useStance(live, notes, { author: me, round: round.number, late: taking === "late" });
  const standing = notes.comments.filter((comment) => comment.round === round.number && !comment.withdrawn).length;
  const audience = info.audience ?? "own";
  const others = useOthers(info, live);
  const otherMarks = useMemo(() => highlightsOf(body, others), [body, others]);
  const otherCells = useMemo(() => cellHighlightsOf(body, others), [body, others]);
  const titleOf = (slot: string): string => slotTitle(slots, slot);
  const own = ownComments({ notes, board, highlights: [...highlights, ...cells], round, taking, titleOf });

  const begin = (about: CommentTarget, place: string, heading: string): void =>
    setWriting({
      about,
      subject: {
        key: `${info.id}.${me}.${round.number}.${place}`,
        heading,
        ...quoteOf(about),
      },
    });
  const write = ({ slot, from, to }: Stretch): void => {
    const { anchor, quote } = anchorRange(slotText(body, slot), from, to);
    if (gathering) {
      const { writing: begun, words } = gathering;
      goOn(begun, "about" in begun ? withPlace(words, begun.about, { slot, anchor, quote }) : words);
      clearSelection();
      return;
    }
    begin({ scope: "range", slot, anchor, quote }, `${slot}.${from}-${to}`, t("sheetRange"));
    clearSelection();
  };
  const goOn = (begun: Writing, words: CommentWords): void => {
    setGathering(null);
    setWriting({ ...begun, subject: { ...begun.subject, begun: words } });
  };
  const writeOnCell = (slot: string, table: Table, cell: string): void => {
    const target = cellTarget(slot, table, cell);
    if (target) begin(target, `${slot}.${table.id}.${cell}`, t("sheetCell"));
  };
  const send = (words: CommentWords): void => {
    if (!writing) return;
    if (!open) {
      toast({ title: t(state === "paused" ? "pausedHint" : "closedHint"), tone: "danger" });
      return;
    }
    const maker = { newId, author: me, round: round.number, late: taking === "late", now: live.clock.iso(), audience };
    putComment(notesDoc, commentOf(writing, words, maker));
    // Whoever comments does not agree without comment.
    if (stance?.agrees) changeStance({ agrees: false });
    setWriting(null);
    toast({ title: sync.kind === "offline" ? t("keptOffline") : t("sent"), tone: "ok" });
  };
  const withdraw = (comment: Comment): void => {
    putComment(notesDoc, { ...comment, withdrawn: true, editedAt: live.clock.iso() });
    toast({
      title: t("withdrawn"),
      action: {
        label: t("undo"),
        onSelect: () => putComment(notesDoc, { ...comment, withdrawn: false, editedAt: live.clock.iso() }),
      },
    });
  };

  const downloadWord = async (): Promise<void> => {
    try {
      saveFile(await api.exportCopy(info.id, {}));
    } catch (error) {
      toast({ title: problemText(language, error), tone: "danger" });
    }
  };

  const goTo = (slot: string): void => {
    setPanel(null);
    requestAnimationFrame(() => {
      const section = document.getElementById(`slot-${slot}`);
      section?.scrollIntoView({ block: "start" });
      section?.focus({ preventScroll: true });
    });
  };
  const show = (mark: "comment" | "other", id: string): void => {
    setPanel(null);
    requestAnimationFrame(() => {
      scroller.current?.querySelector(`[data-${mark}="${CSS.escape(id)}"]`)?.scrollIntoView({ block: "center" });
    });
  };
  const showOther = useCallback((comment: string) => {
    setChosen(comment);
    setPanel("others");
    requestAnimationFrame(() =>
      document.querySelector(`article[data-other="${CSS.escape(comment)}"]`)?.scrollIntoView(),
    );
  }, []);
  const showMine = useCallback((comment: string) => {
    setChosen(comment);
    setPanel("mine");
    requestAnimationFrame(() =>
      document.querySelector(`article[data-comment="${CSS.escape(comment)}"]`)?.scrollIntoView(),
    );
  }, []);

  return (
    <div className={styles["page"]}>
      <DraftHeader
        info={info}
        round={round}
        clock={live.clock}
        late={taking === "late"}
        read={read}
        onOutline={() => setPanel("outline")}
      />
      <main
        ref={scroller}
        className={styles["scroll"]}
        onScroll={({ currentTarget: at }) => {
          const whole = at.scrollHeight - at.clientHeight;
          setRead(whole <= 0 ? 100 : Math.max(read, Math.round((100 * at.scrollTop) / whole)));
        }}
      >
        <p className={styles["hint"]}>
          {t(HINTS[state === "closed" && open ? "late" : state])} {t(`audience_${audience}`)}
        </p>
        <LateList
          comments={late.comments}
          taking={taking}
          onResend={(comment) => {
            const made = { id: newId(), round: round.number, late: taking === "late", now: live.clock.iso() };
            putComment(notesDoc, renewed(comment, made));
            if (stance?.agrees) changeStance({ agrees: false });
            late.forget(comment.id);
          }}
          onForget={(comment) => late.forget(comment.id)}
        />
        <LateAnswerList
          answers={lateAnswers}
          received={notes.stances}
          round={round.number}
          taking={taking}
          ruleSet={info.ruleSet}
          onResend={(answer) => {
            const voice = answer.voice ?? (answer.round === round.number ? null : undefined);
            changeStance({ agrees: answer.agrees && standing === 0, ...(voice === undefined ? {} : { voice }) });
            late.forgetAnswer(answer.round);
          }}
          onForget={({ round: of }) => late.forgetAnswer(of)}
        />
        <DraftText
          slots={slots}
          highlights={highlights}
          cells={cells}
          others={otherMarks}
          otherCells={otherCells}
          onOther={showOther}
          selection={writing && "about" in writing && writing.about.scope === "range" ? selection : null}
          onBlock={open ? write : undefined}
          onCell={open && !gathering ? writeOnCell : undefined}
          onSlot={
            open && !gathering
              ? (slot) => begin({ scope: "slot", slot }, slot, `${t("sheetSlot")}: ${titleOf(slot)}`)
              : undefined
          }
          onHighlight={showMine}
        />
        <OwnAnswer
          stance={stance}
          comments={standing}
          unit={info.me.unit}
          ruleSet={info.ruleSet}
          onChange={
            open
              ? (change) => {
                  changeStance(change);
                  // What is declared now stands in the place of what came too late.
                  late.forgetAnswer(round.number);
                  if (change.agrees === true) toast({ title: t("agreeDone"), tone: "ok" });
                }
              : undefined
          }
        />
      </main>
      <FooterBar
        selected={open && selection !== null}
        mine={own.filter(({ comment }) => !comment.withdrawn).length}
        waiting={own.filter(({ received }) => !received).length}
        late={late.comments.length + lateAnswers.length}
        sync={sync}
        onSelection={() => {
          if (selection) write(selection);
        }}
        onClear={clearSelection}
        onMine={() => setPanel("mine")}
        onBack={gathering ? () => goOn(gathering.writing, gathering.words) : undefined}
        onReport={open ? () => begin({ scope: "report" }, "report", t("sheetReport")) : undefined}
      />
      {writing ? (
        <CommentSheet
          key={writing.subject.key}
          subject={writing.subject}
          audience={audience}
          onClose={() => setWriting(null)}
          onSend={send}
          onMore={
            "about" in writing && writing.about.scope === "range"
              ? (words) => {
                  setGathering({ writing, words });
                  setWriting(null);
                }
              : undefined
          }
        />
      ) : null}
      <CommentsDialog
        panel={panel === "outline" ? null : panel}
        mine={own.length}
        others={audience === "own" ? null : others.length}
        onPanel={setPanel}
        onSave={() => {
          const name = `${t("saveFileName")}-${info.me.name}.tongket`;
          saveFile({ name, bytes: new Blob([ownFile(info, round, body, notesDoc)]) });
        }}
        onWord={() => void downloadWord()}
        list={
          <OthersList
            comments={others}
            chosen={chosen}
            placed={new Set([...otherMarks, ...otherCells].map(({ comment }) => comment))}
            titleOf={titleOf}
            onShow={({ id }) => show("other", id)}
          />
        }
      >
        <OwnComments
          comments={own}
          chosen={chosen}
          onShow={({ id }) => show("comment", id)}
          onEdit={(comment) => {
            setPanel(null);
            setWriting(editOf(comment, { key: `${info.id}.${me}.${comment.id}`, heading: t("sheetEdit") }));
          }}
          onWithdraw={withdraw}
          onReply={(comment, text) =>
            putReply(notesDoc, {
              id: newId(),
              comment: comment.id,
              author: me,
              text,
              createdAt: live.clock.iso(),
              withdrawn: false,
            })
          }
        />
      </CommentsDialog>
      <OutlineSheet open={panel === "outline"} slots={slots} onClose={() => setPanel(null)} onGo={goTo} />
    </div>
  );
}
