import type { Block, CommentThread, Report, RuleSet, Template } from "#model";
import { blockText, slotsOf } from "#model";
import { block, decision, PEOPLE, rangeThread, sampleReport } from "./sample-report.ts";

const SYLLABLES =
  "thực hiện nghị quyết của đảng bộ kế hoạch phát triển chất lượng sinh hoạt chi ủy lãnh đạo chỉ kiểm tra giám sát cán đảng viên năm qua kết quả đạt được nhiệm vụ chính trị công tác xây dựng tổ chức đoàn thể".split(
    " ",
  );

/**
 * A report of `paragraphs` blocks of about 270 characters, spread over the slots, with `comments` on words of them:
 * one in three with a reply, one in four decided. The same each time.
 */
export function bigReport(template: Template, ruleSet: RuleSet, paragraphs: number, comments: number): Report {
  const base = sampleReport(template, ruleSet);
  const ids = slotsOf(template).map(({ id }) => id);
  let state = 7;
  const next = (below: number): number => {
    state = (Math.imul(state, 48271) >>> 0) % 0x7fffffff;
    return state % below;
  };
  const slots: Record<string, Block[]> = Object.fromEntries(ids.map((id) => [id, []]));
  const places: { slot: string; block: Block }[] = [];
  for (let n = 0; n < paragraphs; n++) {
    const slot = ids[Math.floor((n * ids.length) / paragraphs)] ?? "";
    const words = Array.from({ length: 58 }, () => SYLLABLES[next(SYLLABLES.length)]).join(" ");
    const kind = n % 25 === 24 ? "heading" : n % 5 === 4 ? "item" : "paragraph";
    const text =
      kind === "heading" ? words.slice(0, 60) : `${words.charAt(0).toLocaleUpperCase("vi")}${words.slice(1)}.`;
    const made = block(`p${n}`, text, kind, kind === "paragraph" ? 0 : 1);
    slots[slot]?.push(made);
    places.push({ slot, block: made });
  }
  const drafter = PEOPLE[1];
  const threads: CommentThread[] = [];
  for (let n = 0; n < comments; n++) {
    const place = places[Math.floor((n * places.length) / comments)];
    if (!place || !drafter) continue;
    const from = next(20);
    const to = Math.min(from + 10 + next(30), blockText(place.block).length);
    const id = `c${n}`;
    const reply = {
      id: `r${n}`,
      comment: id,
      author: drafter.id,
      text: "Xin ghi nhận.",
      createdAt: "2022-01-03T03:00:00.000Z",
      withdrawn: false,
    };
    threads.push(
      rangeThread(
        id,
        place.slot,
        { block: place.block, offset: from },
        { block: place.block, offset: to },
        {
          replies: n % 3 === 0 ? [{ reply, author: drafter }] : [],
          decision: n % 4 === 0 ? decision(id, { outcome: "partly", response: "Bổ sung số liệu." }) : null,
        },
      ),
    );
  }
  return { ...base, slots, threads };
}
