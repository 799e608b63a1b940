/**
 * Builds the package: assembly/ -> build/kernels.wasm (asc, then the hoisting of constants), src/
 * and bench/ -> dist/.
 *
 * build/ holds what is not published: the plain module, for comparison.
 * src/model/kernels.generated.ts tells TypeScript the names of the kernels,
 * src/activations.generated.ts exports what src/activations/ holds.
 */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { rolldown } from "rolldown";
import { dts } from "rolldown-plugin-dts";
import { createGenerator } from "ts-json-schema-generator";
import { compile } from "./asc.mjs";
import { options, published } from "./published.mjs";
import { bundleAsText } from "./text.mjs";

process.chdir(fileURLToPath(new URL("../..", import.meta.url)));

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
    `/** Made by scripts/build/index.mjs. The kernels of the module. */\nexport type KernelName =\n  | ${names.join("\n  | ")};\n\n` +
      `/** Where constants and tables end. */\nexport const STATIC_END = ${exports.heapBase()};\n`,
  );
}

/** The table: every op of every file. */
function listActivations() {
  const files = readdirSync("src/activations").sort();
  const lines = files.map((file) => `export * from "./activations/${file}";`);
  writeFileSync("src/activations.generated.ts", `/** Made by scripts/build/index.mjs. */\n${lines.join("\n")}\n`);
}

/** The types of the surface in one file, without what is behind it. */
async function declare() {
  const bundle = await rolldown({
    input: { index: "src/index.ts", tfjs: "src/tfjs/index.ts" },
    plugins: [dts({ tsconfig: "tsconfig.build.json", emitDtsOnly: true })],
  });
  await bundle.write({ dir: "dist", format: "es" });
  await bundle.close();
  copyFileSync("scripts/build/kernels.wasm.d.ts", "dist/kernels.wasm.d.ts");
}

/** What the command contains of others. */
const BUNDLED = ["tinybench", "preact", "preact-render-to-string"];

/**
 * The largest error and the SHA-256 of each function's results, for the report: from
 * docs/accuracy.json and test/fingerprints.json.
 */
function publish() {
  const { wasm, rows } = JSON.parse(readFileSync("docs/accuracy.json", "utf8"));
  const fingerprints = JSON.parse(readFileSync("test/fingerprints.json", "utf8"));
  const proven = Object.values(wasm).flatMap((directions) =>
    Object.values(directions).map((entries) => entries.default),
  );
  const entries = [...proven, ...Object.values(rows)].filter((entry) => entry !== undefined);
  const ulps = new Map(entries.map(({ fingerprint, maxUlp }) => [fingerprint, maxUlp]));
  // The report compares float32 results: those of other types have a space in their names.
  const ofFloat32 = Object.entries(fingerprints).filter(([name]) => !name.includes(" "));
  const published = ofFloat32.map(([name, sha256]) => [
    name,
    { ulp: ulps.get(sha256) ?? null, sha256 },
  ]);
  writeFileSync("dist/published.json", JSON.stringify(Object.fromEntries(published)));
}

/** The format of a report, for whoever reads one: from its types. */
function describeReport() {
  const schema = createGenerator({
    path: "bench/results.ts",
    type: "Report",
    tsconfig: "tsconfig.json",
    skipTypeCheck: true,
  });
  writeFileSync("dist/report.schema.json", JSON.stringify(schema.createSchema("Report")));
}

/**
 * The command measures dist/index.js and dist/js.js; from src/ it takes only what the ops say of
 * themselves, facts for readers included.
 */
async function bundle() {
  for (const entry of published(process.cwd())) await build(entry);
  await build({
    ...options,
    // Nobody bundles the command.
    minifyWhitespace: true,
    entryPoints: { cli: "bench/cli.ts" },
    conditions: ["plain-js"],
    define: { ABOUT: "true" },
    plugins: [bundleAsText],
    splitting: true,
    chunkNames: "cli/[hash]",
    external: ["node:*"],
  });
  const licenses = BUNDLED.map((name) => `${name}\n\n${readFileSync(`node_modules/${name}/LICENSE`, "utf8").trim()}\n`);
  writeFileSync("dist/cli.licenses.txt", licenses.join("\n\n"));
}

// Every function of every entry file is exported, so the kernels need no list.
const kernels = readdirSync("assembly/kernels").map((file) => `assembly/kernels/${file}`);

rmSync("dist", { recursive: true, force: true });
rmSync("build", { recursive: true, force: true });
mkdirSync("dist");
mkdirSync("build");
compile("kernels", ["assembly/memory.ts", "assembly/half.ts", ...kernels]);
describeKernels();
listActivations();
copyFileSync("build/kernels.wasm", "dist/kernels.wasm");
compile("products", ["bench/assembly/products.ts"]);
copyFileSync("build/products.wasm", "dist/products.wasm");
publish();
describeReport();
await bundle();
await declare();
