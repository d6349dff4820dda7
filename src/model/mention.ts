/** A person as a mention names them. */
interface Named {
  readonly id: string;
  readonly name: string;
}

/** A stretch of a text: plain words, or a mention under the name that the person has now. */
export type MentionPart = { readonly text: string } | { readonly person: string; readonly name: string };

const MENTION = /@\[([^\]\n]{1,200})\]\(([A-Za-z0-9_-]{1,64})\)/gu;

/**
 * A text as it is stored: where `@` stands before the whole name of one of `people`, the mention names that person by
 * id as well, `@[Tên](id)`. A program that does not know mentions shows both.
 */
export function withMentions(text: string, people: readonly Named[]): string {
  const byLength = people
    .filter(({ name }) => name !== "" && !/[\]\n]/u.test(name))
    .toSorted((a, b) => b.name.length - a.name.length);
  let stored = "";
  for (let at = 0; at < text.length;) {
    const known = text[at] === "@" ? byLength.find(({ name }) => named(text, at + 1, name)) : undefined;
    stored += known ? `@[${known.name}](${known.id})` : (text[at] ?? "");
    at += known ? known.name.length + 1 : 1;
  }
  return stored;
}

function named(text: string, at: number, name: string): boolean {
  return text.startsWith(name, at) && !/^[\p{L}\p{M}\p{N}]/u.test(text.slice(at + name.length));
}

/** A stored text in pieces. `people` tells present names; of somebody unknown it is the name at the time of writing. */
export function mentionParts(text: string, people: readonly Named[] = []): MentionPart[] {
  const parts: MentionPart[] = [];
  let done = 0;
  for (const match of text.matchAll(MENTION)) {
    const [whole, name = "", person = ""] = match;
    if (match.index > done) parts.push({ text: text.slice(done, match.index) });
    parts.push({ person, name: people.find(({ id }) => id === person)?.name ?? name });
    done = match.index + whole.length;
  }
  if (done < text.length) parts.push({ text: text.slice(done) });
  return parts;
}

/** A stored text as one reads and writes it: a mention is `@` and the name. */
export function plainMentions(text: string, people: readonly Named[] = []): string {
  return mentionParts(text, people)
    .map((part) => ("text" in part ? part.text : `@${part.name}`))
    .join("");
}

/** True where a stored text mentions this person. */
export function mentions(text: string, person: string): boolean {
  return mentionParts(text).some((part) => "person" in part && part.person === person);
}
