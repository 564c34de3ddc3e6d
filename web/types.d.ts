/** Packages without types of their own. */
declare module "path-browserify" {
  const path: Record<string, any>;
  export default path;
}
