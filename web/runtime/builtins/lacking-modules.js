// Chunk "lackingModules": Node's modules of which little or nothing works without the network, processes, a terminal, or V8.

/** @import { Kit } from "../kit.js" */

import { lackingFunctions, withLackingObjects } from "./lacking.js";

const HTTPS = "Agent Server createServer get request";
const ASYNC_HOOKS = "AsyncLocalStorage createHook executionAsyncId triggerAsyncId executionAsyncResource AsyncResource";
const DGRAM = "createSocket Socket";
const CLUSTER = "Worker setupPrimary setupMaster fork disconnect";
const READLINE = "Interface clearLine clearScreenDown createInterface cursorTo emitKeypressEvents moveCursor";
const TLS =
  "getCiphers getCertificateCompressionAlgorithms getCACertificates setDefaultCACertificates convertALPNProtocols checkServerIdentity " +
  "createSecureContext SecureContext TLSSocket Server createServer connect";
const V8 =
  "cachedDataVersionTag getHeapSnapshot getHeapStatistics getHeapSpaceStatistics getHeapCodeStatistics getCppHeapStatistics setFlagsFromString " +
  "Serializer Deserializer DefaultSerializer DefaultDeserializer deserialize takeCoverage stopCoverage serialize writeHeapSnapshot queryObjects " +
  "setHeapSnapshotNearHeapLimit GCProfiler isStringOneByteRepresentation startCpuProfile";
const CIPHERS =
  "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256:" +
  "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES256-GCM-SHA384:DHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-SHA256:DHE-RSA-AES128-SHA256:" +
  "ECDHE-RSA-AES256-SHA384:DHE-RSA-AES256-SHA384:ECDHE-RSA-AES256-SHA256:DHE-RSA-AES256-SHA256:HIGH:!aNULL:!eNULL:!EXPORT:!DES:!RC4:!MD5:" +
  "!PSK:!SRP:!CAMELLIA";

/** Each by its name, made when it is asked for. @param {Kit} kit */
export default function lackingModules(kit) {
  return {
    get https() {
      return withLackingObjects(kit, "node:https", ["globalAgent"], lackingFunctions(kit, "node:https", HTTPS));
    },
    get async_hooks() {
      return withLackingObjects(kit, "node:async_hooks", ["asyncWrapProviders"], lackingFunctions(kit, "node:async_hooks", ASYNC_HOOKS));
    },
    get dgram() {
      return lackingFunctions(kit, "node:dgram", DGRAM);
    },
    get cluster() {
      return Object.assign(new (kit.builtin("events"))(), {
        isWorker: false,
        isMaster: true,
        isPrimary: true,
        workers: {},
        settings: {},
        SCHED_NONE: 1,
        SCHED_RR: 2,
        schedulingPolicy: 2,
        ...lackingFunctions(kit, "node:cluster", CLUSTER),
      });
    },
    get readline() {
      const promises = lackingFunctions(kit, "node:readline/promises", "Interface Readline createInterface");
      return { ...lackingFunctions(kit, "node:readline", READLINE), promises };
    },
    get tls() {
      return withLackingObjects(kit, "node:tls", ["rootCertificates"], {
        CLIENT_RENEG_LIMIT: 3,
        CLIENT_RENEG_WINDOW: 600,
        DEFAULT_CIPHERS: CIPHERS,
        DEFAULT_ECDH_CURVE: "auto",
        DEFAULT_MIN_VERSION: "TLSv1.2",
        DEFAULT_MAX_VERSION: "TLSv1.3",
        ...lackingFunctions(kit, "node:tls", TLS),
      });
    },
    get v8() {
      return withLackingObjects(kit, "node:v8", ["promiseHooks", "startupSnapshot"], lackingFunctions(kit, "node:v8", V8));
    },
  };
}
