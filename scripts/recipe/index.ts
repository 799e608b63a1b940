/**
 * Follows the recipes of README.md and CONTRIBUTING.md in a clone of this repository:
 * `npm run recipe`.
 *
 * Each block of code goes into the file that is named before it, each command is run. What is
 * expected: the tests pass with the new ops, but for those that want all inputs verified, which
 * takes too long here; and once the files are deleted again, everything is as it was.
 */
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileOf } from "../files.ts";
import { type Block, recipeOf } from "./blocks.ts";

/** The tests that read the table of the ops. */
const TESTS = [
  "accuracy",
  "build",
  "docs",
  "fingerprint",
  "gradients",
  "layers",
  "reference",
  "refusals",
  "surface",
  "twin",
  "zeros",
];
/** Those that a sampled verification cannot satisfy. */
const WANT_ALL_INPUTS = [
  "is verified with these kernels: over every input",
  "keeps them in plain JavaScript, on 2^24 inputs",
];

interface Results {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly assertionResults: readonly {
      readonly status: string;
      readonly title: string;
      readonly ancestorTitles: readonly string[];
    }[];
  }[];
}

const clone = join(mkdtempSync(join(tmpdir(), "recipe-")), "clone");
process.on("exit", () => rmSync(dirname(clone), { recursive: true, force: true }));
const start = performance.now();
const run = (command: string, args: readonly string[]) => {
  console.log(`[${Math.round((performance.now() - start) / 1000)} s] ${[command, ...args].join(" ")}`);
  return execFileSync(command, args, { cwd: clone, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
};
const changes = () => run("git", ["status", "--porcelain"]);
const fail = (text: string): never => {
  throw new Error(`the recipe fails: ${text}`);
};

execFileSync("git", ["clone", "--quiet", fileOf(""), clone]);
symlinkSync(fileOf("node_modules"), join(clone, "node_modules"));
// A link is no folder to .gitignore.
appendFileSync(join(clone, ".git/info/exclude"), "node_modules\n");

const blocks = ["README.md", "CONTRIBUTING.md"].flatMap((page) => recipeOf(readFileSync(fileOf(page), "utf8")));
const files = blocks.filter((block): block is Extract<Block, { file: string }> => "file" in block);
const ops = blocks.flatMap((block) => ("adopt" in block ? block.adopt : []));
if (ops.length !== 2 || files.length !== 4)
  fail(`${files.length} files and ${ops.length} commands were found in the text`);

for (const { file, code } of files) {
  mkdirSync(dirname(join(clone, file)), { recursive: true });
  writeFileSync(join(clone, file), code);
}
run("npx", ["biome", "check", ...files.map(({ file }) => file)]);
// The command of the text, for all ops at once and on a sample of the inputs.
const adopt = () => console.log(run("npm", ["run", "adopt", "--", ...ops, "--sampled"]));
adopt();
run("npx", ["tsc"]);

const report = join(dirname(clone), "tests.json");
const tests = TESTS.map((name) => `test/${name}.test.ts`);
try {
  run("npx", ["vitest", "run", "--reporter=json", `--outputFile=${report}`, ...tests]);
} catch {
  // Which ones fail is looked at next.
}
const { numPassedTests, testResults } = JSON.parse(readFileSync(report, "utf8")) as Results;
const failed = testResults
  .flatMap(({ assertionResults }) => assertionResults)
  .filter(({ status }) => status !== "passed")
  .map(({ title, ancestorTitles }) => `${ancestorTitles.join(" ")} ${title}`);
const expected = ops.flatMap((op) =>
  [op, `${op}Grad`].flatMap((name) => WANT_ALL_INPUTS.map((title) => `${name}, default ${title}`)),
);
console.log(`${numPassedTests} tests pass; these want all inputs verified:`);
for (const name of failed) console.log(`  ${name}`);
if (`${[...failed].sort()}` !== `${[...expected].sort()}`)
  fail("other tests fail than those that want all inputs verified");

for (const { file } of files) rmSync(join(clone, file));
adopt();
const left = changes();
if (left !== "") fail(`this is left once the ops are deleted:\n${left}`);
console.log(`followed for ${ops.join(" and ")}, and undone, in ${Math.round((performance.now() - start) / 1000)} s`);
