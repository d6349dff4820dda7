import { Check, X } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { confirmPlace, refusePlace, spotAt, standingSpot, takeBackPlace, whereItStood } from "#comments";
import type { CommentThread, Spot } from "#model";
import { isUnplaced } from "#model";
import { Button } from "../../ui/button.tsx";
import { useToast } from "../../ui/toast.tsx";
import { useWorkspace } from "../workspace.tsx";
import { excerptAt, neighboursOf } from "./place-words.ts";
import styles from "./thread-place.module.css";

/**
 * Of a comment whose words are gone: where the same words stand again, for the committee to confirm or refuse, or where
 * the words had been. Of one that was confirmed, who did. Nothing for all others.
 */
export function ThreadPlace({ thread }: { readonly thread: CommentThread }): ReactElement | null {
  if (thread.comment.target.scope !== "range" || thread.comment.withdrawn) return null;
  if (thread.place?.uncertain) return <Supposed thread={thread} />;
  if (isUnplaced(thread)) return <Gone thread={thread} />;
  return thread.placing?.here ? <Confirmed thread={thread} spot={thread.placing.here} /> : null;
}

function Supposed({ thread }: { readonly thread: CommentThread }): ReactElement | null {
  const { t } = useTranslation("workspace");
  const { report, titleOf, body } = useWorkspace();
  const says = useSays(thread);
  const { place } = thread;
  const excerpt = place && excerptAt(report.slots, place);
  if (!place || !excerpt) return null;
  const answer = (say: (spot: Spot) => void) => (): void => {
    const spot = spotAt(body, place);
    if (spot) say(spot);
  };
  return (
    <Box title={t("place.uncertain")}>
      <p>{t("place.supposed", { title: titleOf(place.slot) })}</p>
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

function Gone({ thread }: { readonly thread: CommentThread }): ReactElement | null {
  const { t } = useTranslation("workspace");
  const { report, titleOf, body } = useWorkspace();
  const former = whereItStood(body, thread.comment);
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

function Confirmed({ thread, spot }: { readonly thread: CommentThread; readonly spot: Spot }): ReactElement | null {
  const { t } = useTranslation("workspace");
  const { report, body } = useWorkspace();
  const says = useSays(thread);
  // Where the comment's own words are back, nobody need have said anything.
  if (standingSpot(body, thread) !== spot) return null;
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
function useSays(thread: CommentThread): Record<"confirm" | "refuse", (spot: Spot) => void> | null {
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
      confirmPlace(decisions, comment.id, spot, me.id, live.clock.iso());
      done(t("place.confirmed"));
    },
    refuse: (spot) => {
      refusePlace(decisions, comment.id, spot, me.id, live.clock.iso());
      done(t("place.refused"));
    },
  };
}
