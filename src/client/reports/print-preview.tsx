import type { ReactElement } from "react";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import type { OutlineEntry, RuleSet, Template } from "#model";
import { numberOutline } from "#model";
import { ClosingBlock, HeadingBlock, mm, pageWidth, pt, textStyle } from "./printed-blocks.tsx";
import styles from "./print-preview.module.css";

/**
 * The first page as it will print, drawn to scale with whatever width there is: heading, title, the skeleton, and the
 * signature. The Word file is the truth; this shows where each field goes.
 */
export function PrintPreview({
  template,
  ruleSet,
  fields,
}: {
  readonly template: Template;
  readonly ruleSet: RuleSet;
  readonly fields: Readonly<Record<string, string>>;
}): ReactElement {
  const { t } = useTranslation("shell");
  const { top, right, bottom, left } = ruleSet.page.margin;
  const report = { template, ruleSet, fields };
  return (
    <figure className={styles["frame"]} aria-label={t("create.preview")}>
      <div
        className={styles["scaled"]}
        lang="vi"
        style={{ ...pageWidth(ruleSet), padding: [top, right, bottom, left].map(mm).join(" ") }}
      >
        <HeadingBlock {...report} />
        <Skeleton {...report} />
        <ClosingBlock {...report} />
      </div>
    </figure>
  );
}

function Skeleton({
  template,
  ruleSet,
  fields,
}: {
  readonly template: Template;
  readonly ruleSet: RuleSet;
  readonly fields: Readonly<Record<string, string>>;
}): ReactElement {
  return (
    <div className={styles["skeleton"]} style={{ fontSize: pt(ruleSet.body.text.size) }}>
      {numberOutline(template, ruleSet, fields).map(({ slot, entry, before }) => (
        <Fragment key={slot.id}>
          {before.map((title) => (
            <Title key={title.node.id} entry={title} />
          ))}
          {slot.titled ? <Title entry={entry} /> : null}
          <span className={styles["words"]} aria-hidden="true" />
        </Fragment>
      ))}
    </div>
  );
}

function Title({ entry }: { readonly entry: OutlineEntry }): ReactElement {
  const { label, title, format } = entry;
  return (
    <p style={format === null ? {} : textStyle({ ...format, align: format.align ?? "left" })}>
      {format?.labelAbove && label !== "" ? (
        <>
          {label}
          <br />
          {title}
        </>
      ) : (
        `${label} ${title}`.trim()
      )}
    </p>
  );
}
