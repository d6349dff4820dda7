import { Document, DocumentProtectionType } from "docx";
import type { IPropertiesOptions, ISectionOptions } from "docx";
import type { OutlineNode, Person, Report } from "#model";
import { roundOf, say } from "#model";
import type { Allowed } from "./comment-note.ts";
import { commentNote } from "./comment-note.ts";
import { packageBytes } from "./package-bytes.ts";
import { paragraphStyles } from "./paragraph-style.ts";
import { printable } from "./printable.ts";
import { lineSource, reportSections } from "./report-paper.ts";
import type { ResponseColumns } from "./response-paper.ts";
import { responseSection } from "./response-paper.ts";
import { NO_COMMENTS, wordComments } from "./word-comments.ts";
import { WordLists } from "./word-lists.ts";

/**
 * What is exported: `final` is the clean text to be signed, `draft` the same under its draft mark with every comment as
 * a Word comment, `for-comment` the text frozen for a round, locked for comments, `responses` the table of comments and
 * the committee's answers.
 */
export type ExportKind = "final" | "draft" | "for-comment" | "responses";

/** What one may ask of an export. */
export interface ExportOptions {
  /** Called as the file is made, with the parts of the work done and their total; the last call has both equal. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Writes the wordings that a draft's comments propose into its text, as tracked changes. */
  readonly track?: boolean;
  /** The round of a draft or of a copy for comments; absent: the open one, or else the newest. */
  readonly round?: number;
  /** Of the table of responses; absent: as the rule set says. */
  readonly columns?: ResponseColumns;
  /** Of a copy for comments; absent: comments. */
  readonly allow?: Allowed;
  /** Whom a copy for comments is made out for; absent: anybody. */
  readonly person?: Person;
}

/** How often progress is told. */
const STEPS = 20;

/**
 * The Word file of a report, printed in Vietnamese by the report's rule set. A pure function: the same report gives the
 * same bytes on every machine and in every time zone. Labels are those of `numberOutline` and `blockLabels`, whether Word
 * counts them or they are text. Characters that XML cannot hold are left out; nothing else of the text is. The caller owes a report
 * whose rule set was checked against its schema and, for comment, one with the text of the round that is meant and a
 * round.
 */
export async function exportReport(report: Report, as: ExportKind, options: ExportOptions = {}): Promise<Uint8Array> {
  const round = roundOf(report.rounds, options.round);
  const outgoing = as === "for-comment" ? round : null;
  if (as === "for-comment" && outgoing === null) throw new RangeError("a copy for comments is of a round");
  const time = outgoing ? Date.parse(outgoing.changedAt ?? outgoing.openedAt) : lastChange(report);
  const { threads, comments, tracked } = as === "draft" ? wordComments(report, time, options) : NO_COMMENTS;
  const work = as === "responses" ? report.threads.length : Object.values(report.slots).flat().length;
  const progress = countUp(work, options);
  const { allow = "comments", person = null } = options;
  const lists = new WordLists(report.template, report.ruleSet);
  const sections: ISectionOptions[] =
    as === "responses"
      ? [
          responseSection(
            report,
            options.columns ?? (report.ruleSet.responses.numberedRows ? 5 : 4),
            lists,
            progress.add,
          ),
        ]
      : reportSections(report, {
          threads,
          tracked,
          lists,
          ...(as === "final" ? {} : { draft: round }),
          ...(outgoing ? { note: commentNote({ round: outgoing, allow, person }, report) } : {}),
          onBlock: () => progress.add(1),
        });
  const { fields } = lineSource(report);
  const title = printable([fields["typeName"], fields["subject"]].join(" "));
  const issuer = printable(fields["organisation"] ?? "");
  const parts = report.template.outline.some((node: OutlineNode) => node.type === "part");
  const document = new Document({
    title,
    subject: say("vi", `print.file.${as}`),
    creator: issuer,
    lastModifiedBy: issuer,
    revision: 1,
    compatibility: { version: 15 },
    customProperties: [
      { name: "TongketReport", value: printable(report.id) },
      { name: "TongketKind", value: as },
      ...(round && (outgoing || as === "draft")
        ? [
            { name: "TongketRound", value: String(round.number) },
            { name: "TongketDraft", value: printable(round.version) },
          ]
        : []),
      ...(outgoing && person ? [{ name: "TongketPerson", value: printable(person.id) }] : []),
    ],
    ...(outgoing ? locked(allow) : {}),
    styles: paragraphStyles(report.ruleSet, parts ? 1 : 0, (style) => lists.ofStyle(style)),
    ...(comments.length > 0 ? { comments: { children: comments.map((comment) => comment.options) } } : {}),
    sections,
  });
  const out = packageBytes(document, time, lists, comments);
  progress.finish();
  return out;
}

/** Without a password, which would keep nobody out and would be other bytes each time. */
function locked(allow: Allowed): Pick<IPropertiesOptions, "protection" | "features"> {
  const { COMMENTS, TRACKED_CHANGES } = DocumentProtectionType;
  return {
    protection: { type: allow === "comments" ? COMMENTS : TRACKED_CHANGES },
    ...(allow === "changes" ? { features: { trackRevisions: true } } : {}),
  };
}

/** Tells progress in steps; the packing at the end counts as one part of the work. */
function countUp(work: number, { onProgress }: ExportOptions): { add: (n: number) => void; finish: () => void } {
  const total = work + 1;
  const step = Math.max(Math.ceil(total / STEPS), 1);
  let done = 0;
  return {
    add: (n) => {
      const before = Math.floor(done / step);
      done = Math.min(done + n, work);
      if (Math.floor(done / step) > before) onProgress?.(done, total);
    },
    finish: () => onProgress?.(total, total),
  };
}

/** The newest time a report bears, in milliseconds: what the file says of its own age. 1980 where it bears none. */
function lastChange(report: Report): number {
  const times = [
    ...report.versions.map((version) => version.createdAt),
    ...report.rounds.flatMap((round) => [round.openedAt, round.closedAt ?? ""]),
    ...report.threads.flatMap(({ comment, replies, decision }) => [
      comment.createdAt,
      comment.editedAt ?? "",
      ...replies.map(({ reply }) => reply.editedAt ?? reply.createdAt),
      decision?.validatedAt ?? decision?.proposedAt ?? "",
    ]),
  ];
  let last = Date.UTC(1980, 0, 1);
  for (const time of times) {
    const value = Date.parse(time);
    if (value > last) last = value;
  }
  return last;
}
