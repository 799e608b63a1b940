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

/** An esbuild plugin: what is imported by such a path stays an import, under this name. */
export function keepImport(filter, name) {
  return {
    name: "keep-import",
    setup(build) {
      build.onResolve({ filter }, () => ({ path: name, external: true }));
    },
  };
}
