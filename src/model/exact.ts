/**
 * Numbers of hundreds of digits, as formulas of the facts take them. Types only: who evaluates a
 * formula brings the numbers (oracle/exact.ts).
 */
export interface Exact<T> {
  plus(y: T | number | string): T;
  minus(y: T | number | string): T;
  times(y: T | number | string): T;
  div(y: T | number | string): T;
  neg(): T;
  abs(): T;
  sqrt(): T;
  exp(): T;
  ln(): T;
  lt(y: T | number | string): boolean;
  gt(y: T | number | string): boolean;
  lte(y: T | number | string): boolean;
  gte(y: T | number | string): boolean;
}

/** What a formula needs beyond the methods of a number. */
export interface ExactMath<T> {
  readonly pi: T;
  of(x: number | string): T;
  /** 1 / (1 + e^-x). */
  logistic(x: T): T;
  tanh(x: T): T;
  atan(x: T): T;
  sin(x: T): T;
  /** ln(1 + e^x). */
  softplus(x: T): T;
  erf(x: T): T;
  /** 1 - erf x, without cancellation for a reader of the result. */
  erfc(x: T): T;
  /** The one of low, x, high between the two others. */
  clip(x: T, low: T | number, high: T | number): T;
}

/** f(x), written from its definition; a, b, c are the parameters. */
export type ExactFormula = <T extends Exact<T>>(x: T, math: ExactMath<T>, a: T, b: T, c: T) => T;
