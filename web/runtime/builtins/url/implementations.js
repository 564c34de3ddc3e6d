// How whatwg-url's URL makes the URLSearchParams that belongs to it. Its own wrapper classes, which speak as a browser
// does, are not bundled: url.js has Node's.

import { implementation as SearchParams } from "whatwg-url/lib/URLSearchParams-impl.js";

/** @param {unknown} realm @param {unknown[]} args @param {object} options */
export const createImpl = (realm, args, options) => new SearchParams(realm, args, options);
