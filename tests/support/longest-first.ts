import type { TestSpecification } from "vitest/node";
import { BaseSequencer } from "vitest/node";

/** The projects whose files take the longest come first. */
const ORDER = ["browser", "process", "unit"];

/**
 * The order of a whole run: what drives a browser, then what starts servers and commands, then the many short files,
 * each in Vitest's own order. A long file that began last would leave the other cores with nothing to do.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ project }: TestSpecification): number => ORDER.indexOf(project.name);
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}
