import type { ReactElement, ReactNode } from "react";
import { createContext, useCallback, useContext, useState } from "react";
import styles from "./announcer.module.css";

const AnnouncerContext = createContext<(text: string) => void>(() => undefined);

/** Carries one polite live region for everything inside it. */
export function AnnouncerProvider({ children }: { readonly children: ReactNode }): ReactElement {
  const [said, setSaid] = useState({ text: "", turn: 0 });
  const announce = useCallback((text: string) => setSaid((before) => ({ text, turn: before.turn + 1 })), []);
  return (
    <AnnouncerContext value={announce}>
      {children}
      <output className={styles["announcer"]}>
        {/* A new element each time, so that the same words said twice are read twice. */}
        <span key={said.turn}>{said.text}</span>
      </output>
    </AnnouncerContext>
  );
}

/** A function that has a screen reader say something that is otherwise only seen. */
export function useAnnounce(): (text: string) => void {
  return useContext(AnnouncerContext);
}
