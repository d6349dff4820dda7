import { FileUp, Plus, Search } from "lucide-react";
import type { ReactElement } from "react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ReportSummary } from "#protocol";
import { api, saveFile } from "../app/api.ts";
import { isUnreachable, problemText } from "../app/errors.ts";
import { PageHeading } from "../app/page-heading.tsx";
import { Resource, useResource } from "../app/resource.ts";
import { navigate } from "../app/router.tsx";
import { useSession } from "../app/session.tsx";
import { useLanguage } from "../language/use-language.ts";
import { Button } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/dialog.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { SearchField } from "../ui/search-field.tsx";
import { Skeleton } from "../ui/spinner.tsx";
import { useToast } from "../ui/toast.tsx";
import { ReportRow } from "./report-row.tsx";
import styles from "./reports-page.module.css";
import { reportMatches } from "./search.ts";

/** From this many reports on there is a search. */
const MANY = 6;

/** The list of reports: how far each has come, and what one can do with it. */
export function ReportsPage(): ReactElement {
  const { t } = useTranslation("shell");
  const language = useLanguage();
  const { session } = useSession();
  const [resource] = useState(() => new Resource(() => api.reports()));
  const { value: reports, error } = useResource(resource);
  const [query, setQuery] = useState("");
  const [deleting, setDeleting] = useState<ReportSummary | null>(null);
  const actions = useReportActions(resource);

  const sorted = reports?.toSorted((a, b) => b.changedAt.localeCompare(a.changedAt)) ?? [];
  const found = sorted.filter((report) => reportMatches(query, report));
  return (
    <>
      <div className={styles["top"]}>
        <div className={styles["heading"]}>
          <PageHeading>{t("reports.title")}</PageHeading>
          {reports && reports.length > 0 ? (
            <p className={styles["count"]}>{t("reports.count", { count: reports.length })}</p>
          ) : null}
        </div>
        {session.chair ? (
          <div className={styles["actions"]}>
            <ImportButton busy={actions.importing} onFile={actions.importFile} />
            <Button variant="primary" icon={<Plus />} onClick={() => navigate({ page: "new-report" })}>
              {t("reports.create")}
            </Button>
          </div>
        ) : null}
      </div>
      {error !== null && reports !== null ? (
        <p className={styles["stale"]} role="alert">
          {problemText(language, error)}
        </p>
      ) : null}
      {sorted.length >= MANY || query !== "" ? (
        <div className={styles["search"]}>
          <SearchField
            label={t("reports.search")}
            value={query}
            onChange={setQuery}
            found={query === "" ? "" : t("reports.found", { count: found.length })}
          />
        </div>
      ) : null}
      {reports === null ? (
        error === null ? (
          <LoadingRows />
        ) : (
          <EmptyState
            title={isUnreachable(error) ? t("offline.title") : t("failed.title")}
            actions={<Button onClick={() => void resource.refresh()}>{t("again")}</Button>}
          >
            {problemText(language, error)}
          </EmptyState>
        )
      ) : null}
      {reports?.length === 0 ? (
        <EmptyState
          icon={<Plus />}
          title={t("reports.none")}
          actions={
            session.chair ? (
              <Button variant="primary" icon={<Plus />} onClick={() => navigate({ page: "new-report" })}>
                {t("reports.create")}
              </Button>
            ) : null
          }
        >
          {session.chair ? t("reports.none-chair") : t("reports.none-other")}
        </EmptyState>
      ) : null}
      {reports !== null && reports.length > 0 && found.length === 0 ? (
        <EmptyState
          icon={<Search />}
          title={t("reports.not-found", { query })}
          actions={<Button onClick={() => setQuery("")}>{t("reports.clear-search")}</Button>}
        />
      ) : null}
      {found.length > 0 ? (
        <ul className={styles["list"]}>
          {found.map((report) => (
            <ReportRow
              key={report.id}
              report={report}
              onDownload={() => void actions.download(report)}
              onDelete={() => setDeleting(report)}
            />
          ))}
        </ul>
      ) : null}
      <ConfirmDialog
        open={deleting !== null}
        onOpenChange={() => setDeleting(null)}
        title={t("reports.delete-title")}
        confirm={t("reports.delete")}
        onConfirm={async () => {
          if (deleting) await actions.remove(deleting);
        }}
      >
        {deleting ? t("reports.delete-text", { organisation: deleting.organisation, title: deleting.title }) : null}
      </ConfirmDialog>
    </>
  );
}

interface ReportActions {
  readonly importing: boolean;
  readonly importFile: (file: File) => void;
  readonly download: (report: ReportSummary) => Promise<void>;
  readonly remove: (report: ReportSummary) => Promise<void>;
}

function useReportActions(resource: Resource<ReportSummary[]>): ReportActions {
  const { t } = useTranslation("shell");
  const language = useLanguage();
  const toast = useToast();
  const [importing, setImporting] = useState(false);
  const report = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      toast({ title: problemText(language, error), tone: "danger" });
    }
  };
  return {
    importing,
    importFile: (file) => {
      setImporting(true);
      void report(async () => {
        const { id } = await api.importReport(file);
        await resource.refresh();
        toast({
          title: t("reports.imported", { name: file.name }),
          tone: "ok",
          action: { label: t("open"), onSelect: () => navigate({ page: "report", report: id }) },
        });
      }).finally(() => setImporting(false));
    },
    download: (row) =>
      report(async () => {
        saveFile(await api.archive(row.id));
      }),
    remove: (row) =>
      report(async () => {
        await api.deleteReport(row.id);
        resource.assume((rows) => rows.filter((other) => other.id !== row.id));
        toast({
          title: t("reports.deleted", { organisation: row.organisation }),
          action: {
            label: t("undo"),
            onSelect: () =>
              void report(async () => {
                await api.restoreReport(row.id);
                await resource.refresh();
                toast({ title: t("reports.restored", { organisation: row.organisation }), tone: "ok" });
              }),
          },
        });
      }),
  };
}

function ImportButton({
  busy,
  onFile,
}: {
  readonly busy: boolean;
  readonly onFile: (file: File) => void;
}): ReactElement {
  const { t } = useTranslation("shell");
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".tongket,application/zip"
        hidden
        aria-label={t("reports.import")}
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          // The same file may be chosen again after an error.
          event.currentTarget.value = "";
          if (file) onFile(file);
        }}
      />
      <Button icon={<FileUp />} busy={busy} onClick={() => input.current?.click()}>
        {t("reports.import")}
      </Button>
    </>
  );
}

function LoadingRows(): ReactElement {
  const { t } = useTranslation("shell");
  return (
    <div className={styles["list"]} aria-busy="true" aria-label={t("loading")} role="status">
      {[0, 1, 2].map((row) => (
        <div key={row} className={styles["loading"]}>
          <Skeleton lines={3} />
        </div>
      ))}
    </div>
  );
}
