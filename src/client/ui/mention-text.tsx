import type { ReactElement } from "react";
import type { Person } from "#model";
import { mentionParts } from "#model";
import styles from "./mention-text.module.css";

/** Words in which people may be mentioned, each under the present name where it is known. */
export function MentionText({
  text,
  people = [],
}: {
  readonly text: string;
  readonly people?: readonly Person[];
}): ReactElement {
  return (
    <>
      {mentionParts(text, people).map((part, index) =>
        "text" in part ? (
          part.text
        ) : (
          <b key={index} className={styles["mention"]}>
            @{part.name}
          </b>
        ),
      )}
    </>
  );
}
