/**
 * The bundles that are published: options for esbuild.
 *
 * One source, two engines: `#engine` is the WebAssembly one unless the condition "plain-js" is set.
 */
import { readFileSync } from "node:fs";
import { embedWasm, keepImport } from "./embed.mjs";

/**
 * For hosts where a program may not compile: the import that gives the module compiled, on
 * Cloudflare as on Vercel.
 */
const COMPILED = "./kernels.wasm?module";

/**
 * What all bundles have in common. Lines stay: an error prints its line, and esbuild drops the
 * marks of pure calls with them.
 */
export const options = {
  outdir: "dist",
  bundle: true,
  format: "esm",
  target: "es2022",
  define: { ABOUT: "false" },
  plugins: [embedWasm],
  minifySyntax: true,
  minifyIdentifiers: true,
  legalComments: "none",
};

/** The entries of the checkout in a folder. */
export function published(folder) {
  const { version } = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
  // The licence, and where Deno and JSR find the types.
  const banner = (types) => ({
    js: `/* @ts-self-types="./${types}.d.ts" */\n/*! wasm-activations ${version}, MIT licence */`,
  });
  const entry = { ...options, absWorkingDir: folder, banner: banner("index") };
  return [
    { ...entry, entryPoints: { index: "src/index.ts" } },
    { ...entry, entryPoints: { js: "src/index.ts" }, conditions: ["plain-js"] },
    {
      ...entry,
      entryPoints: { edge: "src/index.ts" },
      conditions: ["wasm-import"],
      plugins: [keepImport(/\.wasm$/, COMPILED)],
    },
    // By the name of the package, whose conditions then choose the engine that its user has.
    {
      ...entry,
      banner: banner("tfjs"),
      entryPoints: { tfjs: "src/tfjs/index.ts" },
      plugins: [keepImport(/^\.\.\/index\.ts$/, "wasm-activations")],
    },
  ];
}
