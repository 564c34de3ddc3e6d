// Chunk "http2": node:http2 without the network: constants, and settings as they are sent.

/** @import { Kit } from "../kit.js" */

import { nodeError } from "../errors.js";
import { requireObject, wrongType } from "./argument-checks.js";
import { http2Constants } from "./http2-constants.js";
import { lackingFunctions } from "./lacking.js";

const LACKING = "connect createServer createSecureServer performServerHandshake Http2ServerRequest Http2ServerResponse";
const MAX = 2 ** 32 - 1;

/** A setting's number on the wire, its name, and the least and most that it may be; without them it is a boolean. @type {[number, string, number?, number?][]} */
const SETTINGS = [
  [1, "headerTableSize", 0, MAX],
  [2, "enablePush"],
  [3, "maxConcurrentStreams", 0, MAX],
  [4, "initialWindowSize", 0, 2 ** 31 - 1],
  [5, "maxFrameSize", 16384, 2 ** 24 - 1],
  [6, "maxHeaderListSize", 0, MAX],
  [8, "enableConnectProtocol"],
];

/** @param {Kit} kit */
export default function http2(kit) {
  return {
    ...lackingFunctions(kit, "node:http2", LACKING),
    constants: http2Constants(),
    sensitiveHeaders: Symbol("sensitiveHeaders"),
    getDefaultSettings: () => ({
      __proto__: null,
      headerTableSize: 4096,
      enablePush: true,
      initialWindowSize: 65535,
      maxFrameSize: 16384,
      maxConcurrentStreams: MAX,
      maxHeaderSize: 65535,
      maxHeaderListSize: 65535,
      enableConnectProtocol: false,
    }),
    /** @param {any} [settings] */
    getPackedSettings(settings = {}) {
      requireObject("settings", settings);
      requireSettings(settings);
      const packed = new Map(Object.entries(settings.customSettings ?? {}).map(([id, value]) => [Number(id), Number(value)]));
      for (const [id, name] of SETTINGS) {
        const value = name === "maxHeaderListSize" ? (settings.maxHeaderSize ?? settings[name]) : settings[name];
        if (value !== undefined) packed.set(id, Number(value));
      }
      const bytes = kit.builtin("buffer").Buffer.alloc(packed.size * 6);
      [...packed].sort(([a], [b]) => a - b).forEach(([id, value], i) => bytes.writeUInt32BE(value, bytes.writeUInt16BE(id, i * 6)));
      return bytes;
    },
    /** @param {any} bytes @param {{ validate?: boolean } | null} [options] */
    getUnpackedSettings(bytes, options) {
      if (!ArrayBuffer.isView(bytes) || bytes instanceof DataView) throw wrongType("buf", "an instance of Buffer or TypedArray", bytes);
      const { byteOffset, byteLength } = bytes;
      if (byteLength % 6 !== 0) throw nodeError(RangeError, "ERR_HTTP2_INVALID_PACKED_SETTINGS_LENGTH", "Packed settings length must be a multiple of six");
      const view = new DataView(bytes.buffer, byteOffset, byteLength);
      /** @type {Record<string, any>} */
      const settings = {};
      for (let at = 0; at < byteLength; at += 6) {
        const [id, value] = [view.getUint16(at), view.getUint32(at + 2)];
        const [, name, min] = SETTINGS.find(([number]) => number === id) ?? [];
        if (name === "maxHeaderListSize") settings.maxHeaderSize = value;
        if (name === undefined) (settings.customSettings ??= {})[id] = value;
        else settings[name] = min === undefined ? value !== 0 : value;
      }
      if (options?.validate) requireSettings(settings);
      return settings;
    },
  };
}

/** @param {Record<string, any>} settings */
function requireSettings(settings) {
  for (const [id, value] of Object.entries(settings.customSettings ?? {})) {
    requireSetting("customSettings:id", Number(id), 0, 0xffff);
    requireSetting("customSettings:value", value, 0, MAX);
  }
  for (const [, name, min, max = 0] of SETTINGS) {
    if (min !== undefined) requireSetting(name, settings[name], min, max);
    else if (settings[name] !== undefined && typeof settings[name] !== "boolean") throw invalidSetting(TypeError, name, settings[name]);
  }
  requireSetting("maxHeaderSize", settings.maxHeaderSize, 0, MAX);
}

/** @param {string} name @param {unknown} value @param {number} min @param {number} max */
function requireSetting(name, value, min, max) {
  if (value === undefined) return;
  if (typeof value !== "number" || !(value >= min && value <= max)) throw invalidSetting(RangeError, name, value);
}

/** @param {TypeErrorConstructor | RangeErrorConstructor} Base @param {string} name @param {unknown} value */
const invalidSetting = (Base, name, value) => nodeError(Base, "ERR_HTTP2_INVALID_SETTING_VALUE", `Invalid value for setting "${name}": ${value}`);
