import { MapPinOff } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ThreadRow, ThreadState } from "#model";
import { isSupposed, isUnplaced, rowState, voiceOf, voiceWords } from "#model";
import { formatDateTime } from "../../language/format.ts";
import { useLanguage } from "../../language/use-language.ts";
import { Avatar } from "../../ui/avatar.tsx";
import type { Tone } from "../../ui/pill.tsx";
import { Pill } from "../../ui/pill.tsx";
import { useDesk } from "../workspace.tsx";
import { isMentioned } from "./thread-filter.ts";
import styles from "./thread-card.module.css";

const TONES: Readonly<Record<ThreadState, Tone>> = {
  withdrawn: "none",
  open: "warn",
  proposed: "info",
  validated: "ok",
};

/** Who said it, in which round and when, and how far it has come. */
export function ThreadHead({ row, before }: { readonly row: ThreadRow; readonly before?: ReactNode }): ReactElement {
  const thread = row.leading;
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const { comment, author } = thread;
  const { stances, info } = useDesk();
  const voice = voiceOf(stances, comment);
  const about = [
    voice ? t("voice.speaks", { voice: voiceWords(language, voice, info.ruleSet) }) : author.unit,
    comment.round === 0 ? t("thread.noRound") : t("thread.round", { number: comment.round }),
    formatDateTime(language, comment.editedAt ?? comment.createdAt),
  ];
  const state = rowState(row);
  return (
    <div className={styles["head"]}>
      {before}
      <Avatar id={author.id} name={author.name} />
      <div className={styles["who"]}>
        <b>
          {author.name}
          {row.others.length > 0 ? ` ${t("merge.others", { count: row.others.length })}` : ""}
        </b>
        <small>{about.filter((part) => part !== "").join(" · ")}</small>
      </div>
      <div className={styles["pills"]}>
        <Pill tone={TONES[state]}>
          {state === "proposed" || state === "validated"
            ? t(`decision.outcome.${thread.decision?.outcome ?? "later"}`)
            : t(`thread.state.${state}`)}
        </Pill>
        {isMentioned(thread, info.me.id) ? <Pill tone="info">{t("mention.mark")}</Pill> : null}
        {comment.late ? <Pill>{t("late.mark")}</Pill> : null}
        {(isUnplaced(thread) || isSupposed(thread)) && !comment.withdrawn ? (
          <Pill tone={isSupposed(thread) ? "warn" : "danger"}>
            <MapPinOff aria-hidden="true" className={styles["pillIcon"]} />{" "}
            {t(`thread.state.${isSupposed(thread) ? "uncertain" : "unplaced"}`)}
          </Pill>
        ) : null}
      </div>
    </div>
  );
}
