import type { ReactElement, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { AccountMenu } from "./account-menu.tsx";
import { api } from "./api.ts";
import { BrandMark } from "./brand.tsx";
import styles from "./frame.module.css";
import { useReach } from "./reach.ts";
import { Link } from "./router.tsx";

/** The frame of the pages that are lists and forms: the product's name, who one is, and the page in the middle. */
export function Frame({ children }: { readonly children: ReactNode }): ReactElement {
  const { t } = useTranslation("shell");
  const reached = useReach(api.reach);
  return (
    <div className={styles["frame"]}>
      <a className={styles["skip"]} href="#main">
        {t("skip")}
      </a>
      <header className={styles["header"]}>
        <Link to={{ page: "reports" }} className={styles["brand"]}>
          <BrandMark />
          {t("app.name")}
        </Link>
        <span className={styles["grow"]} />
        <AccountMenu />
      </header>
      <output className={styles["notice"]}>{reached ? "" : t("offline.kept")}</output>
      <main id="main" className={styles["main"]} tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
