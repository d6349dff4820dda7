import { ChevronLeft, List, MessagesSquare, MoreHorizontal, Users } from "lucide-react";
import type { ReactElement } from "react";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { fillIn } from "#model";
import { may } from "#protocol";
import { Link, navigate } from "../app/router.tsx";
import { chooseLanguage } from "../language/i18n.ts";
import { useLanguage } from "../language/use-language.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Button, IconButton } from "../ui/button.tsx";
import { Menu, MenuItem, MenuSeparator } from "../ui/menu.tsx";
import { Pill } from "../ui/pill.tsx";
import { ExportMenu } from "./export-menu.tsx";
import { FieldsDialog } from "./fields-dialog.tsx";
import { RoundBadge } from "./rounds/round-badge.tsx";
import { RoundControl } from "./rounds/round-control.tsx";
import { PAGE_SHORTCUTS } from "./shortcuts.ts";
import { useNarrow } from "./use-narrow.ts";
import { useDesk, useWorkspace } from "./workspace.tsx";
import { WordIntoReport } from "./word-into-report.tsx";
import styles from "./workspace-header.module.css";

/** How many of the others are shown by face; the rest are counted. */
const FACES = 4;

/** Where one is, how far the report has come, who else is here, and what one does with the report as a whole. */
export function WorkspaceHeader({
  onHelp,
  onFind,
  onOutline,
  onReview,
}: {
  readonly onHelp: () => void;
  readonly onFind: () => void;
  readonly onOutline: () => void;
  readonly onReview: () => void;
}): ReactElement {
  const { t } = useTranslation("workspace");
  const language = useLanguage();
  const narrow = useNarrow();
  const { report, me, committee } = useWorkspace();
  const [fieldsOpen, setFieldsOpen] = useState(false);
  const wordFile = useRef<HTMLInputElement>(null);
  const subject = fillIn(report.template.subject, report.fields);
  return (
    <header className={styles["header"]}>
      <Link to={{ page: "reports" }} className={styles["back"]} aria-label={t("header.back")}>
        <ChevronLeft aria-hidden="true" />
      </Link>
      <div className={styles["titles"]}>
        <h1>{report.fields["organisation"] ?? ""}</h1>
        <p>{`${subject.charAt(0).toLocaleUpperCase("vi")}${subject.slice(1)}`}</p>
      </div>
      <RoundBadge />
      {report.sample && !narrow ? <Pill>{t("header.sample")}</Pill> : null}
      <span className={styles["grow"]} />
      <Faces />
      {narrow ? (
        <span className={styles["icons"]}>
          <IconButton label={t("outline.title")} onClick={onOutline}>
            <List />
          </IconButton>
          {committee ? (
            <IconButton label={t("review.title")} onClick={onReview}>
              <MessagesSquare />
            </IconButton>
          ) : null}
        </span>
      ) : null}
      {may(me.role, "invite") && !narrow ? (
        <Button icon={<Users />} onClick={() => navigate({ page: "people", report: report.id })}>
          {t("header.invite")}
        </Button>
      ) : null}
      <RoundControl />
      <ExportMenu />
      <Menu
        trigger={
          <IconButton label={t("header.more")}>
            <MoreHorizontal />
          </IconButton>
        }
      >
        {may(me.role, "invite") && narrow ? (
          <MenuItem onSelect={() => navigate({ page: "people", report: report.id })}>{t("header.invite")}</MenuItem>
        ) : null}
        {committee ? <MenuItem onSelect={() => setFieldsOpen(true)}>{t("fields.edit")}</MenuItem> : null}
        {may(me.role, "import-word") ? (
          <MenuItem onSelect={() => wordFile.current?.click()}>{t("header.importWord")}</MenuItem>
        ) : null}
        <MenuItem shortcut={PAGE_SHORTCUTS.find[0]} onSelect={onFind}>
          {t("toolbar.find")}
        </MenuItem>
        <MenuItem shortcut="Mod-p" onSelect={() => window.print()}>
          {t("header.print")}
        </MenuItem>
        <MenuItem shortcut={PAGE_SHORTCUTS.help[0]} onSelect={onHelp}>
          {t("help.title")}
        </MenuItem>
        <MenuSeparator />
        <MenuItem onSelect={() => void chooseLanguage(language === "vi" ? "en" : "vi")}>
          {t("header.language")}
        </MenuItem>
      </Menu>
      {may(me.role, "import-word") ? <WordIntoReport inputRef={wordFile} /> : null}
      {fieldsOpen ? <FieldsDialog onClose={() => setFieldsOpen(false)} /> : null}
    </header>
  );
}

interface Face {
  readonly id: string;
  readonly name: string;
}

/** Who else has the text open, as the server says it. */
function useOthers(): readonly Face[] {
  const { live, me } = useDesk();
  const { awareness } = live.document("body");
  const [others, setOthers] = useState<readonly Face[]>([]);
  useEffect(() => {
    if (!awareness) return undefined;
    const read = (): void => {
      const faces = new Map<string, string>();
      for (const state of awareness.getStates().values()) {
        const user: unknown = state["user"];
        if (typeof user !== "object" || user === null || !("id" in user) || !("name" in user)) continue;
        if (typeof user.id === "string" && typeof user.name === "string" && user.id !== me.id)
          faces.set(user.id, user.name);
      }
      setOthers((before) => {
        const now = [...faces].map(([id, name]) => ({ id, name })).sort((a, b) => a.id.localeCompare(b.id));
        return JSON.stringify(now) === JSON.stringify(before) ? before : now;
      });
    };
    read();
    awareness.on("change", read);
    return () => awareness.off("change", read);
  }, [awareness, me.id]);
  return others;
}

function Faces(): ReactElement | null {
  const { t } = useTranslation("workspace");
  const others = useOthers();
  const names = useMemo(() => others.map((face) => face.name).join(", "), [others]);
  if (others.length === 0) return null;
  return (
    <div className={styles["faces"]} role="img" aria-label={t("header.present", { names })} title={names}>
      {others.slice(0, FACES).map((face) => (
        <Avatar key={face.id} id={face.id} name={face.name} />
      ))}
      {others.length > FACES ? <span className={styles["moreFaces"]}>+{others.length - FACES}</span> : null}
    </div>
  );
}
