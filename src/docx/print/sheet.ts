import type { ISectionOptions } from "docx";
import { PageOrientation } from "docx";
import type { RuleSet } from "#model";
import { points, twips } from "./measure.ts";

/** A sheet of paper as it is looked at. Lengths are millimetres. */
export interface Sheet {
  readonly lying: boolean;
  readonly width: number;
  readonly height: number;
  readonly margin: RuleSet["page"]["margin"];
  /** Between the margins, in points. */
  readonly room: number;
}

/** The sheet of a rule set, standing. */
export function standingSheet({ page: { width, height, margin } }: RuleSet): Sheet {
  return { lying: false, width, height, margin, room: points(width - margin.left - margin.right) };
}

/** The same sheet turned on its side: the edge by which it is bound comes to lie on top. */
export function lyingSheet({ page }: RuleSet): Sheet {
  const { left: top, right: bottom, bottom: left, top: right } = page.margin;
  const margin = { top, bottom, left, right };
  return { lying: true, width: page.height, height: page.width, margin, room: points(page.height - left - right) };
}

/** What a section says of the sheets it is printed on; `edge` is how far the page number stands from theirs. */
export function sheetProperties({ lying, width, height, margin }: Sheet, edge: number): NonNullable<PageOf> {
  return {
    // The docx library turns the two sides round for paper that lies.
    size: lying
      ? { width: twips(height), height: twips(width), orientation: PageOrientation.LANDSCAPE }
      : { width: twips(width), height: twips(height) },
    margin: {
      top: twips(margin.top),
      bottom: twips(margin.bottom),
      left: twips(margin.left),
      right: twips(margin.right),
      header: twips(edge),
      footer: twips(edge),
      gutter: 0,
    },
  };
}

type PageOf = NonNullable<ISectionOptions["properties"]>["page"];
