/** The module is decoded wherever it is imported, also where nothing helps with base64. */
import { expect, test } from "vitest";
import { ENTRY, printed } from "./fresh.ts";

test.each([
  ["with all that the runtime has", ""],
  ["by hand", "delete Uint8Array.fromBase64; delete globalThis.Buffer;"],
  ["by fromBase64", "Uint8Array.fromBase64 ??= (text) => new Uint8Array(Buffer.from(text, 'base64'));"],
  ["by Buffer", "delete Uint8Array.fromBase64;"],
])("%s: the kernels give what they give", (_, before) => {
  const program = `
    await import("node:fs/promises");
    void [process.stdout, process.stderr];
    ${before}
    const { backend, gelu } = await import(${JSON.stringify(ENTRY)});
    console.log(JSON.stringify([backend, ...gelu(Float32Array.of(-1, 0.5, 3))]));
  `;
  expect(printed([], program)).toEqual([
    "wasm",
    ...[-0.15865525, 0.34573123, 2.99595].map((y) => expect.closeTo(y, 6)),
  ]);
});
