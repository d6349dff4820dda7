import {
  Download,
  FileCode,
  FilePenLine,
  FileText,
  FolderInput,
  Inbox,
  MessagesSquare,
  Send,
  Sheet,
  Table2,
} from "lucide-react";
import type { ReactElement } from "react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ResponseForm } from "#model";
import { unchangedFindings } from "#model";
import type { Action } from "#protocol";
import { may } from "#protocol";
import type { ExportKind, ReceivedFile } from "../app/api.ts";
import { api, saveFile } from "../app/api.ts";
import { problemText } from "../app/errors.ts";
import { useLanguage } from "../language/use-language.ts";
import { Button } from "../ui/button.tsx";
import { Menu, MenuItem, MenuSeparator } from "../ui/menu.tsx";
import { useToast } from "../ui/toast.tsx";
import { useCarriedOut } from "./carried-out.tsx";
import { FindingsDialog, NoOfficeDialog, Progress } from "./export-dialogs.tsx";
import type { Incomplete } from "./left-out-dialog.tsx";
import { ForCommentDialog } from "./for-comment-dialog.tsx";
import { LeftOutDialog } from "./left-out-dialog.tsx";
import { ReturnedDialog } from "./returned/returned-dialog.tsx";
import { useFindings } from "./outline.tsx";
import { useWorkspace } from "./workspace.tsx";

const ACTIONS: readonly Action[] = ["export-final", "export-draft", "export-for-comment", "export-responses"];

const FINAL_FORMS = ["html", "md"] as const;

const RESPONSE_FORMS: readonly ResponseForm[] = ["csv", "json"];

/** Everything that leaves as a file, and the file that comes back. */
export function ExportMenu(): ReactElement | null {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const toast = useToast();
  const { report, info, me, refresh } = useWorkspace();
  // What is exported once one has seen what is still missing.
  const [checking, setChecking] = useState<(() => void) | null>(null);
  // What is exported once one has seen what was taken up and not carried out.
  const [waiting, setWaiting] = useState<(() => void) | null>(null);
  const [copying, setCopying] = useState<"docx" | "pdf" | null>(null);
  const [noOffice, setNoOffice] = useState(false);
  const [returning, setReturning] = useState(false);
  const [working, setWorking] = useState<string | null>(null);
  const [left, setLeft] = useState<readonly Incomplete[]>([]);
  const upload = useRef<HTMLInputElement>(null);
  const findings = useFindings();
  const gaps = findings.filter(({ severity }) => severity === "gap");
  const changes = useCarriedOut();
  const unchanged = unchangedFindings(report.threads, changes);
  const final = (act: () => void): void => {
    if (gaps.length > 0) setChecking(() => act);
    else act();
  };
  const table = (act: () => void): void => {
    if (unchanged.length > 0) setWaiting(() => act);
    else act();
  };

  const receive = async (what: string, fetch: () => Promise<ReceivedFile>): Promise<void> => {
    setWorking(what);
    try {
      saveFile(await fetch());
      toast({ title: t("export.done"), tone: "ok" });
    } catch (error) {
      toast({ title: problemText(language, error), tone: "danger" });
    } finally {
      setWorking(null);
    }
  };
  const pdf = (act: () => void): void => {
    if (info.pdf === true) act();
    else setNoOffice(true);
  };
  const pdfOf = (kind: ExportKind): void => {
    void receive(t(`export.${kind}.pdf`), () => api.exportAs(report.id, kind, "pdf"));
  };
  const word = (kind: ExportKind): void => {
    void receive(t(`export.${kind}`), () => api.exportWord(report.id, kind));
  };
  const merge = async (files: readonly File[], everything = false): Promise<void> => {
    const incomplete: Incomplete[] = [];
    for (const file of files) {
      setWorking(t("export.merging", { name: file.name }));
      try {
        const leftOut = await api.mergeArchive(report.id, file, everything);
        if (leftOut.length > 0) incomplete.push({ file, leftOut });
        else toast({ title: `${t("export.merged")}: ${file.name}`, tone: "ok" });
      } catch (error) {
        toast({ title: `${file.name}: ${problemText(language, error)}`, tone: "danger" });
      }
    }
    setWorking(null);
    setLeft(incomplete);
    await refresh();
  };
  if (!ACTIONS.some((action) => may(me.role, action))) return null;
  return (
    <>
      <Menu
        trigger={
          <Button variant="primary" icon={<Download />}>
            {t("export.label")}
          </Button>
        }
      >
        {may(me.role, "export-final") ? (
          <>
            <MenuItem icon={<FileText />} onSelect={() => final(() => word("final"))}>
              {t("export.final")}
            </MenuItem>
            <MenuItem icon={<FileText />} onSelect={() => pdf(() => final(() => pdfOf("final")))}>
              {t("export.final.pdf")}
            </MenuItem>
            {FINAL_FORMS.map((form) => (
              <MenuItem
                key={form}
                icon={<FileCode />}
                onSelect={() =>
                  final(() => void receive(t(`export.final.${form}`), () => api.exportAs(report.id, "final", form)))
                }
              >
                {t(`export.final.${form}`)}
              </MenuItem>
            ))}
          </>
        ) : null}
        {may(me.role, "export-draft") ? (
          <>
            <MenuSeparator />
            <MenuItem icon={<MessagesSquare />} onSelect={() => word("draft")}>
              {t("export.draft")}
            </MenuItem>
            <MenuItem
              icon={<FilePenLine />}
              onSelect={() => void receive(t("export.tracked"), () => api.exportTracked(report.id))}
            >
              {t("export.tracked")}
            </MenuItem>
            <MenuItem icon={<MessagesSquare />} onSelect={() => pdf(() => pdfOf("draft"))}>
              {t("export.draft.pdf")}
            </MenuItem>
          </>
        ) : null}
        {may(me.role, "export-for-comment") ? (
          <>
            <MenuItem icon={<Send />} disabled={report.rounds.length === 0} onSelect={() => setCopying("docx")}>
              {t("export.for-comment")}
            </MenuItem>
            <MenuItem
              icon={<Send />}
              disabled={report.rounds.length === 0}
              onSelect={() => pdf(() => setCopying("pdf"))}
            >
              {t("export.for-comment.pdf")}
            </MenuItem>
          </>
        ) : null}
        {may(me.role, "export-responses") ? (
          <>
            <MenuSeparator />
            <MenuItem icon={<Table2 />} onSelect={() => table(() => word("responses"))}>
              {t("export.responses")}
            </MenuItem>
            <MenuItem
              icon={<Table2 />}
              onSelect={() => table(() => void receive(t("export.numbered"), () => api.exportNumbered(report.id)))}
            >
              {t("export.numbered")}
            </MenuItem>
            <MenuItem icon={<Table2 />} onSelect={() => pdf(() => table(() => pdfOf("responses")))}>
              {t("export.responses.pdf")}
            </MenuItem>
            {RESPONSE_FORMS.map((form) => (
              <MenuItem
                key={form}
                icon={<Sheet />}
                onSelect={() =>
                  table(() => void receive(t(`export.responses.${form}`), () => api.exportResponses(report.id, form)))
                }
              >
                {t(`export.responses.${form}`)}
              </MenuItem>
            ))}
          </>
        ) : null}
        {may(me.role, "export-archive") ? (
          <>
            <MenuSeparator />
            <MenuItem
              icon={<Download />}
              onSelect={() => void receive(t("export.archive"), () => api.archive(report.id))}
            >
              {t("export.archive")}
            </MenuItem>
          </>
        ) : null}
        {may(me.role, "collect-copies") ? (
          <MenuItem icon={<Inbox />} disabled={report.rounds.length === 0} onSelect={() => setReturning(true)}>
            {t("returned.menu")}
          </MenuItem>
        ) : null}
        {may(me.role, "merge-archive") ? (
          <MenuItem icon={<FolderInput />} onSelect={() => upload.current?.click()}>
            {t("export.merge")}
          </MenuItem>
        ) : null}
      </Menu>
      <input
        ref={upload}
        type="file"
        accept=".tongket"
        multiple
        hidden
        aria-label={t("export.merge")}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = "";
          if (files.length > 0) void merge(files);
        }}
      />
      <ReturnedDialog open={returning} onClose={() => setReturning(false)} />
      <ForCommentDialog
        form={copying}
        onClose={() => setCopying(null)}
        onExport={(request) => {
          setCopying(null);
          const what = t(request.format === "pdf" ? "export.for-comment.pdf" : "export.for-comment");
          void receive(what, () => api.exportCopy(report.id, request));
        }}
      />
      <NoOfficeDialog open={noOffice} onClose={() => setNoOffice(false)} />
      <FindingsDialog
        open={checking !== null}
        title={t("export.gapsTitle", { count: gaps.length })}
        text={t("export.gapsText")}
        anyway={t("export.anyway")}
        findings={gaps}
        onClose={() => setChecking(null)}
        onExport={() => {
          setChecking(null);
          checking?.();
        }}
      />
      <FindingsDialog
        open={waiting !== null}
        title={t("export.unchangedTitle", { count: unchanged.length })}
        text={t("export.unchangedText")}
        anyway={t("export.unchangedAnyway")}
        findings={unchanged}
        onClose={() => setWaiting(null)}
        onExport={() => {
          setWaiting(null);
          waiting?.();
        }}
      />
      <LeftOutDialog
        left={left}
        onClose={() => setLeft([])}
        onEverything={() =>
          void merge(
            left.map(({ file }) => file),
            true,
          )
        }
      />
      {working === null ? null : <Progress what={working} />}
    </>
  );
}
