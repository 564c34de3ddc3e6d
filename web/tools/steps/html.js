// What the drawings write: text as src/render/html.rs escapes it, and measures.

/** @param {string} text */
export const escape = (text) => text.replace(/[&<>"'{`|\n\r\0]/g, (character) => (character === "\0" ? "\ufffd" : `&#${character.charCodeAt(0)};`));

/** Nothing for an empty text. @param {string} name @param {string} text */
export const attribute = (name, text) => (text === "" ? "" : ` ${name}="${escape(text)}"`);

/** As the pictures' coordinates are. @param {number} ems */
export const tenths = (ems) => Math.round(ems * 10);

/** @param {number} ems */
export const round = (ems) => Math.round(ems * 100) / 100;
