import { JSDOM } from "jsdom";

// What pasted HTML is read by. Nothing is shown.
const { window } = new JSDOM("");
const { DOMParser, Element, HTMLTableElement } = window;
Object.assign(globalThis, { DOMParser, Element, HTMLTableElement });
