/**
 * Runs a TypeScript file of bench/ or scripts/: `node scripts/run.mjs bench/size.ts arguments…`.
 *
 * `#engine` is the plain JavaScript one, so that importing src/activations.generated.ts needs no
 * kernels; ABOUT is on.
 */
import { basename, dirname } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { bundleAsText } from "./build/text.mjs";

const [entry, ...args] = process.argv.slice(2);
const name = basename(entry) === "index.ts" ? basename(dirname(entry)) : basename(entry, ".ts");
const outfile = fileURLToPath(new URL(`../build/scripts/${name}.mjs`, import.meta.url));
await build({
  entryPoints: [entry],
  outfile,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "es2022",
  packages: "external",
  conditions: ["plain-js"],
  define: { ABOUT: "true" },
  plugins: [bundleAsText],
  logLevel: "warning",
});
process.argv = [process.argv[0], outfile, ...args];
await import(pathToFileURL(outfile).href);
