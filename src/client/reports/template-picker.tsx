import type { ReactElement } from "react";
import { useTranslation } from "react-i18next";
import type { OutlineNode } from "#model";
import { slotsOf } from "#model";
import type { TemplateChoice } from "#protocol";
import { useLocalised } from "../language/use-language.ts";
import styles from "./template-picker.module.css";

/** The templates as cards of which exactly one is chosen, each with what it is for and how large it is. */
export function TemplatePicker({
  choices,
  chosen,
  onChoose,
}: {
  readonly choices: readonly TemplateChoice[];
  readonly chosen: string;
  readonly onChoose: (template: string) => void;
}): ReactElement {
  const { t } = useTranslation("shell");
  const localised = useLocalised();
  return (
    <div role="radiogroup" aria-label={t("create.template")} className={styles["cards"]}>
      {choices.map(({ template, ruleSet }) => (
        <label key={template.id} className={styles["card"]}>
          <input
            type="radio"
            name="template"
            value={template.id}
            checked={template.id === chosen}
            onChange={() => onChoose(template.id)}
            aria-labelledby={`template-${template.id}`}
            aria-describedby={`about-${template.id}`}
            className={styles["radio"]}
          />
          <span id={`template-${template.id}`} className={styles["name"]}>
            {localised(template.name)}
          </span>
          <span id={`about-${template.id}`} className={styles["description"]}>
            {localised(template.description)}
          </span>
          <span className={styles["facts"]}>
            {t("create.template-facts", {
              slots: slotsOf(template).length,
              parts: partsOf(template.outline),
              rules: localised(ruleSet.name),
            })}
          </span>
        </label>
      ))}
    </div>
  );
}

function partsOf(outline: readonly OutlineNode[]): number {
  const parts = outline.filter((node) => node.type === "part").length;
  return parts > 0 ? parts : outline.filter((node) => node.type === "section").length;
}
