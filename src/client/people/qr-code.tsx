import { create } from "qrcode";
import type { ReactElement } from "react";
import { useMemo } from "react";
import styles from "./qr-code.module.css";

/** The quiet zone that readers need, in modules. */
const QUIET = 3;

/** The dark modules of a QR code as one SVG path, and the side of the square with its quiet zone. */
export function qrPath(text: string): { readonly side: number; readonly path: string } {
  const { modules } = create(text, { errorCorrectionLevel: "M" });
  let path = "";
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (modules.get(row, column)) path += `M${column + QUIET} ${row + QUIET}h1v1h-1z`;
    }
  }
  return { side: modules.size + 2 * QUIET, path };
}

/** A QR code, black on white under every light, as sharp on paper as on the screen. */
export function QrCode({ text, label }: { readonly text: string; readonly label: string }): ReactElement {
  const { side, path } = useMemo(() => qrPath(text), [text]);
  return (
    <svg
      className={styles["code"]}
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
