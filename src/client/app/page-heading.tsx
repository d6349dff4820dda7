import type { ReactElement } from "react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import styles from "./page-heading.module.css";

/** Sets the title of the browser's tab while the component is there. */
export function usePageTitle(title: string): void {
  const { t } = useTranslation("shell");
  const name = t("app.name");
  useEffect(() => {
    document.title = title === "" ? name : `${title} · ${name}`;
  }, [title, name]);
}

let firstPage = true;

/**
 * The heading of a page. When one comes to the page from another, the focus moves here, so that a screen reader says
 * where one is; the browser itself does so on the first load.
 */
export function PageHeading({ children }: { readonly children: string }): ReactElement {
  usePageTitle(children);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!firstPage) heading.current?.focus();
    firstPage = false;
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1} className={styles["heading"]}>
      {children}
    </h1>
  );
}
