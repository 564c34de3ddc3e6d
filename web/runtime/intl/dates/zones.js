// Time zones: their identifiers, their offsets, and what a language calls them, as ICU's TimeZoneFormat has it.

/** @import { IntlKit } from "../index.js" */
/** @import { Moment } from "./fields.js" */

import { inDigits } from "./fields.js";
import { filled } from "./skeletons.js";

const NativeDate = Date;

/** As far as ICU looks for daylight saving time: 184 days. */
const NEAR = 184 * 86_400_000;

/** @param {IntlKit} kit */
export function createZones(kit) {
  const table = () => kit.locales.read("zones");
  /** Names in lower case to those of the table. @type {Map<string, string> | null} */
  let folded = null;
  return {
    /** The name that a program is told; undefined: there is no such zone. @param {string} name */
    canonical(name) {
      const [, sign, hours, minutes = "00"] = /^([+-])(\d\d)(?::?(\d\d))?$/.exec(name) ?? [];
      if (sign !== undefined) {
        if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
        return Number(hours) === 0 && Number(minutes) === 0 ? "+00:00" : `${sign}${hours}:${minutes}`;
      }
      const { names } = table();
      folded ??= new Map(Object.keys(names).map((one) => [one.toLowerCase(), one]));
      const known = folded.get(name.toLowerCase());
      if (known === undefined) return undefined;
      const zone = names[known];
      return /^(Etc\/(UTC|GMT|UCT|Zulu|Universal|Greenwich)|GMT|UTC)$/.test(zone) ? "UTC" : zone;
    },
    /** Seconds east of Greenwich, and whether it is daylight saving time. @param {string} zone canonical @param {number} time @returns {[number, number]} */
    offset(zone, time) {
      if (zone === "UTC") return [0, 0];
      const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(zone) ?? [];
      if (sign !== undefined) return [(sign === "-" ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60), 0];
      return kit.host.zoneOffset(zone, time) ?? [0, 0];
    },
  };
}

/**
 * @param {IntlKit} kit @param {ReturnType<typeof createZones>} zones @param {string} locale @param {string} zone canonical @param {string[]} digits
 * @returns {(moment: Moment, letter: string, width: number) => string}
 */
export function zoneNamer(kit, zones, locale, zone, digits) {
  const data = kit.locales.part("zones", locale);
  const table = kit.locales.read("zones");
  const id = zone === "UTC" ? "Etc/UTC" : zone;
  const own = data.zones[id];
  const day = (/** @type {number} */ time) => new NativeDate(time).toISOString().slice(0, 16).replace("T", " ");

  /** @param {string} of @param {number} time */
  const metazone = (of, time) => {
    // ICU's table begins with 1970.
    if (time < 0) return undefined;
    const at = day(time);
    return table.metazones[of]?.find((/** @type {[string, string | null, string | null]} */ [, from, to]) => (from === null || from <= at) && (to === null || at < to))?.[0];
  };

  /** @param {string} width "long" or "short" @param {string} kind "standard", "daylight" or "generic" @param {number} time @returns {string | undefined} */
  const named = (width, kind, time) => own?.[width]?.[kind] ?? data.metazones[metazone(id, time) ?? ""]?.[width]?.[kind];

  /** @param {number} seconds @param {boolean} isLong */
  const fromGreenwich = (seconds, isLong) => {
    const [positive, negative] = data.formats.hourFormat.split(";");
    const size = Math.abs(seconds);
    const [hours, minutes, rest] = [Math.floor(size / 3600), Math.floor(size / 60) % 60, size % 60];
    const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
    const [, before, between, after] = /^([^H]*)H+(.*?)m+(.*)$/.exec(seconds < 0 ? negative : positive) ?? ["", "", ":", ""];
    const shown = isLong || minutes > 0 || rest > 0 ? between + two(minutes) + (rest > 0 ? between + two(rest) : "") + after : "";
    const text = before + (isLong ? two(hours) : hours) + shown;
    return filled(data.formats.gmtFormat, [inDigits(text, digits)]);
  };

  const city = () => own?.city ?? id.slice(id.lastIndexOf("/") + 1).replaceAll("_", " ");

  const located = () => {
    const region = table.regions[id];
    if (region === undefined) return undefined;
    const isPrimary = table.countries[region].length === 1 || table.primary[region] === id;
    const place = isPrimary && data.countries[region] !== undefined ? data.countries[region] : city();
    return filled(data.formats.regionFormat, [place]);
  };

  /** @param {Moment} moment */
  const hasDaylightNear = ({ time }) => {
    const [before, after] = kit.host.zoneTransitions(zone, time) ?? [-Infinity, Infinity];
    if (time - before < NEAR && zones.offset(zone, before - 1)[1] === 1) return true;
    return after - time < NEAR && zones.offset(zone, after)[1] === 1;
  };

  /** @param {Moment} moment @param {string} width @returns {string | undefined} */
  const generic = (moment, width) => {
    if (own?.[width]?.generic) return own[width].generic;
    const meta = metazone(id, moment.time);
    if (meta === undefined) return undefined;
    const name = data.metazones[meta]?.[width]?.generic;
    const [offset, isDaylight] = zones.offset(zone, moment.time);
    if (!isDaylight && !hasDaylightNear(moment)) {
      const standard = named(width, "standard", moment.time);
      if (standard !== undefined && standard.toLowerCase() !== name?.toLowerCase()) return standard;
    }
    if (name === undefined) return undefined;
    const region = kit.locales.region(locale);
    const golden = table.goldenOf[meta]?.[region] ?? table.golden[meta];
    if (golden === undefined || golden === id) return name;
    const [theirs, theirDaylight] = zones.offset(golden, moment.time);
    if (theirs === offset && theirDaylight === isDaylight) return name;
    return filled(data.formats.fallbackFormat, [partialPlace(meta), name]);
  };

  /** @param {string} meta */
  const partialPlace = (meta) => {
    const region = table.regions[id];
    const isOfRegion = region !== undefined && table.goldenOf[meta]?.[region] === id;
    return isOfRegion && data.countries[region] !== undefined ? data.countries[region] : city();
  };

  return (moment, letter, width) => {
    const isLong = width === 4;
    const size = isLong ? "long" : "short";
    const [offset, isDaylight] = zones.offset(zone, moment.time);
    if (letter === "O" || /^[+-]/.test(zone)) return fromGreenwich(offset, isLong);
    if (letter === "z") return named(size, isDaylight ? "daylight" : "standard", moment.time) ?? fromGreenwich(offset, isLong);
    return generic(moment, size) ?? located() ?? fromGreenwich(offset, isLong);
  };
}
