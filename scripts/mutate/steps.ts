/**
 * The steps of a file: its statements inside functions, and the expressions that are functions.
 * Which of them a test runs decides whether it can notice a mutant.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import ts from "typescript";
import { fileOf } from "../files.ts";

interface Step {
  readonly start: number;
  readonly end: number;
  /** What makes room for a call before the step. */
  readonly open: string;
  readonly close: string;
}

function stepsIn(file: string, text: string): Step[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const steps: Step[] = [];
  const visit = (node: ts.Node, inside: boolean): void => {
    const inFunction = inside || ts.isFunctionLike(node);
    if (inFunction) {
      const brackets = bracketsOf(node);
      if (brackets) steps.push({ start: node.getStart(source), end: node.end, open: brackets[0], close: brackets[1] });
    }
    ts.forEachChild(node, (child) => visit(child, inFunction));
  };
  visit(source, false);
  return steps;
}

function bracketsOf(node: ts.Node): readonly [string, string] | undefined {
  const { parent } = node;
  if (ts.isArrowFunction(parent) && parent.body === node && !ts.isBlock(node)) return ["(", ")"];
  if (!ts.isStatement(node) || ts.isBlock(node) || ts.isFunctionDeclaration(node)) return undefined;
  return ts.isBlock(parent) || ts.isCaseOrDefaultClause(parent) ? ["", ""] : ["{ ", " }"];
}

/** The innermost step around a place, by its number; none outside of functions. */
export function stepAt(file: string, position: number): number | undefined {
  const steps = stepsIn(file, readFileSync(fileOf(file), "utf8"));
  let found: number | undefined;
  steps.forEach(({ start, end }, i) => {
    // An outer step comes before those inside it.
    if (start <= position && position < end) found = i;
  });
  return found;
}

/** What the numbers of steps are good for. */
export function versionOf(file: string): string {
  return createHash("sha256")
    .update(readFileSync(fileOf(file)))
    .digest("hex")
    .slice(0, 8);
}

/**
 * The text of a file whose steps say, at their first time in a process, that they are taken: as a
 * line "name number" of the file that the environment names.
 */
export function reporting(file: string, name: string): string {
  const text = readFileSync(fileOf(file), "utf8");
  const added: { readonly at: number; readonly order: number; readonly text: string }[] = [];
  stepsIn(file, text).forEach(({ start, end, open, close }, i) => {
    const comma = open === "(" ? ", " : "; ";
    added.push({ at: start, order: i, text: `${open}($taken[${i}] || $take(${i}))${comma}` });
    // At one place an inner step ends before an outer one, and one that begins comes last.
    if (close !== "") added.push({ at: end, order: -i, text: close });
  });
  const isEnd = ({ text: one }: { text: string }) => (/^[ })]+$/.test(one) ? 0 : 1);
  added.sort((a, b) => a.at - b.at || isEnd(a) - isEnd(b) || a.order - b.order);
  let changed = "";
  let from = 0;
  for (const { at, text: one } of added) {
    changed += text.slice(from, at) + one;
    from = at;
  }
  // What is done while the package is loaded is not told. A part of it that is imported alone is
  // loaded a moment later.
  const head = `var $taken = [], $isLate = false;
globalThis.setTimeout?.(() => { $isLate = true; });
function $take(step) {
  if (!globalThis.$loaded && !$isLate) return;
  $taken[step] = true;
  const list = globalThis.process?.env.REACHED;
  if (list) process.getBuiltinModule("node:fs").appendFileSync(list, ${JSON.stringify(`${name} `)} + step + "\\n");
}
`;
  return `${head}${changed}${text.slice(from)}`;
}
