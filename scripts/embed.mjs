/** An esbuild plugin: a .wasm file becomes a text that src/wasm/binary.ts decodes. The numbers are explained there. */
import { readFile } from "node:fs/promises";

const SYMBOLS = 92;
const SINGLE = 90;
const ROTATION = 4;

function encode(bytes) {
  const symbol = (value) => String.fromCharCode(value + 35 === 92 ? 33 : value + 35);
  let text = "";
  for (const byte of bytes) {
    const value = (byte + ROTATION) & 255;
    if (value < SINGLE) text += symbol(value);
    else {
      const rest = value - SINGLE;
      text += symbol(SINGLE + Math.floor(rest / SYMBOLS)) + symbol(rest % SYMBOLS);
    }
  }
  return text;
}

export const embedWasm = {
  name: "embed-wasm",
  setup(build) {
    build.onLoad({ filter: /\.wasm$/ }, async ({ path }) => ({
      contents: encode(await readFile(path)),
      loader: "text",
    }));
  },
};
