// Chunk "workerThreads": node:worker_threads of a program that is one thread.

/** @import { Kit } from "../kit.js" */

import { lackingFunctions, withLackingObjects } from "./lacking.js";

const LACKING = "Worker BroadcastChannel markAsUncloneable markAsUntransferable isMarkedAsUntransferable moveMessagePortToContext postMessageToThread";

/** @param {Kit} kit */
export default function workerThreads(kit) {
  const { MessageChannel, MessagePort, receiveMessageOnPort } = kit.builtin("internal/messageChannel");
  /** @type {Map<unknown, unknown>} */
  const environment = new Map();
  return withLackingObjects(kit, "node:worker_threads", ["locks"], {
    isInternalThread: false,
    isMainThread: true,
    MessagePort,
    MessageChannel,
    ...lackingFunctions(kit, "node:worker_threads", LACKING),
    receiveMessageOnPort,
    resourceLimits: {},
    threadId: 0,
    threadName: "",
    SHARE_ENV: Symbol.for("nodejs.worker_threads.SHARE_ENV"),
    parentPort: null,
    workerData: null,
    /** @param {unknown} key @param {unknown} [value] undefined takes it away */
    setEnvironmentData(key, value) {
      if (value === undefined) environment.delete(key);
      else environment.set(key, value);
    },
    /** @param {unknown} key */
    getEnvironmentData: (key) => environment.get(key),
  });
}
