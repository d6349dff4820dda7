import type { EditorLabels } from "#editor";

/** The editor's words, as tests know them. */
export const LABELS: EditorLabels = {
  language: "vi",
  titleFixed: "Tiêu đề cố định theo mẫu",
  editor: "Nội dung báo cáo",
  menu: "Kiểu đoạn",
  blocks: {
    paragraph: "Đoạn văn",
    heading1: "Đề mục cấp 1",
    heading2: "Đề mục cấp 2",
    heading3: "Đề mục cấp 3",
    item1: "Gạch đầu dòng",
    item2: "Dấu cộng",
  },
  moveUp: "Đưa lên",
  moveDown: "Đưa xuống",
  moved: "Đã chuyển đến vị trí {position}/{of}, {slot}",
  drag: "Kéo để chuyển",
  table: {
    cells: "Các ô của bảng",
    caption: "Tên bảng",
    unbalanced: "Ghi {stated}, cộng lại được {computed}",
    missing: "Bảng này không có nội dung",
  },
};
