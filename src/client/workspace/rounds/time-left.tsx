import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import { formatDateTime, formatDuration } from "../../language/format.ts";
import { useLanguage } from "../../language/use-language.ts";
import { useTimeLeft } from "../../live/use-server-time.ts";
import { useDesk } from "../workspace.tsx";

/** How long it is until a deadline, by the server's clock. */
export function TimeLeft({ deadline }: { readonly deadline: string }): ReactElement {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const { live } = useDesk();
  const left = useTimeLeft(deadline, live.clock);
  return (
    <span role="timer" title={formatDateTime(language, deadline)}>
      {t("round.timeLeft", { left: formatDuration(language, left) })}
    </span>
  );
}
