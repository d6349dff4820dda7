import { mentionParts, mentions, plainMentions, withMentions } from "#model";
import { describe, expect, it } from "vitest";

const AN = { id: "an", name: "Nguyễn Văn An" };
const ANH = { id: "anh", name: "Nguyễn Văn Anh" };
const PEOPLE = [AN, ANH];

describe("a mention", () => {
  it("is stored with the person's id and read with the name of now", () => {
    const stored = withMentions("Nhờ @Nguyễn Văn An xem, và @Nguyễn Văn Anh nữa.", PEOPLE);
    expect(stored).toBe("Nhờ @[Nguyễn Văn An](an) xem, và @[Nguyễn Văn Anh](anh) nữa.");
    expect(plainMentions(stored, PEOPLE)).toBe("Nhờ @Nguyễn Văn An xem, và @Nguyễn Văn Anh nữa.");
    expect(plainMentions(stored, [{ id: "an", name: "Trần An" }])).toBe("Nhờ @Trần An xem, và @Nguyễn Văn Anh nữa.");
    expect(mentions(stored, "an")).toBe(true);
    expect(mentions(stored, "binh")).toBe(false);
  });

  it("is whole: written again it says the same, and what is half a name is none", () => {
    const text = "@Nguyễn Văn và @Nguyễn Văn Anhh, thư a@b.vn, @[x](";
    expect(withMentions(text, PEOPLE)).toBe(text);
    const stored = withMentions("@Nguyễn Văn An", PEOPLE);
    expect(withMentions(plainMentions(stored, PEOPLE), PEOPLE)).toBe(stored);
    expect(mentionParts(stored)).toEqual([{ person: "an", name: "Nguyễn Văn An" }]);
    expect(mentionParts("không có ai")).toEqual([{ text: "không có ai" }]);
  });
});
