/**
 * Loads each distinct v128 constant of a function once, at its entry, from a pool in low memory.
 *
 * V8 of Node 24 and 26 rebuilds a v128.const wherever it stands, every time round the loop, at up
 * to half of a kernel's time. A constant that is *loaded* into a local stays in a register (hoisted
 * as `v128.const; local.set` it would be sunk back). The pool also makes the module smaller. The
 * results are the same bits, which test/build.test.ts checks.
 */
import binaryen from "binaryen";

/**
 * Where the pool starts: asc leaves the bytes below `memoryBase` free, and those below 1,024 stay
 * empty.
 */
export const POOL_START = 1024;

/** What asc emits: all of it is older than SIMD128 in every engine. */
const FEATURES =
  binaryen.Features.SIMD128 |
  binaryen.Features.NontrappingFPToInt |
  binaryen.Features.SignExt |
  binaryen.Features.MutableGlobals |
  binaryen.Features.BulkMemory |
  binaryen.Features.BulkMemoryOpt;

const CONSTANT = /\(v128\.const i32x4((?: 0x[0-9a-f]{8}){4})\)/g;

/** A splat needs only its first 4 or 8 bytes in the pool. */
function poolEntry(lanes) {
  const [a, b, c, d] = lanes;
  if (a === b && b === c && c === d) return { bytes: 4, load: "v128.load32_splat", lanes: [a] };
  if (a === c && b === d) return { bytes: 8, load: "v128.load64_splat", lanes: [a, b] };
  return { bytes: 16, load: "v128.load", lanes };
}

/**
 * @param {string} wat text of a module, as binaryen prints it @param {number} poolEnd where asc's
 * own data begin
 */
export function hoistConstants(wat, poolEnd) {
  const pool = new Map();
  let end = POOL_START;
  const addressOf = (constant) => {
    const known = pool.get(constant);
    if (known) return known;
    const entry = poolEntry(constant.trim().split(" ").map(Number));
    end = Math.ceil(end / entry.bytes) * entry.bytes;
    const placed = { ...entry, address: end };
    end += entry.bytes;
    if (end > poolEnd) throw new Error(`the constant pool ends at ${end}, asc's data begin at ${poolEnd}`);
    pool.set(constant, placed);
    return placed;
  };

  const hoisted = wat.replace(/^ \(func (?:.|\n)*?^ \)$/gm, (func) => {
    const constants = [...new Set([...func.matchAll(CONSTANT)].map(([, lanes]) => lanes))];
    if (constants.length === 0) return func;
    const name = (constant) => `$constant${constants.indexOf(constant)}`;
    const body = func.replace(CONSTANT, (_, lanes) => `(local.get ${name(lanes)})`);
    const locals = constants.map((constant) => `  (local ${name(constant)} v128)\n`).join("");
    const loads = constants
      .map((constant) => {
        const { load, address } = addressOf(constant);
        return `  (local.set ${name(constant)} (${load} offset=${address} (i32.const 0)))\n`;
      })
      .join("");
    const head = /^ \(func [^\n]*\n(?: {2}\(local [^\n]*\n)*/.exec(body)[0];
    return head + locals + loads + body.slice(head.length);
  });

  const bytes = new Uint8Array(end - POOL_START);
  const view = new DataView(bytes.buffer);
  for (const { address, lanes } of pool.values()) {
    lanes.forEach((lane, i) => {
      view.setUint32(address - POOL_START + 4 * i, lane, true);
    });
  }
  const text = [...bytes].map((byte) => `\\${byte.toString(16).padStart(2, "0")}`).join("");
  return hoisted.replace(/\n \(export /, `\n (data $pool (i32.const ${POOL_START}) "${text}")\n (export `);
}

/**
 * asc makes an object of each function that is a value: a header for a memory manager, which the
 * stub runtime is not, and the function's index. Nobody but asc reads the header, so only the index
 * stays.
 */
export function stripFunctionObjects(wat) {
  return wat.replace(
    /^ \(data \$\d+ \(i32\.const (\d+)\) "\\1c"\)\n \(data (\$\d+) \(i32\.const (\d+)\) "(.*)"\)\n/gm,
    (segments, start, name, next, text) => {
      const [, index] = /^(?:[^\\]|\\[0-9a-f]{2}|\\[nrt"'\\])\\00\\00\\00\\08\\00\\00\\00(.*)$/.exec(text) ?? [];
      if (index === undefined || Number(next) !== Number(start) + 12) return segments;
      return ` (data ${name} (i32.const ${Number(next) + 8}) "${index}")\n`;
    },
  );
}

/** The same on a binary. */
export function hoistModule(binary, poolEnd) {
  const plain = binaryen.readBinary(binary);
  const module = binaryen.parseText(hoistConstants(stripFunctionObjects(plain.emitText()), poolEnd));
  module.setFeatures(FEATURES);
  if (!module.validate()) throw new Error("the hoisted module is not valid");
  const bytes = module.emitBinary();
  plain.dispose();
  module.dispose();
  return bytes;
}
