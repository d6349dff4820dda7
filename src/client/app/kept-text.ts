import { useCallback, useState } from "react";

const PREFIX = "tongket.text.";

function read(key: string): string {
  try {
    return localStorage.getItem(PREFIX + key) ?? "";
  } catch {
    return "";
  }
}

/** Half-written words under a key, which this device keeps until they are empty again, whatever happens to the page. */
export function useKeptText(key: string): [text: string, change: (text: string) => void] {
  const [text, setText] = useState(() => read(key));
  const change = useCallback(
    (next: string): void => {
      setText(next);
      try {
        if (next === "") localStorage.removeItem(PREFIX + key);
        else localStorage.setItem(PREFIX + key, next);
      } catch {
        // Nothing can be kept here; the field itself still holds the words.
      }
    },
    [key],
  );
  return [text, change];
}
