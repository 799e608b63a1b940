/**
 * Mutants of src/: a comparison that takes or leaves the bound, another operator, a condition
 * turned round, a number one larger, a statement left out.
 *
 * Facts of an op for readers (`about`) stay: the package does not have them.
 */
import { readFileSync } from "node:fs";
import ts from "typescript";
import { fileOf, filesIn } from "../files.ts";
import type { Mutant } from "./mutant.ts";

const K = ts.SyntaxKind;

const SWAPPED: Readonly<Record<string, string>> = {
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "===": "!==",
  "!==": "===",
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
  "%": "*",
  "**": "*",
  "&&": "||",
  "||": "&&",
  "<<": ">>",
  ">>": "<<",
  ">>>": "<<",
  "&": "|",
  "|": "&",
  "+=": "-=",
  "-=": "+=",
  "*=": "/=",
  "++": "--",
  "--": "++",
};

/** The files that have mutants: those that are written by hand and do something. */
export function sourceFiles(): string[] {
  return filesIn("src", /(?<!\.generated|\.d)\.ts$/);
}

/** What stands instead of the text from one position to the other. */
interface Change {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export function mutantsOf(file: string): Mutant[] {
  const text = readFileSync(fileOf(file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const changes: Change[] = [];
  const visit = (node: ts.Node): void => {
    if (isLeftOut(node)) return;
    changes.push(...changesOf(node, source));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return changes.map((change) => mutant(file, text, change));
}

function isLeftOut(node: ts.Node): boolean {
  if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return true;
  if (ts.isImportDeclaration(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
  return ts.isPropertyAssignment(node) && node.name.getText() === "about";
}

const isText = (node: ts.Node): boolean =>
  ts.isStringLiteralLike(node) ||
  ts.isTemplateExpression(node) ||
  (ts.isBinaryExpression(node) && (isText(node.left) || isText(node.right)));

function changesOf(node: ts.Node, source: ts.SourceFile): Change[] {
  const instead = (of: ts.Node, text: string): Change => ({ start: of.getStart(source), end: of.end, text });
  const negated = (of: ts.Expression) => instead(of, `!(${of.getText(source)})`);
  if (ts.isBinaryExpression(node)) {
    const to = SWAPPED[node.operatorToken.getText(source)];
    return to === undefined || isText(node) ? [] : [instead(node.operatorToken, to)];
  }
  if (ts.isPrefixUnaryExpression(node)) return ofUnary(node, source);
  if (ts.isPostfixUnaryExpression(node)) {
    const to = node.operator === K.PlusPlusToken ? "--" : "++";
    return [{ start: node.operand.end, end: node.end, text: to }];
  }
  if (ts.isIfStatement(node)) return [negated(node.expression)];
  if (ts.isConditionalExpression(node)) return [negated(node.condition)];
  if (ts.isNumericLiteral(node)) {
    return ts.isLiteralTypeNode(node.parent) ? [] : [instead(node, String(Number(node.text.replaceAll("_", "")) + 1))];
  }
  if (node.kind === K.TrueKeyword) return [instead(node, "false")];
  if (node.kind === K.FalseKeyword) return [instead(node, "true")];
  // An empty block, so that it stays the branch of an `if` without braces.
  if (ts.isThrowStatement(node) || (ts.isExpressionStatement(node) && !ts.isStringLiteral(node.expression))) {
    return isSuper(node) ? [] : [instead(node, "{}")];
  }
  return [];
}

/** A constructor without it does not run at all. */
function isSuper(node: ts.Node): boolean {
  if (!ts.isExpressionStatement(node) || !ts.isCallExpression(node.expression)) return false;
  return node.expression.expression.kind === K.SuperKeyword;
}

function ofUnary(node: ts.PrefixUnaryExpression, source: ts.SourceFile): Change[] {
  const start = node.getStart(source);
  const end = node.operand.getStart(source);
  switch (node.operator) {
    case K.ExclamationToken:
    case K.MinusToken:
    case K.TildeToken:
      return [{ start, end, text: "" }];
    case K.PlusPlusToken:
      return [{ start, end, text: "--" }];
    case K.MinusMinusToken:
      return [{ start, end, text: "++" }];
    default:
      return [];
  }
}

function mutant(file: string, text: string, { start, end, text: to }: Change): Mutant {
  const whole = () => text.slice(0, start) + to + text.slice(end);
  const first = text.lastIndexOf("\n", start - 1) + 1;
  const last = (text.indexOf("\n", end) + 1 || text.length + 1) - 1;
  const oneLine = (lines: string) => lines.trim().replace(/\s+/g, " ");
  return {
    place: file,
    line: text.slice(0, start).split("\n").length,
    position: start,
    from: oneLine(text.slice(first, last)),
    to: oneLine(text.slice(first, start) + to + text.slice(end, last)),
    text: whole,
  };
}
