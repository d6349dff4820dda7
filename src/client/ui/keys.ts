/** Keys are named as ProseMirror names them: `Mod-Shift-z`, where `Mod` is Ctrl, on a Mac Cmd. */

const MAC = typeof navigator !== "undefined" && /Mac|iP(?:hone|[oa]d)/u.test(navigator.platform);

interface Key {
  readonly ctrl: boolean;
  readonly meta: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly name: string;
}

function parsed(key: string, mac: boolean): Key {
  const parts = key.split(/-(?!$)/u);
  const has = (modifier: string): boolean => parts.includes(modifier);
  return {
    ctrl: has("Ctrl") || (has("Mod") && !mac),
    meta: has("Mod") && mac,
    alt: has("Alt"),
    shift: has("Shift"),
    name: parts.at(-1) ?? "",
  };
}

/** True for a key that an input method keeps: it commits or gives up a word, and is nobody else's. */
export function isComposed(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** True where the event is one of these keys. Letters and figures count by their place where Alt changes the sign. */
export function isPressed(event: KeyboardEvent, keys: readonly string[]): boolean {
  // AltGr types; Windows reports it as Ctrl with Alt.
  if (event.getModifierState("AltGraph") || isComposed(event)) return false;
  return keys.some((key) => {
    const { ctrl, meta, alt, shift, name } = parsed(key, MAC);
    if (event.ctrlKey !== ctrl || event.metaKey !== meta || event.altKey !== alt) return false;
    const named = event.key.toLowerCase() === name.toLowerCase();
    // A sign that needs Shift on this keyboard is the sign all the same.
    if (/^[^\p{L}\p{N}]$/u.test(name)) return named;
    const placed =
      /^[a-z\d]$/u.test(name) && /^(?:Key|Digit)/u.test(event.code) && event.code.endsWith(name.toUpperCase());
    return event.shiftKey === shift && (named || (placed && (ctrl || meta || alt)));
  });
}

const SHOWN: Readonly<Record<string, string>> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Escape: "Esc",
};

/** A key as one reads it on the keys themselves: `Ctrl+Shift+Z`, on a Mac `⇧⌘Z`. */
export function keyLabel(key: string, mac = MAC): string {
  const { ctrl, meta, alt, shift, name } = parsed(key, mac);
  const shown = SHOWN[name] ?? (name.length === 1 ? name.toUpperCase() : name);
  if (mac) return `${ctrl ? "⌃" : ""}${alt ? "⌥" : ""}${shift ? "⇧" : ""}${meta ? "⌘" : ""}${shown}`;
  return [...(ctrl ? ["Ctrl"] : []), ...(alt ? ["Alt"] : []), ...(shift ? ["Shift"] : []), shown].join("+");
}

/** Keys as `aria-keyshortcuts` wants them. */
export function ariaKeys(keys: readonly string[]): string {
  return keys
    .map((key) => {
      const { ctrl, meta, alt, shift, name } = parsed(key, MAC);
      const held = [ctrl && "Control", meta && "Meta", alt && "Alt", shift && "Shift"].filter(Boolean);
      return [...held, name.length === 1 ? name.toUpperCase() : name].join("+");
    })
    .join(" ");
}
