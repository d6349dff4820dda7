import { Search } from "lucide-react";
import type { ReactElement } from "react";
import { useId } from "react";
import styles from "./search-field.module.css";

/** A search that works while one types. `found` says how much was found, to whoever cannot see it. */
export function SearchField({
  label,
  value,
  onChange,
  found = "",
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly found?: string;
}): ReactElement {
  const id = useId();
  return (
    <search className={styles["search"]}>
      <label htmlFor={id} className={styles["label"]}>
        <Search aria-hidden="true" />
        <span className={styles["hidden"]}>{label}</span>
      </label>
      <input
        id={id}
        type="search"
        className={styles["input"]}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <output className={styles["hidden"]}>{found}</output>
    </search>
  );
}
