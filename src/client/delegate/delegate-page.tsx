import { List, MessageSquarePlus, MessagesSquare, X } from "lucide-react";
import type { ReactElement } from "react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { docFrom, slotText } from "#collab";
import type { BoardRecord } from "#comments";
import { anchorRange, putComment, putReply, readBoard, readNotes } from "#comments";
import type { Comment, CommentTarget, Round } from "#model";
import { fillIn, openRound } from "#model";
import type { ReportInfo } from "#protocol";
import type * as Y from "yjs";
import { api } from "../app/api.ts";
import { newId } from "../app/new-id.ts";
import { useOpenReport } from "../app/open-report.tsx";
import { formatDateTime } from "../language/format.ts";
import { useLanguage } from "../language/use-language.ts";
import type { LiveReport } from "../live/live-report.ts";
import { useSyncState } from "../live/use-live.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { Pill } from "../ui/pill.tsx";
import { Spinner } from "../ui/spinner.tsx";
import { useToast } from "../ui/toast.tsx";
import type { CommentSubject, CommentWords } from "./comment-words.ts";
import { CommentSheet } from "./comment-sheet.tsx";
import styles from "./delegate-page.module.css";
import { DraftText } from "./draft-text.tsx";
import { isReceived, lateComments } from "./late-comments.ts";
import { LateList } from "./late-list.tsx";
import type { OwnComment } from "./own-comments.tsx";
import { OwnComments } from "./own-comments.tsx";
import type { Stretch } from "./reading.ts";
import { highlightsOf, readDraft } from "./reading.ts";
import { DelegateState } from "./delegate-state.tsx";
import { selectedStretch } from "./text-selection.ts";
import { useReading } from "../live/use-reading.ts";

/** What is being written: a new comment, or an edit of one's own. */
type Writing =
  | { readonly about: CommentTarget; readonly subject: CommentSubject }
  | { readonly editing: Comment; readonly subject: CommentSubject };

/** A delegate's page: reads the draft of the round, comments on it, and sees the answers. Made for one thumb. */
export function DelegatePage(): ReactElement {
  const { info, live } = useOpenReport();
  const { t } = useTranslation("delegate");
  const round = openRound(info.rounds) ?? info.rounds.at(-1) ?? null;
  const [body, tryAgain] = useFrozenBody(info.id, round?.version ?? null);
  if (round === null) {
    return (
      <main className={styles["alone"]}>
        <EmptyState title={t("noRoundTitle")}>{t("noRoundText")}</EmptyState>
      </main>
    );
  }
  if (body === "loading") {
    return (
      <main className={styles["alone"]} aria-busy="true">
        <Spinner /> {t("loading")}
      </main>
    );
  }
  if (body === "missing") {
    return (
      <main className={styles["alone"]}>
        <EmptyState title={t("draftMissingTitle")} actions={<Button onClick={tryAgain}>{t("tryAgain")}</Button>}>
          {t("draftMissingText")}
        </EmptyState>
      </main>
    );
  }
  return <Draft info={info} live={live} round={round} body={body} />;
}

/** The body as it was frozen for a round. Tried again by itself when the network comes back, and when asked to. */
function useFrozenBody(report: string, version: string | null): [Y.Doc | "loading" | "missing", () => void] {
  const [body, setBody] = useState<Y.Doc | "loading" | "missing">("loading");
  const again = useRef<() => void>(() => undefined);
  useEffect(() => {
    if (version === null) return undefined;
    let current = true;
    const load = async (): Promise<void> => {
      try {
        const bytes = await api.version(report, version);
        if (current) setBody(docFrom(bytes));
      } catch {
        if (current) setBody((known) => (typeof known === "string" ? "missing" : known));
      }
    };
    const retry = (): void => void load();
    retry();
    again.current = retry;
    window.addEventListener("online", retry);
    return () => {
      current = false;
      window.removeEventListener("online", retry);
    };
  }, [report, version]);
  return [body, () => again.current()];
}

function Draft({
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
  const [writing, setWriting] = useState<Writing | null>(null);
  const [selection, setSelection] = useState<Stretch | null>(null);
  const [panel, setPanel] = useState<"mine" | "outline" | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [read, setRead] = useState(0);
  const scroller = useRef<HTMLElement>(null);
  const late = useMemo(() => lateComments(info.id, me), [info.id, me]);
  const [lateOnes, setLateOnes] = useState(() => late.read());
  const open = round.closedAt === undefined;
  const title = fillIn(info.template.subject, info.fields);

  useEffect(() => {
    const follow = (): void => {
      if (scroller.current) setSelection(selectedStretch(scroller.current, document.getSelection()));
    };
    document.addEventListener("selectionchange", follow);
    return () => document.removeEventListener("selectionchange", follow);
  }, []);

  useEffect(() => {
    if (sync.kind !== "refused" || sync.reason !== "round-closed") return;
    const unreceived = notes.comments.filter((comment) => !isReceived(comment, recordOf(board, comment)));
    late.add(unreceived);
    // Only what can be read back is taken out of the document.
    if (unreceived.every((comment) => late.read().some((one) => one.id === comment.id))) {
      void live.discardRefused().then(() => window.location.reload());
    }
  }, [sync.kind, sync.reason, notes.comments, board, late, live]);

  const titleOf = (slot: string): string => {
    const found = slots.find((one) => one.numbered.slot.id === slot)?.numbered.entry;
    return found ? `${found.label} ${found.title}`.trim() : slot;
  };
  const key = (of: string): string => `${info.id}.${me}.${of}`;

  const aboutStretch = (stretch: Stretch): Writing => {
    const { anchor, quote } = anchorRange(slotText(body, stretch.slot), stretch.from, stretch.to);
    return {
      about: { scope: "range", slot: stretch.slot, anchor, quote },
      subject: {
        key: key(`${round.number}.${stretch.slot}.${stretch.from}-${stretch.to}`),
        heading: t("sheetRange"),
        quote: quote.exact,
      },
    };
  };
  const write = (stretch: Stretch): void => {
    setWriting(aboutStretch(stretch));
    document.getSelection()?.removeAllRanges();
    setSelection(null);
  };

  const send = (words: CommentWords): void => {
    if (!writing) return;
    const now = live.clock.iso();
    const { proposal, kind, text } = words;
    const said = { kind, text, ...(proposal === undefined ? {} : { proposal }) };
    if ("editing" in writing) {
      const { proposal: _before, ...rest } = writing.editing;
      putComment(notesDoc, { ...rest, ...said, editedAt: now });
    } else {
      putComment(notesDoc, {
        id: newId(),
        author: me,
        round: round.number,
        target: writing.about,
        createdAt: now,
        withdrawn: false,
        ...said,
      });
    }
    setWriting(null);
    const offline = sync.kind === "offline";
    toast({ title: offline ? t("keptOffline") : t("sent"), tone: "ok" });
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

  const own: OwnComment[] = notes.comments.map((comment) => {
    const record = recordOf(board, comment);
    return {
      comment,
      record,
      replies: notes.replies.filter((reply) => reply.comment === comment.id),
      received: isReceived(comment, record),
      placed: highlights.some((one) => one.comment === comment.id),
      editable: open && comment.round === round.number,
      slotTitle: comment.target.scope === "report" ? "" : titleOf(comment.target.slot),
    };
  });
  const unanswered = own.filter((one) => !one.comment.withdrawn).length;

  const goTo = (slot: string): void => {
    setPanel(null);
    requestAnimationFrame(() => {
      const section = document.getElementById(`slot-${slot}`);
      section?.scrollIntoView({ block: "start" });
      section?.focus({ preventScroll: true });
    });
  };
  const show = (comment: Comment): void => {
    setPanel(null);
    requestAnimationFrame(() => {
      scroller.current
        ?.querySelector(`[data-comment="${CSS.escape(comment.id)}"]`)
        ?.scrollIntoView({ block: "center" });
    });
  };
  const showMine = useCallback((comment: string) => {
    setChosen(comment);
    setPanel("mine");
    requestAnimationFrame(() =>
      document.querySelector(`article[data-comment="${CSS.escape(comment)}"]`)?.scrollIntoView(),
    );
  }, []);

  return (
    <div className={styles["page"]}>
      <header className={styles["header"]}>
        <div className={styles["top"]}>
          <div className={styles["titles"]}>
            <h1>{info.fields["organisation"] ?? ""}</h1>
            <p>{`${title.charAt(0).toLocaleUpperCase("vi")}${title.slice(1)}`}</p>
          </div>
          <IconButton label={t("outline")} className={styles["outlineButton"]} onClick={() => setPanel("outline")}>
            <List />
          </IconButton>
        </div>
        <div className={styles["meta"]}>
          <RoundPill round={round} />
          <span>{info.me.unit === "" ? info.me.name : t("you", { name: info.me.name, unit: info.me.unit })}</span>
        </div>
        <div
          className={styles["progress"]}
          role="progressbar"
          aria-label={t("readProgress", { percent: read })}
          aria-valuenow={read}
          aria-valuemin={0}
          aria-valuemax={100}
        >
          <i style={{ width: `${read}%` }} />
        </div>
      </header>
      <main
        ref={scroller}
        className={styles["scroll"]}
        onScroll={({ currentTarget: at }) => {
          const whole = at.scrollHeight - at.clientHeight;
          setRead(whole <= 0 ? 100 : Math.max(read, Math.round((100 * at.scrollTop) / whole)));
        }}
      >
        <p className={styles["hint"]}>{open ? t("howTo") : t("closedHint")}</p>
        <LateList
          comments={lateOnes}
          canResend={open}
          onResend={(comment) => {
            putComment(notesDoc, {
              ...comment,
              id: newId(),
              round: round.number,
              createdAt: live.clock.iso(),
            });
            late.remove(comment.id);
            setLateOnes(late.read());
          }}
          onForget={(comment) => {
            late.remove(comment.id);
            setLateOnes(late.read());
          }}
        />
        <DraftText
          slots={slots}
          highlights={highlights}
          selection={writing && "about" in writing && writing.about.scope === "range" ? selection : null}
          onBlock={open ? write : undefined}
          onSlot={
            open
              ? (slot) =>
                  setWriting({
                    about: { scope: "slot", slot },
                    subject: { key: key(`${round.number}.${slot}`), heading: `${t("sheetSlot")}: ${titleOf(slot)}` },
                  })
              : undefined
          }
          onHighlight={showMine}
        />
      </main>
      <footer className={styles["footer"]}>
        {selection && open ? (
          <div className={styles["actions"]}>
            <Button variant="primary" icon={<MessageSquarePlus />} onClick={() => write(selection)}>
              {t("commentOnSelection")}
            </Button>
            <IconButton
              label={t("clearSelection")}
              onClick={() => {
                document.getSelection()?.removeAllRanges();
                setSelection(null);
              }}
            >
              <X />
            </IconButton>
          </div>
        ) : (
          <div className={styles["actions"]}>
            <Button icon={<MessagesSquare />} onClick={() => setPanel("mine")}>
              {unanswered > 0 ? t("mineCount", { count: unanswered }) : t("mine")}
            </Button>
            {open ? (
              <Button
                variant="primary"
                icon={<MessageSquarePlus />}
                onClick={() =>
                  setWriting({
                    about: { scope: "report" },
                    subject: { key: key(`${round.number}.report`), heading: t("sheetReport") },
                  })
                }
              >
                {t("commentOnReport")}
              </Button>
            ) : null}
          </div>
        )}
        <DelegateState sync={sync} waiting={own.filter((one) => !one.received).length} />
      </footer>
      {writing ? (
        <CommentSheet
          key={writing.subject.key}
          subject={writing.subject}
          onClose={() => setWriting(null)}
          onSend={send}
        />
      ) : null}
      <Dialog open={panel === "mine"} onOpenChange={() => setPanel(null)} title={t("mine")}>
        <OwnComments
          comments={own}
          chosen={chosen}
          onShow={show}
          onEdit={(comment) => {
            setPanel(null);
            setWriting({
              editing: comment,
              subject: {
                key: key(comment.id),
                heading: t("sheetEdit"),
                ...(comment.target.scope === "range" ? { quote: comment.target.quote.exact } : {}),
                words: {
                  kind: comment.kind,
                  text: comment.text,
                  ...(comment.proposal === undefined ? {} : { proposal: comment.proposal }),
                },
              },
            });
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
      </Dialog>
      <Dialog open={panel === "outline"} onOpenChange={() => setPanel(null)} title={t("outline")}>
        <ul className={styles["outline"]}>
          {slots.map(({ numbered }) => (
            <li key={numbered.slot.id}>
              {numbered.before.map((group) => (
                <p key={group.node.id} className={styles["group"]}>
                  {`${group.label} ${group.title}`.trim()}
                </p>
              ))}
              <Button variant="quiet" onClick={() => goTo(numbered.slot.id)}>
                {titleOf(numbered.slot.id)}
              </Button>
            </li>
          ))}
        </ul>
      </Dialog>
    </div>
  );
}

function RoundPill({ round }: { readonly round: Round }): ReactElement {
  const { t } = useTranslation("delegate");
  const language = useLanguage();
  const { deadline, number } = round;
  if (round.closedAt !== undefined) return <Pill>{t("roundClosed", { number })}</Pill>;
  return (
    <Pill tone="warn">
      {deadline === undefined
        ? t("roundOpen", { number })
        : t("roundUntil", { number, time: formatDateTime(language, deadline) })}
    </Pill>
  );
}

function recordOf(board: readonly BoardRecord[], comment: Comment): BoardRecord | null {
  return board.find((record) => record.comment.id === comment.id) ?? null;
}
