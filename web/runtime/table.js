// Chunk "table", console.table: rows and columns of a value, drawn as Node draws them.

/** @typedef {(value: unknown) => string} Format a cell's text */

/**
 * @param {unknown} data
 * @param {unknown} columns names of the columns to show; undefined: all
 * @param {Format} format
 * @returns {string | null} null: nothing tabular, print it as console.log does
 */
export default function tableText(data, columns, format) {
  if (data === null || typeof data !== "object") return null;
  if (data instanceof Map) return mapTable(data, format);
  if (data instanceof Set) return setTable(data, format);
  return objectTable(/** @type {Record<string, unknown>} */ (data), Array.isArray(columns) ? columns : null, format);
}

/** @param {Map<unknown, unknown>} map @param {Format} format */
function mapTable(map, format) {
  const keys = [...map.keys()].map(format);
  return draw(["(iteration index)", "Key", "Values"], [indices(map.size), keys, [...map.values()].map(format)]);
}

/** @param {Set<unknown>} set @param {Format} format */
const setTable = (set, format) => draw(["(iteration index)", "Values"], [indices(set.size), [...set].map(format)]);

/** @param {number} count */
const indices = (count) => Array.from({ length: count }, (_, i) => String(i));

/** @param {Record<string, unknown>} data @param {string[] | null} shown @param {Format} format */
function objectTable(data, shown, format) {
  const rowNames = Object.keys(data);
  /** A column's cells by its name; an object, since numbers come first in Node too. @type {Record<string, string[]>} */
  const cells = Object.create(null);
  for (const name of shown ?? []) cells[name] = [];
  /** @type {string[]} */
  const plain = [];
  rowNames.forEach((rowName, row) => {
    const item = data[rowName];
    if (item === null || (typeof item !== "object" && typeof item !== "function")) {
      plain[row] = format(item);
      return;
    }
    for (const name of shown ?? Object.keys(item)) {
      if (!Object.hasOwn(item, name)) continue;
      (cells[name] ??= [])[row] = format(/** @type {any} */ (item)[name]);
    }
  });
  const columns = [rowNames, ...Object.values(cells)];
  const head = ["(index)", ...Object.keys(cells)];
  if (plain.length > 0) {
    head.push("Values");
    columns.push(plain);
  }
  return draw(head, columns);
}

/** @param {string[]} head @param {string[][]} columns */
function draw(head, columns) {
  const height = Math.max(...columns.map((column) => column.length));
  const widths = head.map((name, i) => {
    let width = displayWidth(name);
    for (let row = 0; row < height; row++) width = Math.max(width, displayWidth(columns[i][row] ?? ""));
    return width + 2;
  });
  const rule = widths.map((width) => "─".repeat(width));
  let text = `┌${rule.join("┬")}┐\n${line(head, widths)}├${rule.join("┼")}┤\n`;
  for (let row = 0; row < height; row++) text += line(columns.map((column) => column[row] ?? ""), widths);
  return `${text}└${rule.join("┴")}┘`;
}

/** @param {string[]} cells @param {number[]} widths */
function line(cells, widths) {
  return `│${cells.map((cell, i) => ` ${cell}${" ".repeat(widths[i] - displayWidth(cell) - 1)}`).join("│")}│\n`;
}

/** Columns that a text takes: wide characters two, marks none. @param {string} text */
function displayWidth(text) {
  let width = 0;
  for (const char of text.normalize("NFC")) {
    if (/[\p{Mn}\p{Me}\p{Cf}]/u.test(char)) continue;
    width += /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|[\u{20000}-\u{3fffd}]/u.test(char) ? 2 : 1;
  }
  return width;
}
