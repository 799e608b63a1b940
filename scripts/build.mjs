/**
 * Builds the package: assembly/ -> build/kernels.wasm (asc, then the hoisting of constants), src/ and bench/ -> dist/.
 *
 * build/ holds what is not published: the plain module, for comparison. src/model/kernels.generated.ts tells TypeScript the names of
 * the kernels, src/activations.generated.ts exports what src/activations/ holds.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { compile } from "./asc.mjs";
import { embedWasm } from "./embed.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

/** The names of the kernels as a type, so that a row without a kernel does not compile. */
function describeKernels() {
  const module = new WebAssembly.Module(readFileSync("build/kernels.wasm"));
  const memory = new WebAssembly.Memory({ initial: 1024, maximum: 1024 });
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const names = kernels
    .flatMap((file) => [...readFileSync(file, "utf8").matchAll(/^export function (\w+)/gm)])
    .map(([, name]) => JSON.stringify(name));
  writeFileSync(
    "src/model/kernels.generated.ts",
    `/** Made by scripts/build.mjs. The kernels of the module. */\nexport type KernelName =\n  | ${names.join("\n  | ")};\n\n` +
      `/** Where constants and tables end. */\nexport const STATIC_END = ${exports.heapBase()};\n`,
  );
}

/** The table: every op of every file. */
function listActivations() {
  const files = readdirSync("src/activations").sort();
  const lines = files.map((file) => `export * from "./activations/${file}";`);
  writeFileSync("src/activations.generated.ts", `/** Made by scripts/build.mjs. */\n${lines.join("\n")}\n`);
}

/** What all bundles have in common. Lines stay: an error prints its line, and esbuild drops the marks of pure calls with them. */
const options = {
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

/**
 * One source, two engines: `#engine` is the WebAssembly one unless the condition "plain-js" is set. The bench measures dist/index.js and
 * dist/js.js; from src/ it takes only what the ops say of themselves, which is in dist/js.js already.
 */
async function bundle() {
  await build({ ...options, entryPoints: { index: "src/index.ts" } });
  await build({
    ...options,
    entryPoints: { js: "src/index.ts", cli: "bench/cli.ts" },
    conditions: ["plain-js"],
    splitting: true,
    chunkNames: "shared-[hash]",
    external: ["node:*"],
  });
  copyFileSync("node_modules/tinybench/LICENSE", "dist/cli.tinybench-license.txt");
}

// Every function of every entry file is exported, so the kernels need no list.
const kernels = readdirSync("assembly/kernels").map((file) => `assembly/kernels/${file}`);

rmSync("dist", { recursive: true, force: true });
rmSync("build", { recursive: true, force: true });
mkdirSync("dist");
mkdirSync("build");
compile("kernels", ["assembly/memory.ts", ...kernels]);
describeKernels();
listActivations();
copyFileSync("build/kernels.wasm", "dist/kernels.wasm");
await bundle();
execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], { stdio: "inherit" });
