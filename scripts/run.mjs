/**
 * Runs a TypeScript file of bench/ or scripts/: `node scripts/run.mjs bench/size.ts arguments…`.
 *
 * `#engine` is the plain JavaScript one, so that importing src/activations.generated.ts needs no kernels; ABOUT is on.
 */
import { basename } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const [entry, ...args] = process.argv.slice(2);
const outfile = fileURLToPath(new URL(`../build/scripts/${basename(entry, ".ts")}.mjs`, import.meta.url));
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
  logLevel: "warning",
});
process.argv = [process.argv[0], outfile, ...args];
await import(pathToFileURL(outfile).href);
