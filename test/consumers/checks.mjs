/** What consumers do with the packed package; each check throws, or says what it found. */
import { spawnSync } from "node:child_process";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { project, ROOT, run, tarball } from "./place.mjs";
import { RUNS } from "./runners.mjs";

const RESULT = "0,0,3";
const PROGRAM =
  'import { relu } from "wasm-activations";\nconsole.log([...relu(new Float32Array([-2, 0, 3]))].join());\n';

function expect(what, found, holds) {
  if (!holds) throw new Error(`${what}: ${found}`);
  return `${what}: ${found}`;
}

/** Bytes, minified, that a program may take. */
const IMPORTS = [
  { what: "relu", limit: 8500, text: 'import { relu } from "wasm-activations/js"; globalThis.result = relu;' },
  {
    what: "relu and silu",
    limit: 9300,
    text: 'import { relu, silu } from "wasm-activations/js"; globalThis.result = [relu, silu];',
  },
  { what: "unused", limit: 0, text: 'import { relu } from "wasm-activations/js";' },
];

const BUNDLERS = {
  async esbuild(cwd, entry) {
    const { build } = createRequire(join(cwd, "x.js"))("esbuild");
    const options = {
      absWorkingDir: cwd,
      entryPoints: [entry],
      bundle: true,
      minify: true,
      format: "esm",
      write: false,
    };
    const { outputFiles } = await build({ ...options, legalComments: "none", logLevel: "error" });
    return outputFiles[0].text;
  },
  async rolldown(cwd, entry) {
    const { rolldown } = await import(pathToFileURL(join(cwd, "node_modules/rolldown/dist/index.mjs")).href);
    const bundle = await rolldown({ cwd, input: entry });
    const { output } = await bundle.generate({ format: "es", minify: true, comments: false });
    return output[0].code;
  },
  async webpack(cwd, entry) {
    const webpack = createRequire(join(cwd, "x.js"))("webpack");
    const optimization = { minimize: true };
    const options = {
      context: cwd,
      mode: "production",
      entry,
      target: ["web", "es2022"],
      optimization,
      output: { path: cwd, filename: "webpack.out.js" },
    };
    await new Promise((done, fail) =>
      webpack(options, (error, stats) =>
        error || stats.hasErrors() ? fail(error ?? new Error(stats.toString())) : done(),
      ),
    );
    return readFileSync(join(cwd, "webpack.out.js"), "utf8").replace(/\/\*![\s\S]*?\*\//g, "");
  },
};

async function sizes(name) {
  const cwd = project(name, [name]);
  const found = [];
  let tooLarge = false;
  for (const [i, { what, limit, text }] of IMPORTS.entries()) {
    writeFileSync(join(cwd, `entry${i}.js`), text);
    const { length } = (await BUNDLERS[name](cwd, `./entry${i}.js`)).trim();
    tooLarge ||= length > limit;
    found.push(`${what} ${length} of ${limit}`);
  }
  return expect("bytes", found.join(", "), !tooLarge);
}

const SETTINGS = {
  node16: { module: "node16", moduleResolution: "node16" },
  nodenext: { module: "nodenext", moduleResolution: "nodenext" },
  bundler: { module: "esnext", moduleResolution: "bundler" },
  node10: { module: "esnext", moduleResolution: "node10" },
};

/** TypeScript 7 has no node10; 6 calls it deprecated. */
function typescript(version) {
  const cwd = project(`typescript-${version}`, [`typescript@${version}`]);
  copyFileSync(join(ROOT, "test/consumers/program.ts"), join(cwd, "program.ts"));
  const major = Number.parseInt(version, 10);
  const ways = Object.entries(SETTINGS).filter(([name]) => major < 7 || name !== "node10");
  for (const [name, settings] of ways) {
    const compilerOptions = {
      ...settings,
      ...(major === 6 && name === "node10" ? { ignoreDeprecations: "6.0" } : {}),
      target: "es2022",
      lib: ["es2022", "dom"],
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
    };
    writeFileSync(join(cwd, `${name}.json`), JSON.stringify({ compilerOptions, files: ["program.ts"] }));
    run(process.execPath, ["node_modules/typescript/bin/tsc", "-p", `${name}.json`], { cwd });
  }
  return `compiles with ${ways.map(([name]) => name).join(", ")}`;
}

function node() {
  const cwd = project("node", [], { "program.js": PROGRAM });
  const wide =
    "const { relu } = require('wasm-activations'); console.log([...relu(new Float32Array([-2, 0, 3]))].join())";
  const results = [run(process.execPath, ["program.js"], { cwd }), run(process.execPath, ["-e", wide], { cwd })];
  return expect(
    "import and require",
    results.join("").trim().replace("\n", " "),
    results.every((said) => said.trim() === RESULT),
  );
}

/**
 * An error that nobody catches prints the line where it was thrown: that must not be the embedded
 * module.
 */
function uncaught() {
  const cwd = project("uncaught", [], { "program.js": 'import { relu } from "wasm-activations";\nrelu([1]);\n' });
  const { stderr } = spawnSync(process.execPath, ["program.js"], { cwd, encoding: "utf8" });
  const message = "relu: x is a plain array, expected a Float32Array";
  return expect("bytes printed", stderr.length, stderr.length < 5000 && stderr.includes(message));
}

async function blob() {
  const cwd = project("blob");
  const text = readFileSync(join(cwd, "node_modules/wasm-activations/dist/js.js"), "utf8");
  const { relu } = await import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
  const result = [...relu(new Float32Array([-2, 0, 3]))].join();
  return expect("js.js without a base URL", result, result === RESULT);
}

function parcel() {
  const cwd = project("parcel", ["parcel"], { "program.js": PROGRAM });
  const args = ["node_modules/parcel/lib/bin.js", "build", "program.js", "--no-cache", "--no-source-maps"];
  run(process.execPath, args, { cwd, seconds: 240 });
  const said = run(process.execPath, ["dist/program.js"], { cwd }).trim();
  return expect("prints", said, said === RESULT);
}

/** With `exports` off Metro reads `react-native`, which is the plain entry. */
function metro() {
  const config = `module.exports = {
  resolver: { unstable_enablePackageExports: false, resolverMainFields: ["react-native", "browser", "main"] },
  transformer: {
    babelTransformerPath: require.resolve("metro-babel-transformer"),
    getTransformOptions: async () => ({ transform: { experimentalImportSupport: true } }),
  },
};\n`;
  const cwd = project("metro", ["metro"], {
    "program.js": `${PROGRAM}import { relu as plain } from "wasm-activations/js";\nconsole.log(typeof plain);\n`,
    "metro.config.cjs": config,
  });
  const args = ["node_modules/metro/src/cli.js", "build", "program.js", "--out", "out.js", "-c", "metro.config.cjs"];
  run(process.execPath, args, { cwd, seconds: 240 });
  const size = readFileSync(join(cwd, "out.js"), "utf8").length;
  return expect("bytes", size, size > 0);
}

const WORKER = `import { backend, relu } from "wasm-activations";
const early = [...relu(new Float32Array([-2, 0, 3]))].join();
export default { fetch: () => new Response([backend, early, [...relu(new Float32Array([-2, 0, 3]))].join()].join(" ")) };\n`;

async function workerd() {
  const cwd = project("workerd", ["miniflare", "esbuild"], { "worker.js": WORKER });
  const load = createRequire(join(cwd, "x.js"));
  await load("esbuild").build({
    absWorkingDir: cwd,
    entryPoints: ["worker.js"],
    outfile: join(cwd, "node_modules/wasm-activations/dist/worker.out.mjs"),
    bundle: true,
    format: "esm",
    conditions: ["workerd"],
    external: ["*.wasm?module"],
  });
  const { Miniflare } = load("miniflare");
  const dist = join(cwd, "node_modules/wasm-activations/dist");
  const kernels = readFileSync(join(dist, "kernels.wasm"));
  const expected = `wasm ${RESULT} ${RESULT}`;
  for (const compatibilityDate of ["2022-06-01", "2025-01-01", "2026-01-01"]) {
    const miniflare = new Miniflare({
      compatibilityDate,
      modulesRoot: dist,
      modules: [
        { type: "ESModule", path: join(dist, "worker.out.mjs") },
        { type: "CompiledWasm", path: join(dist, "kernels.wasm?module"), contents: kernels },
      ],
    });
    try {
      const said = await (await miniflare.dispatchFetch("http://localhost/")).text();
      expect(compatibilityDate, said, said === expected);
    } finally {
      await miniflare.dispose();
    }
  }
  return expected;
}

function attw() {
  const cwd = project("attw", ["@arethetypeswrong/cli"]);
  const args = [
    "node_modules/@arethetypeswrong/cli/dist/index.js",
    tarball,
    "--profile",
    "node16",
    "--ignore-rules",
    "cjs-resolves-to-esm",
  ];
  run(process.execPath, args, { cwd });
  return "no problems";
}

function publint() {
  const cwd = project("publint", ["publint"]);
  run(process.execPath, ["node_modules/publint/src/cli.js", tarball, "--strict"], { cwd });
  return "no problems";
}

export const CHECKS = {
  node,
  uncaught,
  blob,
  esbuild: () => sizes("esbuild"),
  rolldown: () => sizes("rolldown"),
  webpack: () => sizes("webpack"),
  publint,
  attw,
  ...Object.fromEntries(
    ["5.0.4", "5.4.5", "5.7.3", "5.9.3", "6", "7"].map((version) => [
      `typescript ${version}`,
      () => typescript(version),
    ]),
  ),
  workerd,
  ...RUNS,
  parcel,
  metro,
};
