/** Packages without types of their own. */
declare module "path-unified" {
  export const posix: Record<string, any>;
  export const win32: Record<string, any>;
}
declare module "@pkgjs/parseargs";
declare module "punycode/punycode.es6.js";
declare module "readable-stream/lib/stream.js";
declare module "string_decoder/lib/string_decoder.js";
declare module "url/url.js";
declare module "whatwg-url/lib/URL-impl.js";
declare module "whatwg-url/lib/URLSearchParams-impl.js";
declare module "whatwg-mimetype/lib/parser.js";
declare module "whatwg-mimetype/lib/serializer.js";

/** A style sheet, bundled as its text. */
declare module "*.css" {
  const text: string;
  export default text;
}
