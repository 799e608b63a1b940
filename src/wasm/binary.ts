/** The embedded module, compiled. */
import base64 from "../../build/kernels.wasm";

/** What every runtime has, AudioWorklet included, where there is neither atob nor Buffer. */
function decode(text: string): Uint8Array<ArrayBuffer> {
  const native = Uint8Array as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> };
  if (native.fromBase64) return native.fromBase64(text);
  const buffer = (globalThis as { Buffer?: { from(text: string, encoding: "base64"): Uint8Array<ArrayBuffer> } }).Buffer;
  if (buffer) return buffer.from(text, "base64");

  const digits = new Uint8Array(128);
  for (let i = 0; i < 64; i++) {
    digits["ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".charCodeAt(i)] = i;
  }
  const bytes = new Uint8Array(Math.floor((text.replace(/=+$/, "").length * 3) / 4));
  for (let i = 0, at = 0; at < bytes.length; i += 4) {
    const digit = (j: number) => digits[text.charCodeAt(i + j) & 127] as number;
    const bits = (digit(0) << 18) | (digit(1) << 12) | (digit(2) << 6) | digit(3);
    bytes[at++] = bits >> 16;
    if (at < bytes.length) bytes[at++] = bits >> 8;
    if (at < bytes.length) bytes[at++] = bits;
  }
  return bytes;
}

/** Undefined where WebAssembly or its SIMD is missing, or compiling is forbidden. */
export function compile(): WebAssembly.Module | undefined {
  try {
    return new WebAssembly.Module(decode(base64));
  } catch {
    return undefined;
  }
}
