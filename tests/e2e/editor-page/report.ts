import { numberOutline } from "#model";
import type { OutlineNode } from "#model";
import { COMMITTEE, PARTY_RULES } from "../../model/shipped.ts";

const slot = (id: string, title: string): OutlineNode => ({
  type: "slot",
  id,
  role: "context",
  title: { vi: title, en: title },
  titled: true,
  guidance: { vi: `Viết về ${title.toLowerCase()}.`, en: "" },
  required: true,
});

/** One part of three slots: a, b and c. */
export const OUTLINE = numberOutline(
  {
    ...COMMITTEE,
    outline: [
      {
        type: "part",
        id: "part",
        title: { vi: "Kết quả", en: "Results" },
        children: [slot("a", "Bối cảnh"), slot("b", "Kết quả"), slot("c", "Hạn chế")],
      },
    ],
  },
  PARTY_RULES,
  { year: "2021" },
);
/** Android, where ProseMirror reads the screen a moment later and other keys come. */
export const PHONE = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 2,
  userAgent:
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
};
