import { compareNames, initials } from "#model";
import { describe, expect, it } from "vitest";

describe("the initials of a name", () => {
  it("are those of the last two syllables", () => {
    expect(initials("Thạch Thọ Mộc")).toBe("TM");
    expect(initials("Trần Thị Ngọc Khuyên")).toBe("NK");
    expect(initials("Đỗ Anh")).toBe("ĐA");
    expect(initials("Hà")).toBe("H");
  });

  it("are whole letters, also of decomposed and lower-case names", () => {
    expect(initials("lê ánh".normalize("NFD"))).toBe("LÁ");
    expect(initials("  đào   ủy ")).toBe("ĐỦ");
  });

  it("pass over figures and signs, and are a question mark where there is no letter", () => {
    expect(initials("Đại biểu mẫu 12")).toBe("BM");
    expect(initials("?! 3")).toBe("?");
  });
});

describe("a list of people", () => {
  it("goes by the last syllable, then the family name, then the rest", () => {
    const names = ["Nguyễn Văn An", "Bùi Thị Bình", "Lê Thị An", "Nguyễn Thị An", "Phạm Ân"];
    expect(names.toSorted(compareNames)).toEqual([
      "Lê Thị An",
      "Nguyễn Thị An",
      "Nguyễn Văn An",
      "Phạm Ân",
      "Bùi Thị Bình",
    ]);
  });

  it("goes by the Vietnamese alphabet and its tones", () => {
    const names = ["Lê Đức", "Lê Dũng", "Lê Hoà", "Lê Hoa", "Lê Hỏa", "Lê Ơn", "Lê Oanh"];
    expect(names.toSorted(compareNames)).toEqual([
      "Lê Dũng",
      "Lê Đức",
      "Lê Hoa",
      "Lê Hoà",
      "Lê Hỏa",
      "Lê Oanh",
      "Lê Ơn",
    ]);
  });

  it("counts the figures at the end of sample names", () => {
    const names = ["Đại biểu mẫu 10", "Đại biểu mẫu 9", "Đại biểu mẫu 1"];
    expect(names.toSorted(compareNames)).toEqual(["Đại biểu mẫu 1", "Đại biểu mẫu 9", "Đại biểu mẫu 10"]);
  });
});
