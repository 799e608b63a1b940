/** An esbuild plugin: a .wasm file becomes a text in base64, which src/wasm/binary.ts decodes. */
import { readFile } from "node:fs/promises";

export const embedWasm = {
  name: "embed-wasm",
  setup(build) {
    build.onLoad({ filter: /\.wasm$/ }, async ({ path }) => ({
      contents: (await readFile(path)).toString("base64"),
      loader: "text",
    }));
  },
};

/**
 * An esbuild plugin: a .wasm file stays an import, of the file beside the bundle under this name.
 */
export function importWasm(path) {
  return {
    name: "import-wasm",
    setup(build) {
      build.onResolve({ filter: /\.wasm$/ }, () => ({ path, external: true }));
    },
  };
}
