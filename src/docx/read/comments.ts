import { wordTooComplex } from "./errors.ts";
import type { RangeDraft, Reading, SpotDraft } from "./reading.ts";
import { standingText, Story } from "./story.ts";
import { PLAINLY, realDate } from "./tracked-change.ts";
import type { WordComment, WordSpot } from "./word-file.ts";
import type { WordPackage, WordPart } from "./word-package.ts";
import type { XmlElement } from "./xml.ts";
import { readXml } from "./xml.ts";

/** A quotation is for people to recognise the place by; ten thousand of a whole chapter would fill the memory. */
const LONGEST_QUOTE = 2000;

/** A comment as its own part says it. */
interface Said extends Omit<WordComment, "parent" | "resolved" | "durableId" | "quote" | "range"> {
  /** The ids of its paragraphs, by which the other parts speak of it. */
  readonly paragraphs: readonly string[];
  /** How many before it have the same id in the file. */
  readonly turn: number;
  readonly fileId: string;
}

type Place = Pick<WordComment, "quote" | "range">;

interface Extended {
  readonly resolved: boolean;
  readonly parent: string | null;
}

/** All comments of a file, in its order, with what stands of them in the stories that were read before. */
export function readComments(file: WordPackage, reading: Reading): WordComment[] {
  const said = readSaid(file.part("comments"), reading);
  const places = new Map(said.map((comment) => [comment.id, placeOf(reading.ranges(comment.fileId)[comment.turn])]));
  const byParagraph = new Map(said.flatMap(({ id, paragraphs }) => paragraphs.map((paragraph) => [paragraph, id])));
  const { limits } = reading;

  const extended = new Map<string, Extended>();
  eachOf(file.part("commentsExtended"), limits, "w15:commentEx", (attributes) => {
    const id = byParagraph.get(attributes["w15:paraId"] ?? "");
    if (id === undefined) return;
    const resolved = /^(?:1|true|on)$/.test(attributes["w15:done"] ?? "");
    extended.set(id, { resolved, parent: byParagraph.get(attributes["w15:paraIdParent"] ?? "") ?? null });
  });
  const durable = new Map<string, string>();
  eachOf(file.part("commentsIds"), limits, "w16cid:commentId", (attributes) => {
    const id = byParagraph.get(attributes["w16cid:paraId"] ?? "");
    if (id !== undefined) durable.set(id, attributes["w16cid:durableId"] ?? "");
  });
  const utc = new Map<string, string>();
  eachOf(file.part("commentsExtensible"), limits, "w16cex:commentExtensible", (attributes) => {
    utc.set(attributes["w16cex:durableId"] ?? "", attributes["w16cex:dateUtc"] ?? "");
  });

  const parents = parentsOf(said, extended, places);
  return said.map((comment) => {
    const durableId = durable.get(comment.id) ?? "";
    const { id, author, initials, date, text } = comment;
    return {
      id,
      durableId,
      author,
      initials,
      date,
      dateUtc: (durableId === "" ? undefined : utc.get(durableId)) ?? comment.dateUtc,
      parent: parents.get(id) ?? null,
      resolved: extended.get(id)?.resolved ?? false,
      text,
      quote: "",
      range: null,
      ...places.get(id),
    };
  });
}

function readSaid(part: WordPart | null, reading: Reading): Said[] {
  const said: Said[] = [];
  const turns = new Map<string, number>();
  if (!part) return said;
  readXml(part.bytes, part.name, reading.limits, 1, (element) => {
    if (element.name !== "w:comment") return;
    if (said.length >= reading.limits.comments) throw wordTooComplex(part.name, "comments", reading.limits.comments);
    const { attributes } = element;
    const fileId = attributes["w:id"] ?? "";
    const turn = turns.get(fileId) ?? 0;
    turns.set(fileId, turn + 1);
    const story = new Story(part.name, reading);
    story.readBlocks(element.children, PLAINLY, [], true);
    said.push({
      id: turn === 0 ? fileId : `${fileId}#${turn + 1}`,
      fileId,
      turn,
      author: attributes["w:author"] ?? "",
      initials: attributes["w:initials"] ?? "",
      date: realDate(attributes["w:date"] ?? ""),
      dateUtc: attributes["w16du:dateUtc"] ?? "",
      text: standingText(story.paragraphs),
      paragraphs: paragraphIds(element),
    });
  });
  return said;
}

function paragraphIds(element: XmlElement): string[] {
  const id = element.attributes["w14:paraId"];
  const own = element.name === "w:p" && id !== undefined ? [id] : [];
  return [...own, ...element.children.flatMap(paragraphIds)];
}

function eachOf(
  part: WordPart | null,
  limits: Reading["limits"],
  name: string,
  read: (attributes: Readonly<Record<string, string>>) => void,
): void {
  if (!part) return;
  readXml(part.bytes, part.name, limits, 1, (element) => {
    if (element.name === name) read(element.attributes);
  });
}

/**
 * Which comment each answers. Where the file lists all comments, or knows any answer, it is believed; programs that do
 * not know answers write them as comments of their own over the same words, of which the oldest is the first.
 */
function parentsOf(
  said: readonly Said[],
  extended: ReadonlyMap<string, Extended>,
  places: ReadonlyMap<string, Place>,
): Map<string, string> {
  const direct = new Map<string, string>();
  for (const [id, { parent }] of extended) if (parent !== null && parent !== id) direct.set(id, parent);
  if (direct.size === 0 && said.some(({ id }) => !extended.has(id))) {
    const groups = new Map<string, Said[]>();
    for (const comment of said) {
      const place = places.get(comment.id);
      if (!place?.range || place.quote === "") continue;
      const key = JSON.stringify(place.range);
      const group = groups.get(key);
      if (group) group.push(comment);
      else groups.set(key, [comment]);
    }
    for (const group of groups.values()) {
      const [first, ...answers] = group.toSorted(byAge);
      for (const { id } of answers) if (first) direct.set(id, first.id);
    }
  }
  // Word shows one level: an answer to an answer is one to the first.
  return new Map(
    [...direct.keys()].flatMap((id): [string, string][] => {
      const root = rootOf(id, direct);
      return root === id ? [] : [[id, root]];
    }),
  );
}

function byAge(a: Said, b: Said): number {
  const [first, second] = [a, b].map(({ dateUtc, date }) => (dateUtc === "" ? date : dateUtc));
  if (!first || !second || first === second) return 0;
  return first < second ? -1 : 1;
}

function rootOf(id: string, parents: ReadonlyMap<string, string>): string {
  let root = id;
  const seen = new Set([id]);
  for (let next = parents.get(root); next !== undefined && !seen.has(next); next = parents.get(root)) {
    seen.add(next);
    root = next;
  }
  // In a circle nobody is first: each stands for itself.
  return parents.has(root) ? id : root;
}

function placeOf(draft: RangeDraft | undefined): Place {
  if (!draft) return { quote: "", range: null };
  const { story } = draft;
  const last = story.texts.length - 1;
  if (last < 0) return { quote: "", range: null };
  const length = (paragraph: number): number => story.texts[paragraph]?.length ?? 0;
  const within = ({ paragraph, at }: SpotDraft): SpotDraft =>
    paragraph > last ? { paragraph: last, at: length(last) } : { paragraph, at };
  const fallback = draft.reference ?? draft.from ?? draft.to;
  const begin = draft.from ?? (draft.to && draft.reference ? draft.to : fallback);
  const end = draft.to ?? fallback;
  if (!begin || !end) return { quote: "", range: null };
  let from = within(begin);
  let to = within(end);
  if (isAfter(from, to)) to = from;
  // Programs end a range over whole paragraphs at the beginning of the next, and begin one at the end of the one before.
  while (to.at === 0 && to.paragraph > from.paragraph)
    to = { paragraph: to.paragraph - 1, at: length(to.paragraph - 1) };
  while (from.paragraph < to.paragraph && from.at === length(from.paragraph))
    from = { paragraph: from.paragraph + 1, at: 0 };
  const range = story.isBody ? { from: { ...from }, to: { ...to } } : null;
  return { quote: wordsBetween(story.texts, from, to), range };
}

function isAfter(a: WordSpot, b: WordSpot): boolean {
  return a.paragraph > b.paragraph || (a.paragraph === b.paragraph && a.at > b.at);
}

function wordsBetween(texts: readonly string[], from: WordSpot, to: WordSpot): string {
  let words = "";
  for (let i = from.paragraph; i <= to.paragraph && words.length < LONGEST_QUOTE; i++) {
    const text = texts[i] ?? "";
    const piece = text.slice(i === from.paragraph ? from.at : 0, i === to.paragraph ? to.at : text.length);
    words += i === from.paragraph ? piece : `\n${piece}`;
  }
  return words.length > LONGEST_QUOTE ? `${words.slice(0, LONGEST_QUOTE)}…` : words;
}
