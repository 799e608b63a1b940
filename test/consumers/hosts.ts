/** Where programs are deployed to, and servers that hand out what they build. */
import { type Check, expect, type Found, found } from "./check.ts";
import { project, run } from "./place.ts";
import { PROGRAM, RELU_PRINTS } from "./programs.ts";

/** Compiling is forbidden: the module is imported. */
const WORKER = `import * as lib from "wasm-activations";
import { measure } from "./measure.js";
const early = [...lib.relu(new Float32Array([-2, 0, 3]))].join();
export default { fetch: () => new Response(early + " " + measure(lib)) };
`;

/** The oldest dates have neither `Uint8Array.fromBase64` nor `Buffer`. */
const DATES = ["2022-06-01", "2025-01-01", "2026-01-01"];

const RUN_WORKER = `import { readFileSync } from "node:fs";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
const dist = "node_modules/wasm-activations/dist";
const outfile = dist + "/worker.out.mjs";
const external = ["*.wasm?module"];
await build({ entryPoints: ["worker.js"], outfile, bundle: true, format: "esm", conditions: ["workerd"], external });
const modules = [
  { type: "ESModule", path: outfile },
  { type: "CompiledWasm", path: dist + "/kernels.wasm?module", contents: readFileSync(dist + "/kernels.wasm") },
];
for (const compatibilityDate of process.argv.slice(2)) {
  const miniflare = new Miniflare({ compatibilityDate, modulesRoot: dist, modules });
  console.log(await (await miniflare.dispatchFetch("http://localhost/")).text());
  await miniflare.dispose();
}
`;

async function workerd(): Promise<Found> {
  const files = { "worker.js": WORKER, "run.js": RUN_WORKER };
  const cwd = await project("workerd", ["miniflare", "esbuild"], files);
  const printed = await run(process.execPath, ["run.js", ...DATES], { cwd });
  expect(`in each of ${DATES}: ${printed}`, printed.split(`${RELU_PRINTS} CONSUMER`).length === DATES.length + 1);
  return { ...found(printed, "wasm"), note: `compatibility dates from ${DATES[0]} on` };
}

/**
 * React Native: Metro bundles, Hermes runs. With `exports` off Metro reads the field
 * `react-native`; either way it gets the plain entry.
 */
const METRO = `module.exports = {
  resolver: {
    unstable_enablePackageExports: process.env.EXPORTS === "on",
    unstable_conditionNames: ["react-native", "require"],
    resolverMainFields: ["react-native", "browser", "main"],
  },
  transformer: {
    babelTransformerPath: require.resolve("metro-babel-transformer"),
    getTransformOptions: async () => ({ transform: { experimentalImportSupport: true } }),
  },
};
`;

async function hermes(): Promise<Found> {
  const tools = ["metro", "hermes-engine-cli@0.12", "@babel/core", "@react-native/babel-preset"];
  const cwd = await project("metro", tools, {
    "program.js": PROGRAM.replace("console.log", "print"),
    "metro.config.cjs": METRO,
    "babel.config.cjs": 'module.exports = { presets: ["@react-native/babel-preset"] };\n',
  });
  const metro = "node_modules/metro/src/cli.js";
  const results: Found[] = [];
  for (const EXPORTS of ["on", "off"]) {
    const out = `${EXPORTS}.js`;
    const args = [metro, "build", "program.js", "--out", out, "-c", "metro.config.cjs", "--reset-cache"];
    await run(process.execPath, args, { cwd, env: { EXPORTS } });
    results.push(found(await run("node_modules/hermes-engine-cli/linux64-bin/hermes", [out], { cwd }), "js"));
  }
  return { ...results[0], note: "exports on and off" };
}

export const hosts: readonly Check[] = [
  { group: "Runtimes", name: "workerd", run: workerd },
  { group: "Runtimes", name: "Hermes, by Metro", run: hermes },
];
