/** The global function that gives a file of the program what it needs to import: of modules.js, called by what rewrite.js writes. */
export const GLOBAL = "__galleyModule";
