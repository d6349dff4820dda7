import { CircleCheck, CloudOff, RefreshCw, TriangleAlert } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../ui/button.tsx";
import { classNames } from "../ui/class-names.ts";
import { ConfirmDialog } from "../ui/dialog.tsx";
import type { LiveReport } from "./live-report.ts";
import styles from "./state-line.module.css";
import type { SyncState } from "./sync-state.ts";
import { useSyncState } from "./use-live.ts";

const LOOK: Readonly<Record<SyncState["kind"], readonly ["ok" | "busy" | "warn" | "bad", ReactNode]>> = {
  connecting: ["busy", <RefreshCw key="icon" />],
  saved: ["ok", <CircleCheck key="icon" />],
  saving: ["busy", <RefreshCw key="icon" />],
  offline: ["warn", <CloudOff key="icon" />],
  refused: ["bad", <TriangleAlert key="icon" />],
  "signed-out": ["bad", <TriangleAlert key="icon" />],
  revoked: ["bad", <TriangleAlert key="icon" />],
  gone: ["bad", <TriangleAlert key="icon" />],
};

type OfflineSaying = "offline" | "offline-keeping" | "offline-kept" | "offline-in-window" | "offline-unkept";

/**
 * Says in one sentence whether the person's work is safe at the moment it is asked. Whoever only asks is not drawn again
 * whenever that changes, which it does several times with every letter.
 */
export function useStateWords(live: LiveReport): () => string {
  const { t } = useTranslation("shell");
  return () => {
    const state = live.getSyncState();
    switch (state.kind) {
      case "offline":
        return t(`state.${offlineSaying(state)[0]}`, { count: offlineSaying(state)[1] });
      case "refused":
        return t(`refusal.${state.reason ?? "malformed"}`);
      default:
        return t(`state.${state.kind}`);
    }
  };
}

/**
 * One line that says whether the person's work is safe. It is also read out, but not every keystroke's coming and
 * going: `saving` is shown and not announced.
 */
export function StateLine({ live }: { readonly live: LiveReport }): ReactElement {
  const { t } = useTranslation("shell");
  const state = useSyncState(live);
  const words = useStateWords(live)();
  const [tone, icon] = LOOK[state.kind];
  // Without the figure, which every keystroke changes.
  const passing = state.kind === "saving" || state.kind === "connecting";
  const announced = passing ? "" : state.kind === "offline" ? t("state.offline") : words;
  const warning = state.device === "good" ? null : t(`device.${state.device}`);
  return (
    <span
      className={classNames(styles["line"], styles[tone])}
      data-state={state.kind}
      data-kept={state.kept}
      data-unkept={state.unsaved - state.kept}
    >
      <span className={styles["icon"]} aria-hidden="true">
        {icon}
      </span>
      <span>{words}</span>
      {state.kind === "refused" ? <Discard live={live} /> : null}
      {warning === null ? null : <span className={styles["warning"]}>{warning}</span>}
      <output className={styles["announced"]}>{announced}</output>
    </span>
  );
}

/** What is said without a connection, and of how many changes: of those kept on the device only that they are. */
function offlineSaying({ unsaved, kept, device }: SyncState): readonly [OfflineSaying, number] {
  if (unsaved === 0) return ["offline", 0];
  if (device === "private") return ["offline-in-window", unsaved];
  if (device !== "good" && unsaved > kept) return ["offline-unkept", unsaved - kept];
  return kept > 0 ? ["offline-kept", kept] : ["offline-keeping", 0];
}

/** The way out of a refusal: gives up what the server does not take, after asking. */
function Discard({ live }: { readonly live: LiveReport }): ReactElement {
  const { t } = useTranslation("shell");
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button variant="quiet" onClick={() => setAsking(true)}>
        {t("discard")}
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("discard.title")}
        confirm={t("discard")}
        onConfirm={async () => {
          await live.discardRefused();
          window.location.reload();
        }}
      >
        {t("discard.text")}
      </ConfirmDialog>
    </>
  );
}
