/**
 * Runtimes and test runners that execute a program as a project of theirs would: what is installed,
 * the files, and the command, whose status counts.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { project, ROOT, run } from "./place.mjs";

const IMPORT = 'import { backend, relu } from "wasm-activations";\n';
const SAID = 'backend + " " + [...relu(new Float32Array([-2, 0, 3]))].join()';
const RESULT = "wasm 0,0,3";

/** A program that fails where the result is another. */
const PROGRAM = `${IMPORT}const said = ${SAID};\nif (said !== "${RESULT}") throw new Error(said);\nconsole.log(said);\n`;
const JEST = `${IMPORT}test("relu", () => expect(${SAID}).toBe("${RESULT}"));\n`;
const WHOLE = '{ "private": true, "type": "module" }';
/** The line that the README gives. */
const [TRANSFORMED] = /transformIgnorePatterns: \[.*?\]/.exec(readFileSync(join(ROOT, "README.md"), "utf8"));

const jest = (transform) => `module.exports = { testEnvironment: "node", ${transform} ${TRANSFORMED} };\n`;

/** `bin` is run by Node with `args`, or `program` by itself. */
const RUNNERS = {
  "node:test": {
    files: { "a.test.js": `import test from "node:test";\n${PROGRAM}test("runs", () => {});\n` },
    args: ["--test"],
  },
  "worker thread": {
    files: {
      "program.js": PROGRAM,
      "main.js":
        'import { Worker } from "node:worker_threads";\nnew Worker(new URL("./program.js", import.meta.url));\n',
    },
    args: ["main.js"],
  },
  vitest: {
    tools: ["vitest"],
    files: { "a.test.js": `import { expect, test } from "vitest";\n${JEST}` },
    bin: "vitest/vitest.mjs",
    args: ["run"],
  },
  "jest with babel": {
    tools: ["jest", "@babel/core", "@babel/preset-env", "babel-jest"],
    files: {
      "package.json": '{ "private": true }',
      "a.test.js": JEST,
      "babel.config.js": 'module.exports = { presets: [["@babel/preset-env", { targets: { node: "current" } }]] };\n',
      "jest.config.js": jest(""),
    },
    bin: "jest/bin/jest.js",
  },
  "jest with swc": {
    tools: ["jest", "@swc/core", "@swc/jest"],
    files: {
      "package.json": '{ "private": true }',
      "a.test.js": JEST,
      "jest.config.js": jest('transform: { "\\\\.[jt]s$": "@swc/jest" },'),
    },
    bin: "jest/bin/jest.js",
  },
  "jest with ES modules": {
    tools: ["jest"],
    files: { "a.test.js": JEST, "jest.config.js": 'export default { testEnvironment: "node", transform: {} };\n' },
    bin: "jest/bin/jest.js",
    env: { NODE_OPTIONS: "--experimental-vm-modules" },
  },
  mocha: {
    tools: ["mocha"],
    files: { "test/a.js": `${PROGRAM}it("runs", () => {});\n` },
    bin: "mocha/bin/mocha.js",
  },
  ava: {
    tools: ["ava"],
    files: { "a.test.js": `import test from "ava";\n${IMPORT}test("relu", (t) => t.is(${SAID}, "${RESULT}"));\n` },
    bin: "ava/entrypoints/cli.mjs",
  },
  tsx: { tools: ["tsx"], files: { "program.ts": PROGRAM }, bin: "tsx/dist/cli.mjs", args: ["program.ts"] },
  "edge runtime": {
    tools: ["edge-runtime", "esbuild"],
    files: {
      "program.js": PROGRAM,
      "main.js":
        'import { EdgeRuntime } from "edge-runtime";\nimport { buildSync } from "esbuild";\n' +
        'const built = buildSync({ entryPoints: ["program.js"], bundle: true, format: "iife", write: false });\n' +
        "new EdgeRuntime().evaluate(built.outputFiles[0].text);\n",
    },
    args: ["main.js"],
  },
  bun: { tools: ["bun"], files: { "program.js": PROGRAM }, program: "node_modules/.bin/bun", args: ["program.js"] },
  "deno without permissions": {
    tools: ["deno"],
    files: { "program.js": PROGRAM },
    program: "node_modules/.bin/deno",
    args: ["run", "--no-prompt", "--node-modules-dir=manual", "program.js"],
  },
};

/** Bundlers that a program goes through before it runs: what they write is executed. */
const BUNDLERS = {
  rollup: {
    tools: ["rollup", "@rollup/plugin-node-resolve"],
    bin: "rollup/dist/bin/rollup",
    args: ["program.js", "-p", "node-resolve", "-f", "es", "-o", "out/program.js"],
  },
  rspack: {
    tools: ["@rspack/core", "@rspack/cli"],
    files: {
      "rspack.config.js":
        'export default { entry: "./program.js", mode: "production", target: "node", output: { path: import.meta.dirname + "/out", filename: "program.js" } };\n',
    },
    bin: "@rspack/cli/bin/rspack.js",
    args: ["build"],
  },
  vite: {
    tools: ["vite"],
    files: {
      "vite.config.js":
        'export default { build: { lib: { entry: "program.js", formats: ["es"], fileName: () => "program.js" }, outDir: "out" } };\n',
    },
    bin: "vite/bin/vite.js",
    args: ["build"],
  },
};

function installed(name, { tools = [], files = {} }) {
  return project(name.replaceAll(/\W+/g, "-"), tools, { "package.json": WHOLE, ...files });
}

function execute(cwd, { bin, program, args = [], env }) {
  const all = bin ? [`node_modules/${bin}`, ...args] : args;
  return run(program ?? process.execPath, all, { cwd, env, seconds: 240 });
}

export const RUNS = Object.fromEntries([
  ...Object.entries(RUNNERS).map(([name, how]) => [
    name,
    () => {
      execute(installed(name, how), how);
      return RESULT;
    },
  ]),
  ...Object.entries(BUNDLERS).map(([name, how]) => [
    name,
    () => {
      const cwd = installed(name, { ...how, files: { "program.js": PROGRAM, ...how.files } });
      execute(cwd, how);
      return run(process.execPath, ["out/program.js"], { cwd }).trim();
    },
  ]),
]);
