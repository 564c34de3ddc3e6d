/**
 * How a run reads on the page: what was printed, an error that nobody caught, and how it ended, in words.
 * Everything is set as text; nothing that a program prints can become markup.
 */

/** @typedef {import("../protocol.js").Thrown} Thrown */
/** @typedef {import("./data.js").ExampleData} ExampleData */
/** @typedef {import("./sandbox/frame.js").Ended} Ended */
/** @typedef {import("./sandbox/frame.js").Print} Print */

/**
 * Empties the log and gives what fills it again.
 * @param {HTMLElement} log
 * @param {ExampleData} example
 * @param {boolean} edited the reader's code runs, not the author's
 */
export function createOutput(log, example, edited = false) {
  let stdout = "";
  log.replaceChildren();

  return {
    clear() {
      stdout = "";
      log.replaceChildren();
    },

    /** @param {Print} print */
    print({ stream, text }) {
      if (stream === "stdout") stdout += text;
      append(stream, text);
    },

    /** @param {Thrown} error */
    threw(error) {
      append("error", errorText(error, example));
    },

    /**
     * @param {Ended} ended
     * @returns {string} what the line beside the button says
     */
    end(ended) {
      if (ended.type === "threw" || ended.type === "syntax-error") append("error", errorText(ended.error, example));
      const words = endText(ended);
      if (words) append("end", words);
      const byItself = ended.type === "completed" || (ended.type === "exited" && ended.code === 0);
      if (!byItself) return "";
      if (example.stdout !== null && stdout !== example.stdout) {
        return edited ? "Prints something else than the verified run" : "Not what the verified run printed";
      }
      if (!log.hasChildNodes()) return "Ran, nothing to print";
      return example.stdout === null ? "" : "Same as the verified run";
    },
  };

  /**
   * @param {"stdout" | "stderr" | "error" | "end"} part
   * @param {string} text
   */
  function append(part, text) {
    const piece = document.createElement(part === "stdout" ? "span" : "div");
    piece.className = `galley-${part}`;
    piece.textContent = text;
    log.append(piece);
  }
}

/**
 * The first line that Node prints of an uncaught error, and the line of the example where it was thrown.
 * @param {Thrown} error
 * @param {ExampleData} example
 */
export function errorText(error, example) {
  const code = error.code?.startsWith("ERR_") ? ` [${error.code}]` : "";
  const head = error.name === "" ? "Uncaught" : error.name + code;
  const text = error.message === "" ? head : `${head}${error.name === "" ? " " : ": "}${error.message}`;
  if (error.line === null || error.file === null) return text;
  if (error.file !== example.program.entry) return `${text}\n    at ${error.file}, line ${error.line}`;
  const line = lineOf(error, example);
  return line === null ? text : `${text}\n    at line ${line}`;
}

/**
 * @param {Thrown} error
 * @param {ExampleData} example
 * @returns {number | null} the line of the code that is shown
 */
export function lineOf(error, example) {
  if (error.line === null || error.file !== example.program.entry) return null;
  const line = error.line - example.firstLine + 1;
  return line < 1 ? null : line;
}

/**
 * @param {Ended} ended
 * @returns {string} "" where nothing needs to be said
 */
function endText(ended) {
  switch (ended.type) {
    case "completed":
    case "threw":
    case "syntax-error":
      return "";
    case "exited":
      return ended.code === 0 ? "" : `It ended with exit code ${ended.code}.`;
    case "unsettled":
      return "It ended while it awaited something that nothing will settle.";
    case "unsupported":
      return `It uses ${ended.what}, which cannot run on this page.`;
    case "timed-out":
      return `It was stopped: not finished after ${ended.seconds} seconds.`;
    case "out-of-memory":
      return "It was stopped: no memory left.";
    case "limit":
      return `It was stopped at the limit of ${ended.what}.`;
    case "stopped":
      return "Stopped.";
    case "crashed":
      return `The sandbox broke off: ${ended.reason}`;
    case "blocked":
      return `It cannot run on this page. ${ended.reason}`;
  }
}
