/**
 * Measures real keystrokes on any page: from the key's first event to the end of everything that it set off at once
 * (the browser's edit, the editor's reading of it, the document's change, what the page draws of it), and to the paint.
 * It leans on nothing outside itself, so that its source can be given to a page that was built without it.
 */
export class KeyWatch {
  #times: { work: number; painted: number }[] = [];

  /** Resolves when the frame that shows what was just done has been painted. */
  async painted(): Promise<void> {
    return new Promise((resolve) => {
      requestAnimationFrame(() => {
        // A message sent from within a frame comes after its layout and paint.
        const { port1, port2 } = new MessageChannel();
        port1.addEventListener("message", () => {
          port1.close();
          resolve();
        });
        port1.start();
        port2.postMessage(null);
      });
    });
  }

  start(): void {
    let begun = 0;
    window.addEventListener(
      "keydown",
      () => {
        begun = performance.now();
      },
      { capture: true },
    );
    const measure = (): void => {
      if (begun === 0) return;
      const from = begun;
      begun = 0;
      const time = { work: 0, painted: 0 };
      this.#times.push(time);
      // So many microtasks deep the end of the own work is looked for: the editor's and React's are all before it.
      let depth = 12;
      const deeper = (): void => {
        time.work = performance.now() - from;
        if (depth-- > 0) queueMicrotask(deeper);
      };
      queueMicrotask(deeper);
      const seePainted = async (): Promise<void> => {
        await this.painted();
        time.painted = performance.now() - from;
      };
      void seePainted();
    };
    // An editor that takes the letter itself prevents the browser's edit, and no input event comes.
    window.addEventListener("input", measure, { capture: true });
    window.addEventListener("keypress", (event) => {
      if (event.defaultPrevented) measure();
    });
  }

  take(): { work: number; painted: number }[] {
    const times = this.#times;
    this.#times = [];
    return times;
  }
}
