/** The embedded module, compiled. */
import text from "../../build/kernels.wasm";

/**
 * The bytes that scripts/embed.mjs wrote as printable ASCII. A text that keeps the bytes in step packs better than base64, which shifts the
 * same instructions to four different looks, and this decodes where there is neither atob nor Buffer (AudioWorklet).
 */
function decode(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(text.length);
  let length = 0;
  for (let i = 0; i < text.length; i++) {
    let value = symbolAt(text, i);
    if (value >= SINGLE) value = SINGLE + (value - SINGLE) * SYMBOLS + symbolAt(text, ++i);
    bytes[length++] = value - ROTATION;
  }
  return bytes.subarray(0, length);
}

/** Symbols are the characters from "#" to "~", with "!" in the place of the backslash. */
const SYMBOLS = 92;
/** Values below this take one symbol, the others two. */
const SINGLE = 90;
/** So that 0xfd, which begins every SIMD instruction, is among those. */
const ROTATION = 4;

function symbolAt(text: string, i: number): number {
  const code = text.charCodeAt(i);
  return (code === 33 ? 92 : code) - 35;
}

/** Undefined where WebAssembly or its SIMD is missing, or compiling is forbidden. */
export function compile(): WebAssembly.Module | undefined {
  try {
    return new WebAssembly.Module(decode(text));
  } catch {
    return undefined;
  }
}
