// The console as Node 24 has it: which text goes to which stream, groups, counters and (virtual) timers.
// Not here: how a value becomes text (print.js, table.js) and what a printed text belongs to (recorder.js).

/** @import { Printer } from "./print.js" */
/** @import tableText from "./table.js" */

import { invalidArgument } from "./errors.js";

/**
 * @typedef {"stdout" | "stderr"} Stream
 * @typedef {(stream: Stream, text: string, values: unknown[]) => void} Write
 */

/**
 * @param {object} needs
 * @param {Write} needs.write
 * @param {Printer} needs.printer
 * @param {() => number} needs.now virtual milliseconds
 * @param {(message: string) => void} needs.warn process.emitWarning
 * @param {() => typeof tableText} needs.table
 */
export function createConsole({ write, printer, now, warn, table }) {
  let indent = "";
  /** @type {Map<string, number>} */
  const counts = new Map();
  /** @type {Map<string, number>} */
  const timers = new Map();

  /** @param {Stream} stream @param {string} text @param {unknown[]} values */
  function line(stream, text, values) {
    const indented = indent === "" ? text : indent + text.replaceAll("\n", `\n${indent}`);
    write(stream, `${indented}\n`, values);
  }
  /** @param {unknown[]} args */
  const out = (...args) => line("stdout", printer.format(args), args);
  /** @param {unknown[]} args */
  const err = (...args) => line("stderr", printer.format(args), args);

  /** @param {string} label @param {string} method @param {unknown[]} rest */
  function timeLog(label, method, rest) {
    const start = timers.get(label);
    if (start === undefined) {
      warn(`No such label '${label}' for console.${method}()`);
      return false;
    }
    out(`${label}: ${duration(now() - start)}`, ...rest);
    return true;
  }

  const methods = {
    /** @param {unknown[]} args */
    log(...args) {
      out(...args);
    },
    /** @param {unknown[]} args */
    info(...args) {
      out(...args);
    },
    /** @param {unknown[]} args */
    debug(...args) {
      out(...args);
    },
    /** @param {unknown[]} args */
    warn(...args) {
      err(...args);
    },
    /** @param {unknown[]} args */
    error(...args) {
      err(...args);
    },
    /** @param {unknown} value @param {object} [options] */
    dir(value, options) {
      line("stdout", printer.inspector().inspect(value, { customInspect: false, ...options }), [value]);
    },
    time(label = "default") {
      label = `${label}`;
      if (timers.has(label)) return warn(`Label '${label}' already exists for console.time()`);
      timers.set(label, now());
    },
    timeEnd(label = "default") {
      if (timeLog(`${label}`, "timeEnd", [])) timers.delete(`${label}`);
    },
    /** @param {unknown[]} rest */
    timeLog(label = "default", ...rest) {
      timeLog(`${label}`, "timeLog", rest);
    },
    /** @param {unknown[]} args */
    trace(...args) {
      const message = args.length > 0 ? `: ${printer.format(args)}` : "";
      const frames = String(new Error().stack).split("\n").slice(1);
      line("stderr", [`Trace${message}`, ...frames].join("\n"), args);
    },
    /** @param {unknown} condition @param {unknown[]} args */
    assert(condition, ...args) {
      if (condition) return;
      if (typeof args[0] === "string") args[0] = `Assertion failed: ${args[0]}`;
      else args.unshift("Assertion failed");
      err(...args);
    },
    clear() {},
    count(label = "default") {
      const count = (counts.get(`${label}`) ?? 0) + 1;
      counts.set(`${label}`, count);
      out(`${label}: ${count}`);
    },
    countReset(label = "default") {
      if (!counts.delete(`${label}`)) warn(`Count for '${label}' does not exist`);
    },
    /** @param {unknown[]} labels */
    group(...labels) {
      if (labels.length > 0) out(...labels);
      indent += "  ";
    },
    groupEnd() {
      indent = indent.slice(2);
    },
    /** @param {unknown} data @param {unknown} [columns] */
    table(data, columns) {
      if (columns !== undefined && !Array.isArray(columns)) throw invalidArgument("properties", "an instance of Array", columns);
      const text = table()(data, columns, (value) => cellText(printer, value));
      if (text === null) out(data);
      else line("stdout", text, [data]);
    },
    /** @param {unknown[]} args */
    dirxml(...args) {
      out(...args);
    },
    /** @param {unknown[]} labels */
    groupCollapsed(...labels) {
      methods.group(...labels);
    },
    // These speak to an inspector, which is never there.
    profile() {},
    profileEnd() {},
    timeStamp() {},
  };
  Object.defineProperty(methods, Symbol.toStringTag, { value: "console", configurable: true });
  return methods;
}

/** @param {Printer} printer @param {unknown} value */
function cellText(printer, value) {
  const nested = value !== null && typeof value === "object" && !Array.isArray(value) && Object.keys(value).length > 2;
  return printer.inspector().inspect(value, { maxArrayLength: 3, breakLength: Infinity, depth: nested ? -1 : 0 });
}

/** As console.timeEnd writes it. @param {number} ms */
function duration(ms) {
  if (ms < 1000) return `${Number(ms.toFixed(3))}ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(3)}s`;
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor((ms % 3_600_000) / 60_000);
  const [seconds, fraction] = ((ms % 60_000) / 1000).toFixed(3).split(".");
  /** @param {unknown} number */
  const two = (number) => String(number).padStart(2, "0");
  const clock = hours > 0 ? `${hours}:${two(minutes)}` : `${minutes}`;
  return `${clock}:${two(seconds)}.${fraction} (${hours > 0 ? "h:m" : ""}m:ss.mmm)`;
}
