import { JSDOM } from "jsdom";

// What pasted HTML is read by, and what keys are asked for. Nothing is shown.
const { window } = new JSDOM("");
const { DOMParser, Element, HTMLTableElement, KeyboardEvent, NodeFilter } = window;
Object.assign(globalThis, { DOMParser, Element, HTMLTableElement, KeyboardEvent, NodeFilter });
