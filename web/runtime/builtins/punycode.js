// Chunk "punycode": node:punycode, which is npm punycode itself.

import punycode from "punycode/punycode.es6.js";

export default () => ({ ...punycode, version: "2.1.0" });
