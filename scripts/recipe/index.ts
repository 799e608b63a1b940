/**
 * Follows the recipes of README.md and CONTRIBUTING.md in a clone of this repository:
 * `npm run recipe`.
 *
 * Each block of code goes into the file that is named before it, each command is run, on a sample
 * of the inputs. Then the tests of the new ops pass, and those of the table and the pages. Once the
 * files are deleted again, the same command leaves everything as it was. Last, an op that is here
 * goes in the same way.
 */
import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileOf } from "../files.ts";
import { type Block, recipeOf } from "./blocks.ts";
import { Tests } from "./tests.ts";

const ROWS = "src/activations";
const filesOf = (op: string) => [`assembly/kernels/${op}.ts`, `${ROWS}/${op}.ts`];

const clone = join(mkdtempSync(join(tmpdir(), "recipe-")), "clone");
process.on("exit", () => rmSync(dirname(clone), { recursive: true, force: true }));
const start = performance.now();
const seconds = () => Math.round((performance.now() - start) / 1000);
const run = (command: string, args: readonly string[]) => {
  console.log(`[${seconds()} s] ${[command, ...args].join(" ")}`);
  return execFileSync(command, args, { cwd: clone, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
};
const fail = (text: string): never => {
  throw new Error(`the recipe fails: ${text}`);
};
/** The command of the text, for several ops at once and on a sample of the inputs. */
const adopt = (ops: readonly string[]) => console.log(run("npm", ["run", "adopt", "--", ...ops, "--sampled"]));

execFileSync("git", ["clone", "--quiet", fileOf(""), clone]);
symlinkSync(fileOf("node_modules"), join(clone, "node_modules"));
// A link is no folder to .gitignore.
appendFileSync(join(clone, ".git/info/exclude"), "node_modules\n");
const tests = new Tests(clone, run, fail);

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
adopt(ops);
run("npx", ["tsc"]);
tests.ofTheTable();
tests.of(ops);

for (const { file } of files) rmSync(join(clone, file));
adopt(ops);
const left = run("git", ["status", "--porcelain"]);
if (left !== "") fail(`this is left once the ops are deleted:\n${left}`);

/**
 * An op that nothing but the table knows: that another is made of it is no matter of the recipe.
 */
const isAlone = (op: string) => {
  const search = ["grep", "--files-with-matches", "--word-regexp", op, "--", "*.ts", "*.tsx"];
  const found = execFileSync("git", search, { cwd: clone, encoding: "utf8" });
  return `${found.trim().split("\n").sort()}` === `${filesOf(op)}`;
};
const known = readdirSync(join(clone, ROWS)).map((file) => file.replace(/\.ts$/, ""));
const alone = known.find(isAlone) ?? fail("every op is named by another file");
for (const file of filesOf(alone)) rmSync(join(clone, file));
adopt([alone]);
tests.ofTheTable();
console.log(`followed for ${ops.join(" and ")}, undone, and ${alone} removed, in ${seconds()} s`);
