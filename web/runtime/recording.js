// Chunk "recording": what is loaded only where statements are recorded. The page runs without it.

/** @import { Event, Host, ProbeResult, Thrown } from "../protocol.d.ts" */

import { createRecorder, followPromises } from "./recorder.js";
import { createSnapshots } from "./snapshot.js";

/**
 * @typedef {ReturnType<typeof createRecording>} Recording
 * @param {object} needs
 * @param {Host} needs.host
 * @param {(value: unknown) => string} needs.inspect
 * @param {(event: Event) => void} needs.emit
 * @param {(error: unknown) => Thrown} needs.thrown
 * @param {(error: unknown) => boolean} needs.isStop the error ends the program and is none of the author's
 */
export default function createRecording({ host, inspect, ...needs }) {
  const { value, snapshot } = createSnapshots(host, inspect);
  const state = createRecorder({ ...needs, snapshot });

  /** @param {string} expression @param {(() => unknown) | null} exports @returns {ProbeResult} */
  function probe(expression, exports) {
    try {
      const evaluate = state.evaluator() ?? evaluateOutside;
      return { type: "value", snapshot: snapshot(evaluate(`(${expression}\n)`, exports?.())) };
    } catch (error) {
      return { type: "threw", error: needs.thrown(error) };
    }
  }

  return {
    ...state,
    value,
    followPromises: () => followPromises(state),
    /** Null when the program made of `module.exports` a getter that throws. @param {(() => unknown) | null} exports */
    exports(exports) {
      try {
        return snapshot(exports?.());
      } catch {
        return null;
      }
    },
    /** @param {string[]} expressions evaluated in the program's end state @param {(() => unknown) | null} exports */
    probes: (expressions, exports) => expressions.map((expression) => probe(expression, exports)),
  };
}

/**
 * An ES module's scope can't be handed over; what it exports can.
 * @param {string} expression @param {unknown} exports
 */
const evaluateOutside = (expression, exports) => new HostFunction("exports", `return ${expression}`)(exports);
const HostFunction = Function;
