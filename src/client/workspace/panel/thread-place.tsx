import { Check, X } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import {
  cellSpotAt,
  confirmPlace,
  placeOf,
  refusePlace,
  saidOf,
  spotAt,
  standingSpot,
  takeBackPlace,
  whereItStood,
} from "#comments";
import type { CellSpot, CommentThread, Spot } from "#model";
import { cellPlace, cellPlaceWords, placeOfPart, quotation } from "#model";
import { useLanguage } from "../../language/use-language.ts";
import { Button } from "../../ui/button.tsx";
import { useToast } from "../../ui/toast.tsx";
import { useWorkspace } from "../workspace.tsx";
import type { Excerpt } from "./place-words.ts";
import { excerptAt, neighboursOf } from "./place-words.ts";
import styles from "./thread-place.module.css";

interface PartProps {
  readonly thread: CommentThread;
  /** Which of several ranges it is about, from 0. */
  readonly part: number;
}

/**
 * Of a range or a cell that is gone: where the same words stand again, for the committee to confirm or refuse, or where
 * the words had been. Of one that was confirmed, who did. Nothing for all others.
 */
export function ThreadPlace({ thread, part = 0 }: Partial<PartProps> & Pick<PartProps, "thread">): ReactElement | null {
  const { target, withdrawn } = thread.comment;
  if ((target.scope !== "range" && target.scope !== "cell") || withdrawn) return null;
  const place = placeOfPart(thread, part);
  if (place?.uncertain) return <Supposed thread={thread} part={part} />;
  if (!place) return <Gone thread={thread} part={part} />;
  const here = target.scope === "cell" ? thread.placing?.cell?.here : saidOf(thread.placing, part).here;
  return here ? <Confirmed thread={thread} part={part} spot={here} /> : null;
}

function Supposed({ thread, part }: PartProps): ReactElement | null {
  const { t } = useTranslation("workspace");
  const { report, titleOf, body } = useWorkspace();
  const language = useLanguage();
  const says = useSays(thread, part);
  const place = placeOfPart(thread, part);
  const cell = cellPlace(report, report.template, place);
  const excerpt =
    place && (cell ? cellExcerpt(cellPlaceWords(cell, language), thread) : excerptAt(report.slots, place));
  if (!place || !excerpt) return null;
  const answer = (say: (spot: Spot | CellSpot) => void) => (): void => {
    const spot = place.cell === undefined ? spotAt(body, place) : cellSpotAt(body, place);
    if (spot) say(spot);
  };
  return (
    <Box title={t("place.uncertain")}>
      <p>{t(cell ? "place.supposedCell" : "place.supposed", { title: titleOf(place.slot) })}</p>
      <p className={styles["excerpt"]} lang="vi">
        {excerpt.before}
        <mark>{excerpt.words}</mark>
        {excerpt.after}
      </p>
      {says ? (
        <div className={styles["buttons"]}>
          <Button icon={<Check />} onClick={answer(says.confirm)}>
            {t("place.confirm")}
          </Button>
          <Button icon={<X />} variant="quiet" onClick={answer(says.refuse)}>
            {t("place.refuse")}
          </Button>
        </div>
      ) : null}
    </Box>
  );
}

/** Where the supposed cell is, with its words. */
function cellExcerpt(where: string, thread: CommentThread): Excerpt {
  return { before: `${where}: `, words: quotation(thread.comment)?.exact ?? "", after: "" };
}

function Gone({ thread, part }: PartProps): ReactElement | null {
  const { t } = useTranslation("workspace");
  const { report, titleOf, body } = useWorkspace();
  const { target } = thread.comment;
  const range = target.scope !== "range" ? undefined : part === 0 ? target : target.also?.[part - 1];
  const former = range && whereItStood(body, range);
  if (!former) return null;
  const { slot, before, after, inside } = neighboursOf(report.slots, former);
  const title = titleOf(slot);
  return (
    <Box title={t("place.gone")}>
      <p>
        {inside && after !== null
          ? t("place.wasIn", { title, after })
          : before !== null && after !== null
            ? t("place.wasBetween", { title, before, after })
            : before !== null
              ? t("place.wasAfter", { title, before })
              : after !== null
                ? t("place.wasBefore", { title, after })
                : t("place.wasThere", { title })}
      </p>
    </Box>
  );
}

function Confirmed({ thread, part, spot }: PartProps & { readonly spot: Spot | CellSpot }): ReactElement | null {
  const { t } = useTranslation("workspace");
  const { report, body } = useWorkspace();
  const says = useSays(thread, part);
  const { target } = thread.comment;
  // Where the comment's own words, or its own cell, are back, nobody need have said anything.
  const isBack = "cell" in spot ? placeOf(body, target) !== null : standingSpot(body, thread, part) !== spot;
  if (isBack) return null;
  const by = report.people.find(({ id }) => id === thread.placing?.by)?.name ?? t("place.somebody");
  return (
    <p className={styles["confirmed"]}>
      <span>{t("place.confirmedBy", { name: by })}</span>
      {says ? (
        <Button variant="quiet" onClick={() => says.refuse(spot)}>
          {t("place.refuse")}
        </Button>
      ) : null}
    </p>
  );
}

function Box({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactElement {
  return (
    <div className={styles["box"]} role="group" aria-label={title}>
      <b>{title}</b>
      {children}
    </div>
  );
}

/** What a person of the committee can say about a place, each with a way back; null for a reader. */
function useSays(
  thread: CommentThread,
  part: number,
): Record<"confirm" | "refuse", (spot: Spot | CellSpot) => void> | null {
  const { t } = useTranslation("workspace");
  const { committee, decisions, me, live } = useWorkspace();
  const toast = useToast();
  if (!committee || !decisions) return null;
  const { comment, placing } = thread;
  const done = (title: string): void =>
    toast({
      title,
      tone: "ok",
      action: {
        label: t("place.undo"),
        onSelect: () => takeBackPlace(decisions, comment.id, placing ?? null, me.id, live.clock.iso()),
      },
    });
  return {
    confirm: (spot) => {
      confirmPlace(decisions, comment.id, spot, me.id, live.clock.iso(), part);
      done(t("place.confirmed"));
    },
    refuse: (spot) => {
      refusePlace(decisions, comment.id, spot, me.id, live.clock.iso(), part);
      done(t("place.refused"));
    },
  };
}
