// IP addresses as texts and as numbers of 128 bits. An IPv4 address is the number of its IPv6 notation, ::ffff:a.b.c.d.

const OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);
const ZONE = /%[0-9a-zA-Z\-.:]+$/;
const GROUP = /^[0-9a-fA-F]{1,4}$/;

/** The numbers of IPv4 addresses begin with it. */
const MAPPED = 0xffffn << 32n;

/** @param {unknown} text */
export const isIPv4 = (text) => IPV4.test(`${text}`);

/** @param {unknown} text */
export const isIPv6 = (text) => groups(`${text}`.replace(ZONE, "")) !== null;

/** @param {unknown} text @returns {0 | 4 | 6} */
export const isIP = (text) => (isIPv4(text) ? 4 : isIPv6(text) ? 6 : 0);

/** The eight groups of an IPv6 address; null: it is none. @param {string} text @returns {number[] | null} */
function groups(text) {
  const halves = text.split("::").map((half) => (half === "" ? [] : half.split(":")));
  if (halves.length > 2) return null;
  const last = halves[halves.length - 1];
  const tail = last[last.length - 1];
  if (tail !== undefined && isIPv4(tail)) {
    const [a, b, c, d] = tail.split(".").map(Number);
    last.splice(-1, 1, ((a << 8) | b).toString(16), ((c << 8) | d).toString(16));
  }
  const given = halves.flat();
  if (!given.every((group) => GROUP.test(group))) return null;
  if (halves.length === 1 ? given.length !== 8 : given.length > 7) return null;
  const zeros = halves.length === 1 ? [] : new Array(8 - given.length).fill("0");
  return [...halves[0], ...zeros, ...(halves[1] ?? [])].map((group) => parseInt(group, 16));
}

/** @param {string} text @param {string} family "ipv4" or "ipv6" @returns {bigint | null} null: it is no such address */
export function numberOf(text, family) {
  if (family === "ipv4") return isIPv4(text) ? MAPPED | BigInt(text.split(".").reduce((number, octet) => number * 256 + Number(octet), 0)) : null;
  return groups(text)?.reduce((number, group) => (number << 16n) | BigInt(group), 0n) ?? null;
}

/** The number is one of an IPv4 address. @param {bigint} number */
export const isMapped = (number) => number >> 32n === 0xffffn;

/** As the operating system writes it. @param {bigint} number @param {string} family */
export function textOf(number, family) {
  const octets = [24n, 16n, 8n, 0n].map((shift) => (number >> shift) & 0xffn).join(".");
  if (family === "ipv4") return octets;
  const words = Array.from({ length: 8 }, (_, i) => Number((number >> BigInt(112 - 16 * i)) & 0xffffn));
  const { at, length } = longestZeros(words);
  if (at === 0 && (length === 6 || (length === 5 && words[5] === 0xffff))) {
    return `${length === 6 ? "::" : "::ffff:"}${octets}`;
  }
  const hex = words.map((word) => word.toString(16));
  if (length < 2) return hex.join(":");
  return `${hex.slice(0, at).join(":")}::${hex.slice(at + length).join(":")}`;
}

/** The first of the longest runs of zeros. @param {number[]} words */
function longestZeros(words) {
  let longest = { at: 0, length: 0 };
  for (let at = 0; at < words.length; at++) {
    let length = 0;
    while (words[at + length] === 0) length++;
    if (length > longest.length) longest = { at, length };
  }
  return longest;
}
