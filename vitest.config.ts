import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const built = (file: string) => fileURLToPath(new URL(`dist/${file}`, import.meta.url));

/**
 * The code under test is the built package, under its name, as users import it. The table and its
 * facts come from src/, over the plain engine, which needs no build.
 */
export default defineConfig({
  define: { ABOUT: "true" },
  resolve: {
    alias: [
      { find: /^wasm-activations$/, replacement: built("index.js") },
      { find: /^wasm-activations\/js$/, replacement: built("js.js") },
      { find: /^wasm-activations\/tfjs$/, replacement: built("tfjs.js") },
    ],
    conditions: ["plain-js"],
  },
  ssr: { resolve: { conditions: ["plain-js"] } },
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 120_000,
    // Modules without "type": Node 20 does not import them.
    server: { deps: { inline: [/tfjs-core\/dist\/(?!tf-core)/] } },
    reporters: ["default", "json"],
    outputFile: { json: `build/tests-${process.version.split(".")[0]}.json` },
  },
});
