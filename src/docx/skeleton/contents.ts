import type { FileElement, FileLine } from "./file-lines.ts";

/** The styles of tables of contents: Word keeps their English names in every language. */
const STYLE = /^(?:toc|contents?)\s*(?:\d|heading)/iu;
const TITLE = /^mục\s+lục\s*:?$/iu;
/** An entry that was typed: a title, then dots or a tab, then the number of a page. */
const ENTRY = /\S\s*(?:\t|\.{3,}|…+)[\s.…]*\d{1,4}$/u;

/** The lines of a table of contents: they say titles again that stand below, and pages of another paper. */
export function contentsLines(elements: readonly FileElement[]): ReadonlySet<FileLine> {
  const found = new Set<FileLine>();
  let title: FileLine | null = null;
  for (const element of elements) {
    const line = element.type === "line" ? element.line : null;
    if (line && (STYLE.test(line.style) || (title !== null && ENTRY.test(line.text.trim())))) {
      if (title) found.add(title);
      found.add(line);
    } else title = line && TITLE.test(line.text.trim()) ? line : null;
  }
  return found;
}
