import type { ReactElement } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Round, RoundState } from "#model";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { useWorkspace } from "../workspace.tsx";
import styles from "./round-dialog.module.css";
import { useRoundChange } from "./use-round-change.ts";

/** What the chair does with a round: pause, resume, another deadline, open again. */
export function RoundActions({
  round,
  state,
}: {
  readonly round: Round;
  readonly state: RoundState;
}): ReactElement | null {
  const { t } = useTranslation("workspace");
  const { report } = useWorkspace();
  const [busy, change] = useRoundChange(round);
  const [deadline, setDeadline] = useState(state === "closed" ? "" : wallClock(round.deadline));
  const until = deadline === "" ? {} : { deadline: new Date(deadline).toISOString() };
  const last = report.rounds.at(-1)?.number === round.number;
  if (state === "closed" && !last) return null;
  return (
    <form
      className={styles["actions"]}
      onSubmit={(event) => {
        event.preventDefault();
        if (state === "closed") void change({ change: "reopen", ...until }, t("round.reopened"));
        else void change({ change: "deadline", ...until }, t("round.deadlineSet"));
      }}
    >
      <TextField
        label={state === "closed" ? t("round.reopenDeadline") : t("round.deadline")}
        type="datetime-local"
        value={deadline}
        onChange={setDeadline}
      />
      <Button type="submit" busy={busy}>
        {state === "closed" ? t("round.reopen") : t("round.deadlineSave")}
      </Button>
      {state === "open" ? (
        <Button busy={busy} onClick={() => void change({ change: "pause" }, t("round.pausedDone"))}>
          {t("round.pause")}
        </Button>
      ) : null}
      {state === "paused" ? (
        <Button variant="primary" busy={busy} onClick={() => void change({ change: "resume" }, t("round.resumedDone"))}>
          {t("round.resume")}
        </Button>
      ) : null}
    </form>
  );
}

/** An instant as the field for a day and a time of day wants it: by the person's own wall clock. */
function wallClock(instant: string | undefined): string {
  if (instant === undefined) return "";
  const date = new Date(instant);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
