import { Copy, Printer, X } from "lucide-react";
import type { ReactElement } from "react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FreshLink } from "#protocol";
import { Button, IconButton } from "../ui/button.tsx";
import { ConfirmDialog } from "../ui/dialog.tsx";
import { useToast } from "../ui/toast.tsx";
import styles from "./fresh-links.module.css";
import { copyText } from "./copy-text.ts";
import { QrCode } from "./qr-code.tsx";

/** The links that were just made. They are known only now: copied, printed, or lost and replaced. */
export function FreshLinks({
  links,
  title,
  onClose,
}: {
  readonly links: readonly FreshLink[];
  /** What the report is called on the printed sheet. */
  readonly title: string;
  readonly onClose: () => void;
}): ReactElement {
  const { t } = useTranslation("shell");
  const toast = useToast();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
    heading.current?.scrollIntoView({ block: "start" });
  }, []);
  // Nothing was copied or printed yet: leaving now loses the links.
  const [untaken, setUntaken] = useState(true);
  const [closing, setClosing] = useState(false);
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => event.preventDefault();
    if (untaken) window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [untaken]);
  const copy = async (text: string): Promise<void> => {
    const copied = await copyText(text);
    if (copied) setUntaken(false);
    toast(copied ? { title: t("links.copied"), tone: "ok" } : { title: t("links.not-copied"), tone: "danger" });
  };
  const print = (): void => {
    window.print();
    setUntaken(false);
  };
  const all = links.map(({ person, url }) => [person.name, person.unit, absolute(url)].join("\t")).join("\n");
  return (
    <section className={styles["panel"]} aria-labelledby="fresh-links">
      <div className={styles["head"]}>
        <div>
          <h2 id="fresh-links" ref={heading} tabIndex={-1} className={styles["title"]}>
            {t("links.fresh", { count: links.length })}
          </h2>
          <p className={styles["warning"]}>{t("links.once")}</p>
        </div>
        <div className={styles["actions"]}>
          <Button icon={<Copy />} onClick={() => void copy(all)}>
            {t("links.copy-all")}
          </Button>
          <Button variant="primary" icon={<Printer />} onClick={print}>
            {t("links.print")}
          </Button>
        </div>
      </div>
      <IconButton
        className={styles["close"]}
        label={t("links.close")}
        onClick={() => (untaken ? setClosing(true) : onClose())}
      >
        <X />
      </IconButton>
      <ul className={styles["cards"]}>
        {links.map(({ person, url }) => (
          <li key={person.id} className={styles["card"]}>
            <div className={styles["code"]}>
              <QrCode text={absolute(url)} label={t("links.qr-of", { name: person.name })} />
            </div>
            <div className={styles["who"]}>
              <p className={styles["name"]}>{person.name}</p>
              <p className={styles["unit"]}>{person.unit}</p>
              <p className={styles["url"]}>{absolute(url)}</p>
              <Button
                icon={<Copy />}
                onClick={() => void copy(absolute(url))}
                aria-label={t("links.copy-of", { name: person.name })}
              >
                {t("links.copy")}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      <ConfirmDialog
        open={closing}
        onOpenChange={setClosing}
        title={t("links.close-title")}
        confirm={t("links.close-anyway")}
        onConfirm={onClose}
      >
        {t("links.close-text")}
      </ConfirmDialog>
      <PrintSheet links={links} title={title} />
    </section>
  );
}

/** The link as others must type it, with this server's address. */
function absolute(url: string): string {
  return new URL(url, window.location.origin).href;
}

/** What the printer gets: a card for each person to be cut out, eight on a page. The style sheet prints nothing else. */
function PrintSheet({ links, title }: { readonly links: readonly FreshLink[]; readonly title: string }): ReactElement {
  const { t } = useTranslation("shell");
  return (
    <div className={styles["sheet"]} data-print-sheet aria-hidden="true">
      {links.map(({ person, url }) => (
        <div key={person.id} className={styles["slip"]}>
          <div className={styles["slip-text"]}>
            <p className={styles["slip-report"]}>{title}</p>
            <p className={styles["slip-name"]}>{person.name}</p>
            <p className={styles["slip-unit"]}>{person.unit}</p>
            <p className={styles["slip-how"]}>{t(`links.how-${person.role === "delegate" ? "delegate" : "other"}`)}</p>
          </div>
          <div className={styles["slip-code"]}>
            <QrCode text={absolute(url)} label="" />
          </div>
          <p className={styles["slip-url"]}>{absolute(url)}</p>
        </div>
      ))}
    </div>
  );
}
