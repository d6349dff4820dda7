import { describe, expect, it } from "vitest";
import { readWordFile } from "#docx";
import type { WordFile } from "#docx";
import { p, r, wordBytes } from "../support/word-package.ts";
import { emptySurvey, surveyFile, surveyLines } from "./survey.ts";

const FILE = wordBytes({
  body: p(
    `<w:commentRangeStart w:id="1"/>${r("Một &amp; hai ")}<w:ins w:id="2" w:author="An">${r("ba")}</w:ins><w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>`,
  ),
  comments: `<w:comment w:id="1" w:author="An"><w:p w14:paraId="0A">${r("x")}</w:p></w:comment>`,
  commentsExtended: '<w15:commentEx w15:paraId="0A" w15:done="1"/>',
});

/** The faults that are told where the reader gives something else than it should. */
function faults(change: (file: WordFile) => WordFile): string[] {
  const survey = emptySurvey();
  surveyFile(survey, "a.docx", FILE, (bytes) => change(readWordFile(bytes)));
  return survey.faults;
}

describe("the survey of a heap of Word files", () => {
  it("counts what is read and what is refused, by reason", () => {
    const survey = emptySurvey();
    surveyFile(survey, "a.docx", FILE, readWordFile);
    surveyFile(survey, "b.docx", new TextEncoder().encode("%PDF-1.7"), readWordFile);
    expect(survey.faults).toEqual([]);
    expect(survey.compared).toBe(1);
    expect(surveyLines(survey)).toEqual([
      "read 1, 1 of them with comments or tracked changes",
      "comments 1, answers 0, resolved 1, without a place in the body 0",
      "tracked changes 1",
      "held against the XML letter by letter 1; ranges of comments held 1",
      "refused 1",
      "  1 × word-pdf (b.docx)",
      "faults 0",
    ]);
  });

  it.each<[string, (file: WordFile) => WordFile]>([
    ["a comment is lost", (file) => ({ ...file, comments: [] })],
    [
      "resolved is lost",
      (file) => ({ ...file, comments: file.comments.map((comment) => ({ ...comment, resolved: false })) }),
    ],
    [
      "a word is lost",
      (file) => ({ ...file, paragraphs: file.paragraphs.map((entry) => ({ ...entry, runs: entry.runs.slice(1) })) }),
    ],
    [
      "a range ends beyond the text",
      (file) => ({
        ...file,
        comments: file.comments.map((comment) => ({
          ...comment,
          range: { from: { paragraph: 0, at: 0 }, to: { paragraph: 0, at: 99 } },
        })),
      }),
    ],
    [
      "a range is on other words",
      (file) => ({ ...file, comments: file.comments.map((comment) => ({ ...comment, quote: "hai ba" })) }),
    ],
    [
      "a comment has no place",
      (file) => ({ ...file, comments: file.comments.map((comment) => ({ ...comment, range: null })) }),
    ],
    [
      "the reader fails without a name",
      () => {
        throw new TypeError("x is undefined");
      },
    ],
  ])("tells where %s", (_, change) => {
    expect(faults(change)).not.toEqual([]);
  });
});
