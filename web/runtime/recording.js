// Chunk "recording": what is loaded only where statements are recorded. The page runs without it.

/** @import { Event, Host, Thrown } from "../protocol.d.ts" */

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
  const snapshots = createSnapshots(host, inspect);
  const state = createRecorder({ ...needs, snapshot: snapshots.snapshot });
  return { ...state, ...snapshots, followPromises: () => followPromises(state) };
}
