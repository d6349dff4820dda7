import { describe, expect, it } from "vitest";
import { decodeList, judgePeople, readPeople } from "../../src/client/people/people-list.ts";

const plain = (text: string): [string, string][] => readPeople(text, []).map(({ name, unit }) => [name, unit]);

describe("a list of people", () => {
  it("is read from a spreadsheet with a heading and running numbers", () => {
    expect(plain("STT\tHọ và tên\tĐơn vị\n1\tNguyễn Văn A\tChi bộ 1\n2\tTrần Thị B\tChi bộ 2\n")).toEqual([
      ["Nguyễn Văn A", "Chi bộ 1"],
      ["Trần Thị B", "Chi bộ 2"],
    ]);
  });

  it("follows the heading where the unit stands before the name", () => {
    expect(plain("Đơn vị;Họ tên\nChi bộ 1;Nguyễn Văn A")).toEqual([["Nguyễn Văn A", "Chi bộ 1"]]);
  });

  it("takes a heading in capitals, decomposed and with a colon", () => {
    expect(plain("HỌ VÀ TÊN:\tĐƠN VỊ:\nA\tB".normalize("NFD"))).toEqual([["A", "B"]]);
  });

  it("does not take a person for a heading", () => {
    expect(plain("Tên\tHoàng\nLê\tMinh")).toEqual([
      ["Tên", "Hoàng"],
      ["Lê", "Minh"],
    ]);
  });

  it("leaves out running numbers without a heading", () => {
    expect(plain("1\tNguyễn Văn A\tChi bộ 1\n2\tTrần Thị B\tChi bộ 2")).toEqual([
      ["Nguyễn Văn A", "Chi bộ 1"],
      ["Trần Thị B", "Chi bộ 2"],
    ]);
    expect(plain("1. Nguyễn Văn A\n2) Trần Thị B")).toEqual([
      ["Nguyễn Văn A", ""],
      ["Trần Thị B", ""],
    ]);
  });

  it("is read from CSV with quotation marks, separators and line ends inside them", () => {
    expect(plain('"Nguyễn Văn A","Chi bộ 1, Viện"\r\n"Trần ""Bé"" B","Chi bộ\n2"')).toEqual([
      ["Nguyễn Văn A", "Chi bộ 1, Viện"],
      ['Trần "Bé" B', "Chi bộ 2"],
    ]);
  });

  it("is not swallowed by a lone quotation mark", () => {
    expect(plain('"Nguyễn Văn A;Chi bộ 1\nTrần Thị B;Chi bộ 2').map(([name]) => name)).toContain("Trần Thị B");
  });

  it("keeps commas of a unit together where nothing says otherwise", () => {
    expect(plain("Nguyễn Văn A, Chi bộ 1, Viện Khoa học")).toEqual([["Nguyễn Văn A", "Chi bộ 1, Viện Khoa học"]]);
  });

  it("separates at a dash between spaces where there is nothing else", () => {
    expect(plain("Nguyễn Văn A – Chi bộ 1\nTrần Thị Bích-Ngọc")).toEqual([
      ["Nguyễn Văn A", "Chi bộ 1"],
      ["Trần Thị Bích-Ngọc", ""],
    ]);
  });

  it("brings names into one form: NFC, single spaces, none at the ends", () => {
    expect(plain("  Nguyễn   Văn A ".normalize("NFD"))).toEqual([["Nguyễn Văn A", ""]]);
  });

  it("says the line of each person, also after empty lines", () => {
    expect(readPeople("A\n\n\nB", []).map(({ line }) => line)).toEqual([1, 4]);
  });

  it("says who stands twice, who takes part already, who has no name and what is too long", () => {
    const known = [{ name: "Lê  Minh", unit: "Chi bộ 1" }];
    const problems = readPeople(`A\tx\na\tX\nlê minh\tchi bộ 1\n\tx\n${"a".repeat(121)}\tx`, known);
    expect(problems.map(({ problem }) => problem)).toEqual([null, "repeated", "known", "no-name", "too-long"]);
  });

  it("keeps apart people whose names differ by a tone or whose units differ", () => {
    expect(readPeople("Hòa\tx\nHoà\tx\nHoa\tx\nHòa\ty", []).map(({ problem }) => problem)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it("is nobody where there is nothing", () => {
    expect(readPeople("", [])).toEqual([]);
    expect(readPeople(" \n\t\n", [])).toEqual([]);
  });
});

describe("people typed one by one", () => {
  it("leaves out lines without anything and keeps the number of the others", () => {
    const typed = [
      { name: "", unit: " " },
      { name: " A ", unit: "x" },
      { name: "", unit: "y" },
    ];
    expect(judgePeople(typed, [])).toEqual([
      { line: 2, name: "A", unit: "x", problem: null },
      { line: 3, name: "", unit: "y", problem: "no-name" },
    ]);
  });
});

describe("the bytes of a list file", () => {
  it("are UTF-8, with or without a mark", () => {
    expect(decodeList(new TextEncoder().encode("\uFEFFHọ tên"))).toBe("Họ tên");
    expect(decodeList(new TextEncoder().encode("Họ tên"))).toBe("Họ tên");
  });

  it("may be the UTF-16 of a spreadsheet", () => {
    expect(decodeList(new Uint8Array([0xff, 0xfe, ...Buffer.from("Đỗ", "utf16le")]))).toBe("Đỗ");
  });
});
