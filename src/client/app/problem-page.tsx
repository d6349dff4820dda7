import { CloudOff, FileX, KeyRound, Link2Off, TriangleAlert } from "lucide-react";
import type { FormEvent, ReactElement, ReactNode } from "react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { chooseLanguage } from "../language/i18n.ts";
import { useLanguage } from "../language/use-language.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { Spinner } from "../ui/spinner.tsx";
import { BrandMark } from "./brand.tsx";
import { lateWords } from "../delegate/late-comments.ts";
import { takeUnsent } from "../live/unsent.ts";
import { api, saveFile } from "./api.ts";
import { isUnreachable, problemText, ServerRefusal } from "./errors.ts";
import { usePageTitle } from "./page-heading.tsx";
import styles from "./problem-page.module.css";
import { navigate } from "./router.tsx";

function PlainPage({
  icon,
  title,
  children,
}: {
  readonly icon: ReactNode;
  readonly title: string;
  readonly children: ReactNode;
}): ReactElement {
  const { t } = useTranslation("shell");
  const language = useLanguage();
  usePageTitle(title);
  return (
    <main className={styles["page"]}>
      <div className={styles["brand"]}>
        <BrandMark size={32} />
        <span>{t("app.name")}</span>
      </div>
      <section className={styles["card"]}>
        <div className={styles["icon"]} aria-hidden="true">
          {icon}
        </div>
        <h1 className={styles["title"]}>{title}</h1>
        {children}
      </section>
      <Button variant="quiet" onClick={() => void chooseLanguage(language === "vi" ? "en" : "vi")}>
        <span lang={language === "vi" ? "en" : "vi"}>{language === "vi" ? "English" : "Tiếng Việt"}</span>
      </Button>
    </main>
  );
}

/** The page while nothing is known yet. It waits a moment before it says so: most answers come sooner. */
export function WaitingPage(): ReactElement {
  const { t } = useTranslation("shell");
  return (
    <main className={styles["waiting"]}>
      <Spinner large label={t("loading")} />
    </main>
  );
}

/** The path of a link that was pasted, whole or in part; null where the text holds none. */
export function pastedLink(text: string): string | null {
  return text.match(/\/k\/[\w-]+/u)?.[0] ?? null;
}

/** Nobody is signed in: one needs the link one was given. */
export function SignedOutPage(): ReactElement {
  const { t } = useTranslation("shell");
  const [text, setText] = useState("");
  const [error, setError] = useState<string | undefined>(undefined);
  const open = (event: FormEvent): void => {
    event.preventDefault();
    const path = pastedLink(text);
    if (path === null) setError(t("signed-out.no-link"));
    else window.location.assign(path);
  };
  return (
    <PlainPage icon={<KeyRound />} title={t("signed-out.title")}>
      <p>{t("signed-out.text")}</p>
      <form className={styles["form"]} onSubmit={open} noValidate>
        <TextField
          className={styles["wide"]}
          label={t("signed-out.link")}
          value={text}
          onChange={setText}
          error={error}
          inputMode="url"
          autoComplete="off"
          spellCheck={false}
        />
        <Button variant="primary" type="submit">
          {t("signed-out.open")}
        </Button>
      </form>
      <p className={styles["hint"]}>{t("signed-out.lost")}</p>
    </PlainPage>
  );
}

const NOTHING: readonly string[] = [];

/** The page of a report that was opened after its link had been revoked: the device may still hold what was not sent. */
function LeftReportPage({ report }: { readonly report: string }): ReactElement {
  const [unsent, setUnsent] = useState<readonly string[] | null>(null);
  useEffect(() => {
    const take = async (): Promise<void> => {
      const taken = await takeUnsent(report);
      // What was taken is no longer there to be taken again.
      setUnsent((before) => before ?? taken);
    };
    void take();
  }, [report]);
  return unsent === null ? <WaitingPage /> : <RevokedPage report={report} unsent={unsent} />;
}

/**
 * The person's link has been revoked, perhaps this moment. `unsent` is what they wrote that can no longer be sent: it is
 * on this page alone, for them to take along, with what came too late before.
 */
export function RevokedPage({
  report = null,
  unsent: held = NOTHING,
}: {
  /** The report that this device is to forget. */
  readonly report?: string | null;
  readonly unsent?: readonly string[];
}): ReactElement {
  const { t } = useTranslation("shell");
  const [late] = useState(() => (report === null ? NOTHING : lateWords(report)));
  const unsent = [...held, ...late];
  useEffect(() => {
    if (report !== null) void api.forget(report);
  }, [report]);
  const save = (): void => {
    const bytes = new Blob([unsent.join("\r\n\r\n")], { type: "text/plain;charset=utf-8" });
    saveFile({ name: `${t("revoked.file")}.txt`, bytes });
  };
  return (
    <PlainPage icon={<Link2Off />} title={t("revoked.title")}>
      <p>{t("revoked.text")}</p>
      {unsent.length === 0 ? null : (
        <>
          <p>{t("revoked.unsent", { count: unsent.length })}</p>
          <div className={styles["unsent"]} lang="vi" role="region" aria-label={t("revoked.save")} tabIndex={0}>
            {unsent.map((paragraph, at) => (
              <p key={at}>{paragraph}</p>
            ))}
          </div>
          <Button variant="primary" onClick={save}>
            {t("revoked.save")}
          </Button>
        </>
      )}
    </PlainPage>
  );
}

/** A link was opened that is revoked, or that never was one. Whoever is signed in by another one may go on. */
export function RefusedLinkPage({
  why,
  signedIn,
}: {
  readonly why: "revoked" | "unknown";
  readonly signedIn: boolean;
}): ReactElement {
  const { t } = useTranslation("shell");
  const revoked = why === "revoked";
  return (
    <PlainPage icon={<Link2Off />} title={revoked ? t("revoked.title") : t("unknown-link.title")}>
      <p>{revoked ? t("revoked.text") : t("unknown-link.text")}</p>
      {signedIn ? (
        <Button onClick={() => navigate({ page: "reports" }, { replace: true })}>{t("to-reports")}</Button>
      ) : null}
    </PlainPage>
  );
}

/** No page has this address, or no report this id. */
export function NotFoundPage({ report = false }: { readonly report?: boolean }): ReactElement {
  const { t } = useTranslation("shell");
  return (
    <PlainPage icon={<FileX />} title={report ? t("not-found.report") : t("not-found.page")}>
      <p>{report ? t("not-found.report-text") : t("not-found.page-text")}</p>
      <Button variant="primary" onClick={() => navigate({ page: "reports" })}>
        {t("to-reports")}
      </Button>
    </PlainPage>
  );
}

/** Something needed for the page could not be fetched: the page that says what happened and offers to try again. */
export function failedPage(error: unknown, again: () => void): ReactElement {
  return <FailedPage error={error} again={again} />;
}

function FailedPage({ error, again }: { readonly error: unknown; readonly again: () => void }): ReactElement {
  const { t } = useTranslation("shell");
  const language = useLanguage();
  if (error instanceof ServerRefusal) {
    if (error.status === 401) return <SignedOutPage />;
    const { report } = error.details;
    if (error.code === "link-revoked" && typeof report === "string") return <LeftReportPage report={report} />;
    if (error.status === 403) return <RevokedPage />;
    if (error.status === 404 || error.status === 410) return <NotFoundPage report />;
  }
  const offline = isUnreachable(error);
  return (
    <PlainPage
      icon={offline ? <CloudOff /> : <TriangleAlert />}
      title={offline ? t("offline.title") : t("failed.title")}
    >
      <p>{offline ? t("offline.text") : problemText(language, error)}</p>
      <Button variant="primary" onClick={again}>
        {t("again")}
      </Button>
    </PlainPage>
  );
}
