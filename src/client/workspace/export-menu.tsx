import { Download, FilePenLine, FileText, FolderInput, MessagesSquare, Send, Sheet, Table2 } from "lucide-react";
import type { ReactElement } from "react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Finding, ResponseForm } from "#model";
import { unchangedFindings } from "#model";
import type { Action } from "#protocol";
import { may } from "#protocol";
import type { ExportKind, ReceivedFile } from "../app/api.ts";
import { api, saveFile } from "../app/api.ts";
import { problemText } from "../app/errors.ts";
import { useLanguage } from "../language/use-language.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Menu, MenuItem, MenuSeparator } from "../ui/menu.tsx";
import { Spinner } from "../ui/spinner.tsx";
import { useToast } from "../ui/toast.tsx";
import { useCarriedOut } from "./carried-out.tsx";
import styles from "./export-menu.module.css";
import type { Incomplete } from "./left-out-dialog.tsx";
import { ForCommentDialog } from "./for-comment-dialog.tsx";
import { LeftOutDialog } from "./left-out-dialog.tsx";
import { findingText, useFindings } from "./outline.tsx";
import { useWorkspace } from "./workspace.tsx";

const KINDS: readonly { readonly kind: ExportKind; readonly action: Action; readonly icon: ReactElement }[] = [
  { kind: "final", action: "export-final", icon: <FileText /> },
  { kind: "draft", action: "export-draft", icon: <MessagesSquare /> },
  { kind: "responses", action: "export-responses", icon: <Table2 /> },
];

const RESPONSE_FORMS: readonly ResponseForm[] = ["csv", "json"];

/** How long an export may take before a person is shown that it goes on, in milliseconds. */
const PATIENCE = 400;

/** Everything that leaves as a file, and the file that comes back. */
export function ExportMenu(): ReactElement | null {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const toast = useToast();
  const { report, me, refresh } = useWorkspace();
  const [checking, setChecking] = useState(false);
  // What is exported once one has seen what was taken up and not carried out.
  const [waiting, setWaiting] = useState<(() => void) | null>(null);
  const [copying, setCopying] = useState(false);
  const [working, setWorking] = useState<string | null>(null);
  const [left, setLeft] = useState<readonly Incomplete[]>([]);
  const upload = useRef<HTMLInputElement>(null);
  const findings = useFindings();
  const gaps = findings.filter(({ severity }) => severity === "gap");
  const changes = useCarriedOut();
  const unchanged = unchangedFindings(report.threads, changes);
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
  const word = (kind: ExportKind): void => {
    setChecking(false);
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
  const kinds = KINDS.filter(({ action }) => may(me.role, action));
  if (kinds.length === 0) return null;
  return (
    <>
      <Menu
        trigger={
          <Button variant="primary" icon={<Download />}>
            {t("export.label")}
          </Button>
        }
      >
        {kinds.map(({ kind, icon }) => (
          <MenuItem
            key={kind}
            icon={icon}
            onSelect={() => {
              if (kind === "final" && gaps.length > 0) setChecking(true);
              else if (kind === "responses") table(() => word(kind));
              else word(kind);
            }}
          >
            {t(`export.${kind}`)}
          </MenuItem>
        ))}
        {may(me.role, "export-draft") ? (
          <MenuItem
            icon={<FilePenLine />}
            onSelect={() => void receive(t("export.tracked"), () => api.exportTracked(report.id))}
          >
            {t("export.tracked")}
          </MenuItem>
        ) : null}
        {may(me.role, "export-for-comment") ? (
          <MenuItem icon={<Send />} disabled={report.rounds.length === 0} onSelect={() => setCopying(true)}>
            {t("export.for-comment")}
          </MenuItem>
        ) : null}
        {may(me.role, "export-responses") ? (
          <MenuItem
            icon={<Table2 />}
            onSelect={() => table(() => void receive(t("export.numbered"), () => api.exportNumbered(report.id)))}
          >
            {t("export.numbered")}
          </MenuItem>
        ) : null}
        {may(me.role, "export-responses")
          ? RESPONSE_FORMS.map((form) => (
              <MenuItem
                key={form}
                icon={<Sheet />}
                onSelect={() =>
                  table(() => void receive(t(`export.responses.${form}`), () => api.exportResponses(report.id, form)))
                }
              >
                {t(`export.responses.${form}`)}
              </MenuItem>
            ))
          : null}
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
      <ForCommentDialog
        open={copying}
        onClose={() => setCopying(false)}
        onExport={(request) => {
          setCopying(false);
          void receive(t("export.for-comment"), () => api.exportCopy(report.id, request));
        }}
      />
      <FindingsDialog
        open={checking}
        title={t("export.gapsTitle", { count: gaps.length })}
        text={t("export.gapsText")}
        anyway={t("export.anyway")}
        findings={gaps}
        onClose={() => setChecking(false)}
        onExport={() => word("final")}
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

/** What a person should look at before a file is made. It can be made all the same. */
function FindingsDialog({
  open,
  title,
  text,
  anyway,
  findings,
  onClose,
  onExport,
}: {
  readonly open: boolean;
  readonly title: string;
  readonly text: string;
  readonly anyway: string;
  readonly findings: readonly Finding[];
  readonly onClose: () => void;
  readonly onExport: () => void;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const { editor, activate } = useWorkspace();
  const language = useLanguage();
  return (
    <Dialog
      open={open}
      onOpenChange={onClose}
      title={title}
      description={text}
      footer={
        <>
          <Button onClick={onClose}>{t("export.gapsBack")}</Button>
          <Button variant="primary" onClick={onExport}>
            {anyway}
          </Button>
        </>
      }
    >
      <ul className={styles["gaps"]}>
        {findings.map((finding, i) => (
          <li key={`${finding.code}-${finding.comment ?? finding.slot ?? i}`}>
            <span>{findingText(language, finding)}</span>
            {finding.slot === undefined && finding.comment === undefined ? null : (
              <Button
                onClick={() => {
                  onClose();
                  requestAnimationFrame(() => {
                    if (finding.comment !== undefined) activate(finding.comment, "text");
                    else if (finding.slot !== undefined) editor?.reveal(finding.slot);
                  });
                }}
              >
                {t("export.gapGo")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function Progress({ what }: { readonly what: string }): ReactElement | null {
  const { t } = useTranslation("workspace");
  const [shown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), PATIENCE);
    return () => clearTimeout(timer);
  }, []);
  if (!shown) return null;
  return (
    <div className={styles["progress"]} role="status">
      <Spinner />
      <span>{t("export.working", { what })}</span>
    </div>
  );
}
