/**
 * Test runners and runtimes that execute a program as a project of theirs would: what is installed,
 * the files, and the command, whose status counts.
 */
import { readFileSync } from "node:fs";
import { fileOf } from "../../scripts/files.ts";
import { type Check, found } from "./check.ts";
import { type Files, measureAs, project, run } from "./place.ts";
import { PROGRAM, TEST } from "./programs.ts";

interface Runner {
  readonly tools?: readonly string[];
  readonly files: Files;
  /** What Node runs, in node_modules; or `program` by itself. */
  readonly bin?: string;
  readonly program?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** The line that the README gives. */
const [TRANSFORMED = ""] = /transformIgnorePatterns: \[.*?\]/.exec(readFileSync(fileOf("README.md"), "utf8")) ?? [];
const jest = (settings: string) =>
  `module.exports = { testEnvironment: "node", verbose: true, ${settings} ${TRANSFORMED} };\n`;
/** Without "type": the files are CommonJS, once they are transformed. */
const PLAIN = '{ "private": true }';
const JEST = "jest/bin/jest.js";

const RUNNERS: Readonly<Record<string, Runner>> = {
  "node:test": {
    files: { "a.test.js": `import test from "node:test";\n${TEST}` },
    args: ["--test"],
  },
  Vitest: {
    tools: ["vitest"],
    files: { "a.test.js": `import { test } from "vitest";\n${TEST}` },
    bin: "vitest/vitest.mjs",
    args: ["run"],
  },
  "Jest, Babel": {
    tools: ["jest", "@babel/core", "@babel/preset-env", "babel-jest"],
    files: {
      "package.json": PLAIN,
      "a.test.js": TEST,
      "babel.config.js": 'module.exports = { presets: [["@babel/preset-env", { targets: { node: "current" } }]] };\n',
      "jest.config.js": jest(""),
    },
    bin: JEST,
  },
  "Jest, swc": {
    tools: ["jest", "@swc/core", "@swc/jest"],
    files: {
      "package.json": PLAIN,
      "a.test.js": TEST,
      "jest.config.js": jest('transform: { "\\\\.[jt]s$": "@swc/jest" },'),
    },
    bin: JEST,
  },
  "Jest, ES modules": {
    tools: ["jest"],
    files: { "a.test.js": TEST, "jest.config.js": 'export default { testEnvironment: "node", transform: {} };\n' },
    bin: JEST,
    env: { NODE_OPTIONS: "--experimental-vm-modules" },
  },
  "ts-jest": {
    tools: ["jest", "ts-jest", "typescript@5", "@types/jest"],
    files: {
      "package.json": PLAIN,
      "a.test.ts": TEST,
      "tsconfig.json":
        '{ "compilerOptions": { "module": "commonjs", "target": "es2022", "esModuleInterop": true, "allowJs": true, "isolatedModules": true } }\n',
      "jest.config.js": jest('transform: { "\\\\.[jt]s$": "ts-jest" },'),
    },
    bin: JEST,
  },
  Mocha: {
    tools: ["mocha"],
    files: { "test/a.js": TEST.replace("test(", "it(").replace("./measure", "../measure") },
    bin: "mocha/bin/mocha.js",
  },
  AVA: {
    tools: ["ava"],
    files: {
      "a.test.js": `import test from "ava";\n${TEST.replace(/\(\) =>.*/, "(t) => { t.log(said); t.pass(); });")}`,
    },
    bin: "ava/entrypoints/cli.mjs",
  },
  tsx: { tools: ["tsx"], files: { "program.ts": PROGRAM }, bin: "tsx/dist/cli.mjs", args: ["program.ts"] },
  "ts-node": {
    tools: ["ts-node", "typescript@5"],
    files: {
      "package.json": PLAIN,
      "program.ts": PROGRAM.replace("./measure.js", "./measure.cjs"),
      "measure.cjs": measureAs("cjs"),
      "tsconfig.json": '{ "compilerOptions": { "module": "nodenext", "target": "es2022", "strict": false } }\n',
    },
    bin: "ts-node/dist/bin.js",
    args: ["--transpile-only", "program.ts"],
  },
};

const RUNTIMES: Readonly<Record<string, Runner>> = {
  Bun: { tools: ["bun"], files: { "program.js": PROGRAM }, program: "node_modules/.bin/bun", args: ["program.js"] },
  "Deno without permissions": {
    tools: ["deno"],
    files: { "program.js": PROGRAM },
    program: "node_modules/.bin/deno",
    args: ["run", "--no-prompt", "--node-modules-dir=manual", "program.js"],
  },
  "edge runtime": {
    tools: ["edge-runtime", "esbuild"],
    files: {
      "program.js": PROGRAM.replace("console.log(measure(lib))", "globalThis.said = measure(lib)"),
      "main.js":
        'import { EdgeRuntime } from "edge-runtime";\nimport { buildSync } from "esbuild";\n' +
        'const built = buildSync({ entryPoints: ["program.js"], bundle: true, format: "iife", write: false });\n' +
        'const runtime = new EdgeRuntime();\nruntime.evaluate(built.outputFiles[0].text);\nconsole.log(runtime.evaluate("said"));\n',
    },
    args: ["main.js"],
  },
};

const checksOf = (group: string, runners: Readonly<Record<string, Runner>>): Check[] =>
  Object.entries(runners).map(([name, { tools, files, bin, program, args = [], env = {} }]) => ({
    group,
    name,
    async run() {
      const cwd = await project(name, tools, files);
      const all = bin === undefined ? args : [`node_modules/${bin}`, ...args];
      return found(await run(program ?? process.execPath, all, { cwd, env }), "wasm");
    },
  }));

export const runners = [...checksOf("Test runners", RUNNERS), ...checksOf("Runtimes", RUNTIMES)];
