import type { CSSProperties, ReactElement } from "react";
import type { PrintedLine, RuleSet, Template, TextStyle } from "#model";
import { fieldsOf, fillIn, printedFields } from "#model";
import styles from "./print-preview.module.css";

export interface PrintedBlockProps {
  readonly template: Template;
  readonly ruleSet: RuleSet;
  readonly fields: Readonly<Record<string, string>>;
}

/** The fields as they print; as in the Word file, what must be there and is not yet stands as its label in brackets. */
function knownFields({ template, ruleSet, fields }: PrintedBlockProps): Record<string, string> {
  const missing = fieldsOf(template, ruleSet)
    .filter((spec) => spec.required && (fields[spec.id] ?? "").trim() === "")
    .map((spec) => [spec.id, `[${spec.label.vi}]`] as const);
  return { ...fields, ...Object.fromEntries(missing) };
}

/** The page's width as a custom property, by which {@link mm} and {@link pt} measure inside a size container. */
export function pageWidth({ page }: RuleSet): CSSProperties {
  const style: CSSProperties & Record<"--page-width", number> = { "--page-width": page.width };
  return style;
}

/** The same for a picture of what stands between the margins. */
export function textWidth({ page }: RuleSet): CSSProperties {
  const style: CSSProperties & Record<"--page-width", number> = {
    "--page-width": page.width - page.margin.left - page.margin.right,
  };
  return style;
}

function linesOf(field: string | undefined): string[] {
  return (field ?? "").split("\n").filter((line) => line.trim() !== "");
}

function columns(widths: readonly [number, number]): CSSProperties {
  return { gridTemplateColumns: `${widths[0]}fr ${widths[1]}fr` };
}

/** What stands above the text of a report: heading, draft mark of the given round (0 for none yet), type name, subject. */
export function HeadingBlock({ round = 0, ...report }: PrintedBlockProps & { readonly round?: number }): ReactElement {
  const { heading } = report.ruleSet;
  const printed = { ...printedFields(report.template, knownFields(report)), round: String(round) };
  const line = (value: PrintedLine, key: string | number): ReactElement => (
    <Line key={key} line={value} fields={printed} />
  );
  const { draftMark } = heading;
  const addressees = linesOf(report.fields["addressee"]);
  const draft = <Line line={round === 0 ? { ...draftMark, text: draftMark.unnumbered } : draftMark} fields={printed} />;
  return (
    <>
      <div className={styles["columns"]} style={columns(heading.columns)}>
        <div>
          {heading.left.map(line)}
          {line(heading.number, "number")}
          {draftMark.column === "left" ? draft : null}
        </div>
        <div>
          {heading.right.map(line)}
          {line(heading.placeAndDate, "place")}
          {draftMark.column === "right" ? draft : null}
        </div>
      </div>
      {line(heading.typeName, "type")}
      {line(heading.subject, "subject")}
      {heading.addressee && addressees.length > 0 ? (
        <div style={textStyle(heading.addressee)}>
          {addressees.length === 1 ? `${heading.addressee.text} ${addressees[0] ?? ""}` : heading.addressee.text}
          {addressees.length === 1
            ? null
            : addressees.map((name, index) => (
                <div key={index}>{`- ${name}${index < addressees.length - 1 ? ";" : "."}`}</div>
              ))}
        </div>
      ) : null}
    </>
  );
}

/** What stands below the text: recipients at the left, the signature at the right. */
export function ClosingBlock(report: PrintedBlockProps): ReactElement {
  const { closing } = report.ruleSet;
  const known = knownFields(report);
  const recipients = linesOf(known["recipients"]);
  return (
    <div className={styles["columns"]} style={{ ...columns(closing.columns), marginTop: pt(14) }}>
      <div>
        <Line line={closing.recipients.title} fields={printedFields(report.template, known)} />
        {recipients.map((name, index) => (
          <p key={index} style={textStyle(closing.recipients.items)}>
            {closing.recipients.sign + name}
          </p>
        ))}
        {isBlankLine(closing.recipients.last, known) ? null : (
          <p style={textStyle(closing.recipients.items)}>
            {closing.recipients.sign + fillIn(closing.recipients.last, known)}
          </p>
        )}
      </div>
      <div className={styles["signature"]}>
        {linesOf(known["signingPower"]).map((power, index) => (
          <p key={index} style={textStyle(closing.signature.power)}>
            {power}
          </p>
        ))}
        <p style={textStyle(closing.signature.title)}>{known["signerTitle"]}</p>
        <p style={{ ...textStyle(closing.signature.name), marginTop: mm(closing.signature.space) }}>
          {known["signerName"]}
        </p>
      </div>
    </div>
  );
}

/** Lengths of the page in the width of its picture. */
export function mm(length: number): string {
  return `calc(${length} * 100cqw / var(--page-width))`;
}

/** Sizes of type in the width of the picture. */
export function pt(points: number): string {
  return mm(points * 0.352778);
}

/** How a piece of text is set, as CSS. */
export function textStyle(style: TextStyle): CSSProperties {
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
