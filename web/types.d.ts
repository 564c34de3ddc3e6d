/** Packages without types of their own. */
declare module "path-browserify" {
  const path: Record<string, any>;
  export default path;
}
declare module "@pkgjs/parseargs";
declare module "punycode/punycode.es6.js";
declare module "readable-stream/lib/stream.js";
declare module "string_decoder/lib/string_decoder.js";
declare module "url/url.js";
declare module "whatwg-url/lib/URL-impl.js";
declare module "whatwg-url/lib/URLSearchParams-impl.js";
