import type { CSSProperties, ReactElement } from "react";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import type { OutlineEntry, PrintedLine, RuleSet, Template, TextStyle } from "#model";
import { fieldsOf, fillIn, numberOutline, printedFields } from "#model";
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
  // As in the Word file: what must be there and is not yet stands as its label in brackets.
  const missing = fieldsOf(template, ruleSet)
    .filter((spec) => spec.required && (fields[spec.id] ?? "").trim() === "")
    .map((spec) => [spec.id, `[${spec.label.vi}]`] as const);
  const known: Readonly<Record<string, string>> = { ...fields, ...Object.fromEntries(missing) };
  const printed = printedFields(template, known);
  const { heading, closing, page } = ruleSet;
  const line = (value: PrintedLine, key: string | number): ReactElement => (
    <Line key={key} line={value} fields={printed} />
  );
  const { top, right, bottom, left } = page.margin;
  // The width is a custom property, which the type of a style does not know.
  const pageStyle: CSSProperties & Record<"--page-width", number> = {
    "--page-width": page.width,
    padding: [top, right, bottom, left].map(mm).join(" "),
  };
  const columns = (widths: readonly [number, number]): CSSProperties => ({
    gridTemplateColumns: `${widths[0]}fr ${widths[1]}fr`,
  });
  const recipients = (known["recipients"] ?? "").split("\n").filter((name) => name.trim() !== "");
  const draft = <Line line={{ ...heading.draftMark, text: heading.draftMark.unnumbered }} fields={printed} />;
  const { scaled } = styles;
  return (
    <figure className={styles["frame"]} aria-label={t("create.preview")}>
      <div className={scaled} lang="vi" style={pageStyle}>
        <div className={styles["columns"]} style={columns(heading.columns)}>
          <div>
            {heading.left.map(line)}
            {line(heading.number, "number")}
            {heading.draftMark.column === "left" ? draft : null}
          </div>
          <div>
            {heading.right.map(line)}
            {line(heading.placeAndDate, "place")}
            {heading.draftMark.column === "right" ? draft : null}
          </div>
        </div>
        {line(heading.typeName, "type")}
        {line(heading.subject, "subject")}
        {heading.addressee ? line(heading.addressee, "addressee") : null}
        <Skeleton template={template} ruleSet={ruleSet} fields={fields} />
        <div className={styles["columns"]} style={{ ...columns(closing.columns), marginTop: pt(14) }}>
          <div>
            <Line line={closing.recipients.title} fields={printed} />
            {recipients.map((name, index) => (
              <p key={index} style={textStyle(closing.recipients.items)}>
                {closing.recipients.sign + name}
              </p>
            ))}
          </div>
          <div className={styles["signature"]}>
            <p style={textStyle(closing.signature.power)}>{known["signingPower"]}</p>
            <p style={textStyle(closing.signature.title)}>{known["signerTitle"]}</p>
            <p style={{ ...textStyle(closing.signature.name), marginTop: mm(closing.signature.space) }}>
              {known["signerName"]}
            </p>
          </div>
        </div>
      </div>
    </figure>
  );
}

/** Lengths of the page in the width of its picture. */
function mm(length: number): string {
  return `calc(${length} * 100cqw / var(--page-width))`;
}

function pt(points: number): string {
  return mm(points * 0.352778);
}

function textStyle(style: TextStyle): CSSProperties {
  return {
    ...(style.size === undefined ? {} : { fontSize: pt(style.size) }),
    ...(style.bold ? { fontWeight: 700 } : {}),
    ...(style.italic ? { fontStyle: "italic" } : {}),
    ...(style.underline ? { textDecoration: "underline" } : {}),
    ...(style.capitals ? { textTransform: "uppercase" } : {}),
    ...(style.align === undefined ? {} : { textAlign: style.align }),
  };
}

/** True where a line is made of fields alone and all of them are empty: it is not printed. */
function isBlankLine(text: string, fields: Readonly<Record<string, string>>): boolean {
  const names = [...text.matchAll(/\{(\w+)\}/gu)].map((match) => match[1] ?? "");
  return names.length > 0 && names.every((name) => (fields[name] ?? "") === "");
}

function Line({
  line,
  fields,
}: {
  readonly line: PrintedLine;
  readonly fields: Readonly<Record<string, string>>;
}): ReactElement | null {
  if (isBlankLine(line.text, fields)) return null;
  const { below } = line;
  return (
    <div
      style={{
        ...textStyle(line),
        marginTop: pt(line.spaceBefore ?? 0),
        marginBottom: pt(line.spaceAfter ?? 0),
      }}
    >
      <span className={styles["text"]}>
        {fillIn(line.text, fields)}
        {below && below.share > 0 ? (
          <span className={styles["rule"]} style={{ width: `${below.share * 100}%` }} aria-hidden="true" />
        ) : null}
      </span>
      {below?.signs === undefined ? null : <div>{below.signs}</div>}
    </div>
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
