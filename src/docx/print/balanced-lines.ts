import type { Setting } from "./text-width.ts";
import { brokenLines, textWidth } from "./text-width.ts";

/** Words that begin what follows them: a line may well begin with one, and should not end with one. */
const JOINING = new Set("và với cho của về trong trên tại theo do để từ đến nhằm hoặc ngày năm".split(" "));

/** Words of two syllables that titles of reports are made of, which a line should not part. */
const WHOLE = new Set(
  (
    "báo cáo,bảo vệ,biểu số,cải cách,cán bộ,chất lượng,chi bộ,chi đoàn,chỉ đạo,chỉ tiêu,chính quyền,chính trị,chủ tịch," +
    "chủ yếu,chuyên môn,chương trình,công chức,công đoàn,công tác,công việc,dân vận,đảng bộ,đảng ủy,đảng viên,đạo đức," +
    "đặc điểm,đề xuất,điều hành,đoàn thể,đoàn viên,đội ngũ,đơn vị,giải pháp,giám sát,giáo dục,hạn chế,hoạt động,học tập," +
    "hợp pháp,hướng dẫn,kế hoạch,kết quả,khó khăn,khuyết điểm,kiểm tra,kiến nghị,kinh nghiệm,kỷ luật,lãnh đạo,lao động," +
    "lĩnh vực,lợi ích,nghị quyết,nguyên nhân,nhân dân,nhiệm kỳ,nhiệm vụ,nội vụ,ổn định,phát triển,phong cách,phong trào," +
    "phụ lục,phương hướng,quản lý,quần chúng,số liệu,số lượng,sinh hoạt,tập thể,thanh niên,thi đua,thiếu sót,thuận lợi," +
    "thực hiện,tình hình,tổ chức,tổng hợp,tổng kết,trọng tâm,tuyên truyền,tư tưởng,ủy ban,vận động,văn phòng,viên chức," +
    "xã hội,xây dựng,ý kiến,cơ quan,đào tạo,hàn lâm,khoa học,kỹ thuật,quốc gia,trung ương,việt nam"
  ).split(","),
);

/**
 * The width in points, not above `width`, in which a centred text falls into no more lines than it does in `width`, of
 * lengths as like each other as can be without parting words that belong together.
 */
export function balancedWidth(text: string, setting: Setting, width: number): number {
  const lines = brokenLines(text, setting, width).length;
  if (lines === 1) return width;
  const stretches = text.split("\n").map((stretch) => stretch.split(" "));
  const lengths = stretches.map((words) => words.map((word) => textWidth(word, setting)));
  const space = textWidth(" ", setting);
  const broken = (room: number): Line[] =>
    stretches.flatMap((words, index) => greedy(words, lengths[index] ?? [], space, room));
  const shape = (room: number): string =>
    broken(room)
      .map(({ words }) => words.length)
      .join();
  // Kerning, rounding, and another font for want of this one must make neither one more line of it nor other lines: so
  // much is left free beyond the longest, and as much again before a word of the next would find room.
  const grace = [2, 1, 0.5].map((letters) => letters * setting.size);
  let best = { room: width, cost: Infinity };
  for (let room = width; room > width / lines / 2; room -= 2) {
    const found = broken(room);
    const longest = Math.max(...found.map(({ length }) => length));
    if (found.length > lines || longest > room) break;
    const free = grace.find((more) => shape(longest + 2 * more) === shape(room));
    if (free === undefined) continue;
    const cost = 1 - Math.min(...found.map(({ length }) => length)) / longest + partings(found);
    if (cost < best.cost) best = { room: Math.min(longest + free, width), cost };
  }
  return best.room;
}

/** A line of words with its length; `ends` where its stretch does. */
interface Line {
  readonly words: readonly string[];
  readonly length: number;
  readonly ends: boolean;
}

function greedy(words: readonly string[], lengths: readonly number[], space: number, room: number): Line[] {
  const lines: Line[] = [];
  let from = 0;
  let length = 0;
  for (let at = 0; at < words.length; at++) {
    const own = lengths[at] ?? 0;
    if (at > from && length + space + own > room) {
      lines.push({ words: words.slice(from, at), length, ends: false });
      from = at;
      length = own;
    } else length += (at > from ? space : 0) + own;
  }
  return [...lines, { words: words.slice(from), length, ends: true }];
}

/** What it costs to end lines where they end. */
function partings(lines: readonly Line[]): number {
  let cost = 0;
  for (const [index, line] of lines.entries()) {
    const next = lines[index + 1]?.words[0];
    if (line.ends || next === undefined) continue;
    cost += parting(line.words.at(-1)?.toLocaleLowerCase("vi") ?? "", next.toLocaleLowerCase("vi"));
  }
  return cost;
}

function parting(before: string, after: string): number {
  if (/[,;:]$/.test(before)) return 0;
  const inDate = /\d$/.test(before) && /^(tháng|năm)$/.test(after);
  const numbered = /^(năm|ngày|tháng|số|khóa|khoá|lần|thứ)$/.test(before) && /^[\d\u00a0]/.test(after);
  if (inDate || numbered || WHOLE.has(`${before} ${after.replace(/[,;:.]$/, "")}`)) return 1;
  if (JOINING.has(after)) return 0;
  return JOINING.has(before) ? 0.8 : 0.3;
}
