/**
 * docs/coverage.json: which names other projects have for activations, and which call gives each.
 */
import { fileOf, readJson } from "../../files.ts";

/** A value of a parameter; null where there is none, or one that no call says: it must be given. */
export type Value = number | string | boolean | null;

/** What a call gives, as an expression of JavaScript, whatever the projects call it. */
export interface Computation {
  /** The call: op(of, options). The values are expressions in the variables. */
  readonly op: string;
  readonly of: string;
  readonly options?: Readonly<Record<string, string>>;
  /**
   * What the formula is about: a number x; a and b, which lie in the halves of an axis, or are a
   * pair of arrays; or a row, whose element of number i it gives.
   */
  readonly over?: "halves" | "pair" | "row";
  readonly formula: string;
  /** The variables, each with a value to try where a project has none. */
  readonly try?: Readonly<Record<string, number>>;
}

/**
 * A computation, and what its variables are: a number, or a parameter of the project. What is not
 * said has the variable's own name.
 */
export interface Use {
  readonly is: string;
  readonly with?: Readonly<Record<string, number | string>>;
}

export interface Case extends Use {
  /** The parameters with which it is so. */
  readonly when: Readonly<Record<string, Value>>;
}

export interface Entry extends Partial<Use> {
  readonly name: string;
  /** With their defaults. */
  readonly parameters?: Readonly<Record<string, Value>>;
  readonly cases?: readonly Case[];
  /** Why there is no call: a key of `reasons`. */
  readonly none?: string;
  readonly note?: string;
}

export interface Project {
  readonly project: string;
  readonly version?: string;
  readonly commit?: string;
  readonly date: string;
  /** The files in which the names stand. */
  readonly read: readonly string[];
  readonly names: readonly Entry[];
}

/**
 * Where the results of projects are others: at one x, or in a row of them. Numbers, or expressions.
 */
export interface Example {
  readonly call: string;
  readonly x: number | string | readonly number[];
  readonly here: number | string | readonly number[];
  readonly there: string;
  /** Whose results they are. */
  readonly names: readonly string[];
}

export interface Difference {
  readonly title: string;
  /** Why it is so here. */
  readonly why: string;
  readonly examples: readonly Example[];
}

export interface Coverage {
  readonly computations: Readonly<Record<string, Computation>>;
  readonly reasons: Readonly<Record<string, string>>;
  readonly differences: readonly Difference[];
  readonly projects: readonly Project[];
}

export function readCoverage(): Coverage {
  return readJson<Coverage | undefined>(fileOf("docs/coverage.json"), undefined) as Coverage;
}

/**
 * One way to use a name: the parameters that are not at their defaults, and the call with those of
 * the project.
 */
export interface Served {
  readonly when: string;
  readonly computation: Computation;
  readonly call: string;
  /**
   * What stands in the call for each variable: a number, or the name of a parameter that has none.
   */
  readonly variables: ReadonlyMap<string, string>;
}

const FRACTIONS: ReadonlyMap<number, string> = new Map([
  [1 / 6, "1 / 6"],
  [1 / 3, "1 / 3"],
  [1 / 8, "1 / 8"],
]);

export const numberText = (x: number) => FRACTIONS.get(x) ?? String(x);

/** An expression with some of its names replaced; not those that a colon makes a key. */
function replaced(expression: string, texts: ReadonlyMap<string, string>): string {
  return expression.replace(/[A-Za-z_]\w*(?!\w|:)/g, (name) => texts.get(name) ?? name);
}

/** What stands for each variable of a computation. */
function textsOf({ computation, use, parameters }: Bound): Map<string, string> {
  const variables = new Set([...Object.keys(computation.try ?? {}), ...Object.keys(use.with ?? {}), "axis"]);
  const texts = new Map<string, string>();
  for (const name of variables) {
    const stands = use.with?.[name] ?? name;
    const value = typeof stands === "number" ? stands : parameters[stands];
    texts.set(name, typeof value === "number" ? numberText(value) : `${stands}`);
  }
  return texts;
}

interface Bound {
  readonly computation: Computation;
  readonly use: Use;
  readonly parameters: Readonly<Record<string, Value>>;
}

/** The options of an op that have a default. */
export type Defaults = (op: string) => Readonly<Record<string, number>>;

/**
 * The call without the options that are what they are anyway, and of which the project has no
 * parameter.
 */
function callText(bound: Bound, texts: ReadonlyMap<string, string>, defaults: Defaults): string {
  const { op, of, options = {} } = bound.computation;
  const given = Object.entries(options).filter(
    ([name, text]) => bound.use.with?.[text] === undefined || bound.use.with[text] !== defaults(op)[name],
  );
  const parts = given.map(([name, text]) => {
    const value = replaced(text, texts);
    return value === name ? name : `${name}: ${value}`;
  });
  const operands = replaced(of, texts);
  return `${op}(${operands}${parts.length > 0 ? `, { ${parts.join(", ")} }` : ""})`;
}

const valueText = (value: Value) => (typeof value === "number" ? numberText(value) : JSON.stringify(value));

/** The ways to use a name for which there is a call. */
export function servedOf({ computations }: Coverage, entry: Entry, defaults: Defaults): Served[] {
  const plain: readonly Case[] = entry.is === undefined ? [] : [{ ...entry, is: entry.is, when: {} }];
  return [...plain, ...(entry.cases ?? [])].map((use) => {
    const computation = computations[use.is];
    if (!computation) throw new Error(`${entry.name}: no computation "${use.is}"`);
    const bound: Bound = { computation, use, parameters: { ...entry.parameters, ...use.when } };
    const variables = textsOf(bound);
    const when = Object.entries(use.when).map(([name, value]) => `${name} = ${valueText(value)}`);
    return { when: when.join(", "), computation, call: callText(bound, variables, defaults), variables };
  });
}
