import type { CDPSession } from "playwright-core";
import { keysOf, stagesOf } from "./vietnamese-input.ts";
import type { Keying } from "./vietnamese-input.ts";

/** Something that happens after the n-th stage of a word, counted from 0 over all words typed in one go. */
export type During = Readonly<Record<number, () => Promise<unknown>>>;

/**
 * How a program takes letters back: by Backspace; by Backspace after a sign of no width, which makes a browser's own
 * completion go away; or by selecting them with Shift and the left arrow and typing over.
 */
export type TakingBack = "backspace" | "empty-sign" | "select-left";

const EMPTY_SIGN = "\u202F";

/**
 * Types Vietnamese into whatever has the focus, by sending what real input methods send. Nothing is waited for between
 * the messages but what a test does itself in between.
 */
export class Typist {
  readonly #devtools: CDPSession;
  readonly #touch: boolean;

  /** With `touch`, as an Android keyboard: each change comes after a key event that names no key. */
  constructor(devtools: CDPSession, touch = false) {
    this.#devtools = devtools;
    this.#touch = touch;
  }

  /** As ibus, macOS and Android: a word is a composition, which each key changes; what ends it ends the word. */
  async compose(text: string, keying: Keying, during: During = {}): Promise<void> {
    let stage = 0;
    for (const part of partsOf(text)) {
      if (!part.word) {
        await this.press(part.text);
        continue;
      }
      const stages = stagesOf(keysOf(part.text, keying), keying);
      for (const shown of stages) {
        await this.preview(shown);
        await during[stage++]?.();
      }
      await this.commit(stages.at(-1) ?? "");
    }
  }

  /** As UniKey, EVKey and OpenKey: letters go in as keys; a sign takes letters back and writes them anew. */
  async retype(text: string, keying: Keying, how: TakingBack = "backspace", during: During = {}): Promise<void> {
    let sent: Promise<unknown>[] = [];
    let stage = 0;
    for (const part of partsOf(text)) {
      if (!part.word) {
        sent.push(this.press(part.text));
        continue;
      }
      const keys = keysOf(part.text, keying);
      let shown = "";
      for (const [i, next] of stagesOf(keys, keying).entries()) {
        if (next === shown + (keys[i] ?? "")) sent.push(this.press(keys[i] ?? ""));
        else sent.push(...this.#rewrite(shown, next, how));
        shown = next;
        const meanwhile = during[stage++];
        if (!meanwhile) continue;
        await Promise.all(sent);
        sent = [];
        await meanwhile();
      }
    }
    await Promise.all(sent);
  }

  #rewrite(shown: string, next: string, how: TakingBack): Promise<unknown>[] {
    let kept = 0;
    while (kept < shown.length && shown[kept] === next[kept]) kept++;
    let back = shown.length - kept;
    const sent: Promise<unknown>[] = [];
    if (how === "empty-sign") {
      sent.push(this.press(EMPTY_SIGN));
      back++;
    }
    for (let i = 0; i < back; i++)
      sent.push(how === "select-left" ? this.key("ArrowLeft", 37, 8) : this.key("Backspace", 8));
    for (const letter of next.slice(kept)) sent.push(this.press(letter));
    return sent;
  }

  /** The composition now reads `text`; a `range` of the editor's signs, as the browser counts them, goes into it. */
  async preview(text: string, range?: { readonly from: number; readonly to: number }): Promise<void> {
    if (this.#touch) void this.#event("rawKeyDown", "Unidentified", 229);
    await this.#devtools.send("Input.imeSetComposition", {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
      ...(range ? { replacementStart: range.from, replacementEnd: range.to } : {}),
    });
    if (this.#touch) void this.#event("keyUp", "Unidentified", 229);
  }

  /** Ends the composition with `text`; without one, writes it at the caret. */
  async commit(text: string): Promise<void> {
    await this.#devtools.send("Input.insertText", { text });
  }

  /** A key that writes, or a letter that a program sends as one (on Windows as a packet, without a key). */
  async press(text: string): Promise<void> {
    const known = /^[a-z0-9 ]$/iu.test(text);
    if (this.#touch && !known) return this.commit(text);
    const code = known ? text.toUpperCase().charCodeAt(0) : 231;
    void this.#event("keyDown", text, code, 0, text);
    await this.#event("keyUp", text, code);
  }

  async key(key: string, code: number, modifiers = 0): Promise<void> {
    if (code === 13) void this.#event("keyDown", key, code, modifiers, "\r");
    else void this.#event("rawKeyDown", key, code, modifiers);
    await this.#event("keyUp", key, code, modifiers);
  }

  async #event(
    type: "keyDown" | "rawKeyDown" | "keyUp",
    key: string,
    code: number,
    modifiers = 0,
    text?: string,
  ): Promise<void> {
    await this.#devtools.send("Input.dispatchKeyEvent", {
      type,
      key,
      code: key.length > 1 && code !== 229 ? key : "",
      windowsVirtualKeyCode: code,
      modifiers,
      ...(text === undefined ? {} : { text, unmodifiedText: text }),
    });
  }
}

/** The words of a text, and what is between them. */
function partsOf(text: string): { readonly text: string; readonly word: boolean }[] {
  return (text.match(/[\p{L}\p{M}]+|[^\p{L}\p{M}]/gu) ?? []).map((part) => ({
    text: part,
    word: /^[\p{L}\p{M}]/u.test(part),
  }));
}
