import { Tabs as BaseTabs } from "@base-ui/react/tabs";
import type { ReactElement, ReactNode } from "react";
import { classNames } from "./class-names.ts";
import styles from "./tabs.module.css";

/** Panels of which one is seen at a time. `children` are {@link TabPanel}s, one per tab. */
export function Tabs<Value extends string>({
  label,
  value,
  onChange,
  tabs,
  className,
  children,
}: {
  /** What the tabs choose between, for a screen reader. */
  readonly label: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly tabs: readonly { readonly value: Value; readonly label: ReactNode; readonly count?: number }[];
  readonly className?: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <BaseTabs.Root
      className={classNames(styles["root"], className)}
      value={value}
      onValueChange={(next) => {
        const tab = tabs.find((candidate) => candidate.value === next);
        if (tab) onChange(tab.value);
      }}
    >
      <BaseTabs.List className={styles["list"]} aria-label={label} activateOnFocus>
        {tabs.map((tab) => (
          <BaseTabs.Tab key={tab.value} value={tab.value} className={styles["tab"]}>
            {tab.label}
            {tab.count === undefined ? null : <span className={styles["count"]}>{tab.count}</span>}
          </BaseTabs.Tab>
        ))}
      </BaseTabs.List>
      {children}
    </BaseTabs.Root>
  );
}

/** What one tab shows. */
export function TabPanel({
  value,
  className,
  children,
}: {
  readonly value: string;
  readonly className?: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <BaseTabs.Panel value={value} className={classNames(styles["panel"], className)}>
      {children}
    </BaseTabs.Panel>
  );
}
