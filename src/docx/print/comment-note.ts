import { BorderStyle, Paragraph } from "docx";
import type { Person, Report, Round } from "#model";
import { say, wallTime } from "#model";
import { pointTwips } from "./measure.ts";
import { STYLE } from "./paragraph-style.ts";
import { textRun } from "./printable.ts";

/** What Word lets one do in a copy for comments: comment, or also change words, each change tracked. */
export type Allowed = "comments" | "changes";

/** What a copy sent out for comments says of itself. */
export interface CommentNote {
  readonly round: Round;
  readonly allow: Allowed;
  /** Whom it is made out for; null where for anybody. */
  readonly person: Person | null;
}

/**
 * The box above the heading of a copy for comments: which draft it is and whose, until when and how one comments, and
 * how it comes back. It stands in the text rather than in a footer, since Word on a phone shows no footers.
 */
export function commentNote({ round, allow, person }: CommentNote, report: Pick<Report, "fields">): Paragraph[] {
  const body = (report.fields["draftingBody"] ?? "").trim();
  const until = round.deadline === undefined ? null : wallTime(round.deadline);
  const title = say("vi", "print.forComment.title", { draft: say("vi", "round.name", { round: round.number }) });
  const lines = [
    ...(person
      ? [
          say("vi", "print.forComment.person", {
            who: [person.name, person.unit].filter((part) => part !== "").join(", "),
          }),
        ]
      : []),
    until === null ? say("vi", "print.forComment.open") : say("vi", "print.forComment.until", { until }),
    say("vi", `print.forComment.how.${allow}`),
    say("vi", body === "" ? "print.forComment.back" : "print.forComment.backTo", { body }),
  ];
  const line = { style: BorderStyle.SINGLE, size: 6, space: 4, color: "000000" };
  return [title, ...lines].map(
    (text, index) =>
      new Paragraph({
        style: STYLE.note,
        border: { top: line, bottom: line, left: line, right: line },
        ...(index === lines.length ? { spacing: { after: pointTwips(12) } } : { keepNext: true }),
        children: [textRun(text, index === 0 ? { bold: true } : {})],
      }),
  );
}
