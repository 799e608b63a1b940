/**
 * Which test files run which files of src/, and how long each takes: test/reach.json.
 *
 * Each function says at its first call, in whatever process, that its file was reached. The map
 * only chooses and orders the tests: a mutant is killed by a test that fails, never by the map.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import ts from "typescript";
import { fileOf, filesIn, readJson } from "../files.ts";
import { Copy } from "./copy.ts";
import { runTests } from "./run.ts";
import { sourceFiles } from "./source.ts";

const FILE = fileOf("test/reach.json");

/** They fail at any change of a byte, whether or not it means something. */
const BLIND = ["test/sizes.test.ts", "test/supply.test.ts"];
/** Of a run that reports: a test file that takes longer is none for mutants. */
const LIMIT = 150;

interface Entry {
  readonly seconds: number;
  /** Files of src/ without the ending; `folder/*` for all of a folder. */
  readonly reaches: readonly string[];
}
type Reached = Readonly<Record<string, Entry>>;

/** Test files that reach a file of src/, the quickest first. */
export class Reach {
  readonly #tests: readonly (readonly [file: string, reached: Entry])[];

  constructor() {
    const map = readJson<Reached>(FILE, {});
    this.#tests = Object.entries(map)
      .filter(([file]) => existsSync(fileOf(file)))
      .sort(([, a], [, b]) => a.seconds - b.seconds);
    if (this.#tests.length === 0) throw new Error("mutate: test/reach.json is missing (npm run mutate -- --reach)");
  }

  /** A few that take next to nothing. */
  quickest(): string[] {
    return this.#tests.slice(0, 12).map(([file]) => file);
  }

  testsOf(file: string): { readonly file: string; readonly seconds: number }[] {
    const name = nameOf(file);
    const folder = `${name.slice(0, name.lastIndexOf("/") + 1)}*`;
    const reaching = this.#tests.filter(([, { reaches }]) => reaches.includes(name) || reaches.includes(folder));
    // What runs only while the package is loaded is reached by every test.
    const tests = reaching.length > 0 ? reaching : this.#tests;
    return tests.map(([test, { seconds }]) => ({ file: test, seconds }));
  }
}

const nameOf = (file: string) => file.replace(/^src\/|\.ts$/g, "");

/** Runs the test files named, or all, once each, and keeps what they reach. */
export async function findReach(named: readonly string[]): Promise<void> {
  const copy = new Copy("reach");
  const sources = sourceFiles();
  for (const file of sources) copy.write(file, reporting(file));
  for (const file of ["src/index.ts", "src/activations.generated.ts"]) {
    copy.write(file, `${readFileSync(copy.pathOf(file), "utf8")}\n;globalThis.$loaded = true;\n`);
  }
  await copy.bundle();
  const all = filesIn("test", /\.test\.ts$/).filter((file) => !BLIND.includes(file));
  const map = new Map(Object.entries(readJson<Reached>(FILE, {})).filter(([file]) => all.includes(file)));
  const list = copy.pathOf("build/reached.txt");
  for (const file of named.length > 0 ? named : all) {
    writeFileSync(list, "");
    const start = performance.now();
    const { status, test } = await runTests(copy, { files: [file], limit: LIMIT, env: { REACHED: list } });
    const seconds = Math.ceil((performance.now() - start) / 1000);
    const reached = new Set(readFileSync(list, "utf8").split("\n").filter(Boolean));
    const isOfUse = status === "passed" && reached.size > 0;
    console.log(`${file}: ${seconds} s, ${reached.size} files${isOfUse ? "" : `, not used: ${test ?? status}`}`);
    map.delete(file);
    if (isOfUse) map.set(file, { seconds, reaches: shortened(reached, sources.map(nameOf)) });
    const lines = [...map].sort().map(([test, entry]) => ` ${JSON.stringify(test)}: ${JSON.stringify(entry)}`);
    writeFileSync(FILE, `{\n${lines.join(",\n")}\n}\n`);
  }
}

/** The text of a file whose functions say that they are called. */
function reporting(file: string): string {
  const text = readFileSync(fileOf(file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const places: (readonly [at: number, text: string])[] = [];
  const visit = (node: ts.Node): void => {
    const { body } = node as { body?: ts.Node };
    if (ts.isFunctionLike(node) && body) {
      if (ts.isBlock(body)) {
        places.push([firstStatement(body, source), " $reach(); "]);
      } else {
        places.push([body.getStart(source), "($reach(), "], [body.end, ")"]);
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  let changed = text;
  // Where brackets of two functions close at one place, their order does not matter.
  for (const [at, added] of places.sort(([a], [b]) => b - a)) {
    changed = changed.slice(0, at) + added + changed.slice(at);
  }
  // What runs while the package is loaded is not told. A part of it that is imported alone is
  // loaded a moment later.
  return `${changed}
var $reached, $isLate;
globalThis.setTimeout?.(() => { $isLate = true; });
function $reach() {
  if ($reached || (!globalThis.$loaded && !$isLate)) return;
  $reached = true;
  const list = globalThis.process?.env.REACHED;
  if (list) process.getBuiltinModule("node:fs").appendFileSync(list, ${JSON.stringify(`${nameOf(file)}\n`)});
}
`;
}

/** In a constructor of a class that extends another one, behind `super`. */
function firstStatement(body: ts.Block, source: ts.SourceFile): number {
  const [first] = body.statements;
  return first && /^super\b/.test(first.getText(source)) ? first.end : body.getStart(source) + 1;
}

function shortened(reached: ReadonlySet<string>, all: readonly string[]): string[] {
  const folders = new Set(all.map((name) => name.slice(0, name.lastIndexOf("/") + 1)).filter(Boolean));
  const whole = [...folders].filter((folder) =>
    all.every((name) => !name.startsWith(folder) || name.slice(folder.length).includes("/") || reached.has(name)),
  );
  const others = [...reached].filter((name) => !whole.some((folder) => name.startsWith(folder)));
  return [...whole.map((folder) => `${folder}*`), ...others].sort();
}
