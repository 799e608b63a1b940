/**
 * Bundlers. Each makes three bundles, as users would, which are executed: of everything, of `relu`,
 * and of `relu` in plain JavaScript.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Check, expect, type Found, found } from "./check.ts";
import { project, run } from "./place.ts";
import { PROGRAM, RELU, RELU_PRINTS } from "./programs.ts";

interface Bundler {
  readonly tools: readonly string[];
  /** What makes `out/ENTRY` of `ENTRY`, with both as constants. */
  readonly build: string;
  /** A bundle stays as small as the README says. */
  readonly isHeld?: boolean;
}

const webpackLike = (from: string) => `import tool from "${from}";
const target = ["web", "es2022"];
const output = { path: process.cwd() + "/out", filename: ENTRY };
const settings = { mode: "production", entry: "./" + ENTRY, target, output, optimization: { minimize: true } };
await new Promise((done, fail) => tool(settings, (error, stats) =>
  error || stats.hasErrors() ? fail(error ?? new Error(stats.toString())) : done()));
`;

const BUNDLERS: Readonly<Record<string, Bundler>> = {
  esbuild: {
    tools: ["esbuild"],
    build: `import { build } from "esbuild";
await build({ entryPoints: [ENTRY], outfile: OUT, bundle: true, minify: true, format: "esm", legalComments: "none" });
`,
    isHeld: true,
  },
  Rolldown: {
    tools: ["rolldown"],
    build: `import { rolldown } from "rolldown";
await (await rolldown({ input: ENTRY })).write({ file: OUT, format: "es", minify: true, comments: false });
`,
    isHeld: true,
  },
  Rollup: {
    tools: ["rollup", "@rollup/plugin-node-resolve", "@rollup/plugin-terser"],
    build: `import { rollup } from "rollup";
import { nodeResolve } from "@rollup/plugin-node-resolve";
import terser from "@rollup/plugin-terser";
await (await rollup({ input: ENTRY, plugins: [nodeResolve(), terser()] })).write({ file: OUT, format: "es" });
`,
  },
  webpack: { tools: ["webpack"], build: webpackLike("webpack"), isHeld: true },
  Rspack: { tools: ["@rspack/core"], build: webpackLike("@rspack/core").replace("tool", "{ rspack as tool }") },
  Vite: {
    tools: ["vite"],
    build: `import { build } from "vite";
const output = { entryFileNames: ENTRY };
const settings = { outDir: "out", emptyOutDir: false, modulePreload: { polyfill: false } };
await build({ logLevel: "error", build: { ...settings, rollupOptions: { input: ENTRY, output } } });
`,
  },
  Parcel: {
    tools: ["parcel"],
    build: `import { execFileSync } from "node:child_process";
const args = ["build", ENTRY, "--dist-dir", "out", "--no-cache", "--no-source-maps"];
execFileSync(process.execPath, ["node_modules/parcel/lib/bin.js", ...args], { stdio: "inherit" });
`,
  },
};

const CONSTANTS = `const ENTRY = process.argv[2];\nconst OUT = "out/" + ENTRY;\n`;

/** Minified bytes of what a program imports from `wasm-activations/js`: see the README. */
const LIMITS: Readonly<Record<string, number>> = { "plain.js": 8600, "two.js": 9400, "unused.js": 0 };

const ENTRIES = {
  "whole.js": PROGRAM,
  "relu.js": RELU,
  "plain.js": RELU.replace("wasm-activations", "wasm-activations/js"),
  "two.js": 'import { relu, silu } from "wasm-activations/js";\nglobalThis.result = [relu, silu];\n',
  "unused.js": 'import { relu } from "wasm-activations/js";\n',
};

async function bundle(name: string, { tools, build, isHeld = false }: Bundler): Promise<Found> {
  const cwd = await project(name, tools, { ...ENTRIES, "build.mjs": `${CONSTANTS}${build}` });
  const built = async (entry: string) => {
    await run(process.execPath, ["build.mjs", entry], { cwd });
    const text = readFileSync(join(cwd, "out", entry), "utf8");
    return text.replace(/\/\*![\s\S]*?\*\//g, "").trim().length;
  };
  const executed = (entry: string) => run(process.execPath, [join("out", entry)], { cwd });
  await built("whole.js");
  const result = found(await executed("whole.js"), "wasm");
  const bytes = [await built("relu.js"), await built("plain.js")] as const;
  for (const entry of ["relu.js", "plain.js"]) {
    const printed = (await executed(entry)).trim();
    expect(`${entry} prints ${printed}`, printed === RELU_PRINTS);
  }
  for (const [entry, limit] of isHeld ? Object.entries(LIMITS) : []) {
    const length = await built(entry);
    expect(`${entry}: ${length} bytes, at most ${limit} expected`, length <= limit);
  }
  return { ...result, bytes };
}

export const bundlers: readonly Check[] = Object.entries(BUNDLERS).map(([name, how]) => ({
  group: "Bundlers",
  name,
  run: () => bundle(name, how),
}));
