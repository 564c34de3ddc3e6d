// Chunk "moreHashes": the digests of node:crypto that few programs ask for, by OpenSSL's names in lower case.

import { blake2b, blake2s } from "@noble/hashes/blake2.js";
import { sha512_224, sha512_256 } from "@noble/hashes/sha2.js";
import { sha3_224, sha3_256, sha3_384, sha3_512, shake128, shake256 } from "@noble/hashes/sha3.js";

export default () => ({
  blake2b512: blake2b,
  blake2s256: blake2s,
  "sha512-224": sha512_224,
  "sha512-256": sha512_256,
  "sha3-224": sha3_224,
  "sha3-256": sha3_256,
  "sha3-384": sha3_384,
  "sha3-512": sha3_512,
  shake128,
  shake256,
});
