import { describe, expect, it } from "vitest";
import type { CopyAuthor, Person, Remark } from "#model";
import { copyAuthors } from "../../src/docx/returned/copy-people.ts";

const PEOPLE: readonly Person[] = [
  { id: "tuan", name: "Lê Văn Tuấn", unit: "Chi bộ 1", role: "delegate" },
  { id: "tuan2", name: "Lê Văn Tuân", unit: "Chi bộ 2", role: "delegate" },
  { id: "hoa1", name: "Trần Thị Hoa", unit: "Chi bộ 3", role: "delegate" },
  { id: "hoa2", name: "Trần Thị Hoa", unit: "Chi bộ 4", role: "delegate" },
  { id: "dung", name: "Phạm Đức Dũng", unit: "Công đoàn", role: "delegate" },
  { id: "reader", name: "Vũ Chỉ Đọc", unit: "", role: "reader" },
];

function remark(author: string): Remark {
  return {
    source: author === "" ? "silent" : "comment",
    author,
    stamp: "",
    at: "",
    durableId: "",
    kind: "other",
    text: "Ý kiến",
    target: { scope: "report" },
    quote: "",
    placed: true,
    guess: null,
    answers: null,
  };
}

function who(author: string, owner: string | null = null): Pick<CopyAuthor, "person" | "sure"> {
  const [found] = copyAuthors([remark(author)], PEOPLE, owner);
  return { person: found?.person ?? null, sure: found?.sure ?? false };
}

describe("the author of a remark", () => {
  it.each([
    ["Phạm Đức Dũng", "dung"],
    ["PHẠM ĐỨC DŨNG", "dung"],
    ["Phạm Đức Dũng".normalize("NFD"), "dung"],
    ["Đ/c Phạm Đức Dũng", "dung"],
    ["đồng chí Phạm Đức Dũng (Công đoàn)", "dung"],
    ["Phạm Đức Dũng - Công đoàn", "dung"],
    ["Dũng Phạm Đức", "dung"],
    ["Pham Duc Dung", "dung"],
    ["Lê Văn Tuân", "tuan2"],
    ["Trần Thị Hoa (Chi bộ 4)", "hoa2"],
    ["Trần Thị Hoa, Chi bộ 3", "hoa1"],
  ])("is told from “%s”", (name, person) => {
    expect(who(name)).toEqual({ person, sure: true });
  });

  it.each(["Le Van Tuan", "Trần Thị Hoa", "Dũng", "Đức Dũng", "Nguyễn Văn Lạ", "Vũ Chỉ Đọc", "Admin", ""])(
    "is asked for where the file says “%s”",
    (name) => {
      expect(who(name).sure).toBe(false);
    },
  );

  it("is whom the copy was made out for where the file names nobody, but not where it names a stranger", () => {
    expect(who("Windows User", "hoa1")).toEqual({ person: "hoa1", sure: true });
    expect(who("", "hoa1")).toEqual({ person: "hoa1", sure: true });
    expect(who("Trần Thị Hoa", "hoa2")).toEqual({ person: "hoa2", sure: true });
    expect(who("Nguyễn Văn Lạ", "hoa1")).toEqual({ person: "hoa1", sure: false });
    expect(who("Phạm Đức Dũng", "hoa1")).toEqual({ person: "dung", sure: true });
  });

  it("of a change without tracking is the only one who wrote in the file, and asked for where there are two", () => {
    const one = copyAuthors([remark("Phạm Đức Dũng"), remark("")], PEOPLE, null);
    expect(one.find(({ name }) => name === "")).toMatchObject({ person: "dung", sure: true });
    const two = copyAuthors([remark("Phạm Đức Dũng"), remark("Lê Văn Tuấn"), remark("")], PEOPLE, null);
    expect(two.find(({ name }) => name === "")?.sure).toBe(false);
  });
});

describe("the name of a file", () => {
  const named = (fileName: string, author = "Windows User") =>
    copyAuthors([remark(author), remark("")], PEOPLE, null, fileName).map(({ name, person, sure }) => [
      name,
      person,
      sure,
    ]);

  it("names the likeliest where nothing else does, who still has to be asked for", () => {
    for (const name of ["Góp ý - Phạm Đức Dũng (2).docx", "pham_duc_dung.docx", "Phạm Đức Dũng".normalize("NFD")]) {
      expect(named(name)).toEqual([
        ["", "dung", false],
        ["Windows User", "dung", false],
      ]);
    }
  });

  it("says nothing where it may be of several, and nothing against what is sure", () => {
    expect(named("Lê Văn Tuấn.docx").map(([, person]) => person)).toEqual([null, null]);
    expect(named("Dũng.docx").map(([, person]) => person)).toEqual([null, null]);
    expect(named("Lê Văn Tuấn.docx", "Phạm Đức Dũng")).toEqual([
      ["", "dung", true],
      ["Phạm Đức Dũng", "dung", true],
    ]);
  });
});
