import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Report } from "#model";
import { blockText } from "#model";
import type { ProcessCost } from "./process-cost.ts";
import { costOf } from "./process-cost.ts";

/** Another program that writes the same words; `run` fails where it is not there. */
export interface ExportPeer {
  readonly name: string;
  run(): Promise<ProcessCost>;
}

const PACKAGES = ["html-to-docx", "@turbodocx/html-to-docx"];

/** The words of a report for the peers, and the peers. Packages are fetched into `folder`, never into the project. */
export function exportPeers(report: Report, folder: string): ExportPeer[] {
  const blocks = Object.values(report.slots).flat();
  const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const html = blocks.map((block) => {
    const tag = block.kind === "heading" ? "h3" : "p";
    return `<${tag}>${escaped(blockText(block))}</${tag}>`;
  });
  writeFileSync(
    join(folder, "words.html"),
    `<!DOCTYPE html><html><meta charset="utf-8"><body>${html.join("\n")}</body></html>`,
  );
  writeFileSync(join(folder, "words.md"), markdown(report));
  const profile = pathToFileURL(join(folder, "profile")).href;
  const office = ["--headless", "--norestore", "--convert-to", "docx:MS Word 2007 XML", "--outdir", join(folder, "lo")];
  return [
    {
      name: "pandoc, with comments",
      run: () => costOf("pandoc", ["-f", "markdown", "words.md", "-o", "pandoc.docx"], { cwd: folder }),
    },
    {
      name: "LibreOffice, profile made before, no comments",
      run: () => costOf("soffice", [`-env:UserInstallation=${profile}`, ...office, join(folder, "words.html")]),
    },
    ...PACKAGES.map((name, index) => ({
      name: `${name}, no comments`,
      run: async () => {
        const script = fetched(name, index, folder);
        return costOf(process.execPath, [script, join(folder, "words.html"), join(folder, `peer${index}.docx`)]);
      },
    })),
  ];
}

/** Pandoc's own form of comments: a span at each end, flat. */
function markdown({ slots, threads }: Report): string {
  const at = new Map(threads.map((thread) => [thread.place?.from.block ?? "", thread]));
  const plain = (text: string): string => text.replaceAll(/[\\`*_[\]<>#|]/g, "\\$&");
  return Object.values(slots)
    .flat()
    .map((block) => {
      const text = blockText(block);
      const thread = at.get(block.id);
      const lead = block.kind === "heading" ? "### " : "";
      if (!thread?.place) return `${lead}${plain(text)}`;
      const { comment, author, place } = thread;
      const [from, to] = [place.from.offset, place.to.offset];
      const about = `id="${comment.id}" author="${author.name}" date="${comment.createdAt}"`;
      return `${lead}${plain(text.slice(0, from))}[${plain(comment.text)}]{.comment-start ${about}}${plain(text.slice(from, to))}[]{.comment-end id="${comment.id}"}${plain(text.slice(to))}`;
    })
    .join("\n\n");
}

/** A script that writes with a package, and the package beside it. */
function fetched(name: string, index: number, folder: string): string {
  const home = join(folder, `package${index}`);
  const script = join(home, "write.mjs");
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "package.json"), '{ "private": true, "type": "module" }');
  execFileSync("npm", ["install", "--silent", "--no-audit", "--no-fund", name], { cwd: home, stdio: "ignore" });
  writeFileSync(
    script,
    `import { readFileSync, writeFileSync } from "node:fs";
import write from ${JSON.stringify(name)};
const made = await (write.default ?? write)(readFileSync(process.argv[2], "utf8"));
writeFileSync(process.argv[3], Buffer.from(made.arrayBuffer ? await made.arrayBuffer() : made));
`,
  );
  return script;
}
