import { useCallback, useState } from "react";
import type { Round } from "#model";
import type { ChangeRoundRequest } from "#protocol";
import { api } from "../../app/api.ts";
import { problemText } from "../../app/errors.ts";
import { useLanguage } from "../../language/use-language.ts";
import { useToast } from "../../ui/toast.tsx";
import { useDesk } from "../workspace.tsx";

/** Changes a round on the server and says what came of it; busy until then. */
export function useRoundChange(
  round: Round,
): [busy: boolean, change: (request: ChangeRoundRequest, done: string) => Promise<void>] {
  const language = useLanguage();
  const toast = useToast();
  const { info, refresh } = useDesk();
  const [busy, setBusy] = useState(false);
  const change = useCallback(
    async (request: ChangeRoundRequest, done: string): Promise<void> => {
      setBusy(true);
      try {
        await api.changeRound(info.id, round.number, request);
        await refresh();
        toast({ title: done, tone: "ok" });
      } catch (error) {
        toast({ title: problemText(language, error), tone: "danger" });
      } finally {
        setBusy(false);
      }
    },
    [info.id, round.number, refresh, toast, language],
  );
  return [busy, change];
}
