// Stands for the encodings of old that whatwg-url loads (build/provided.mjs): queries are UTF-8 here.
export {};
