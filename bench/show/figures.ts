/** How figures are written, in the terminal, in Markdown and in HTML alike. */
import type { Cost, Machine } from "../results.ts";

/** In place of a figure that is not there, or that the noise does not allow. */
export const NOTHING = "–";

/** Three digits, as many decimals as that takes. */
export function digits(value: number | undefined | null): string {
  if (value === undefined || value === null || !Number.isFinite(value)) return NOTHING;
  const size = Math.abs(value);
  return size >= 100 ? value.toFixed(0) : size >= 10 ? value.toFixed(1) : value.toFixed(2);
}

/**
 * Two digits at most, and none at all, where the median deviation is so large a part of the median.
 */
const TWO_DIGITS = 0.05;
const NO_DIGITS = 0.3;

/** How far the samples of a cost lie apart: their median deviation as a part of the median. */
export function spreadOf({ ns: { median, mad } }: Pick<Cost, "ns">): number {
  return mad / median;
}

/**
 * A value that rests on samples with this spread: with the digits that it bears, "~" if they are
 * less than usual.
 */
export function figure(value: number | undefined, spread: number): string {
  if (value === undefined || !Number.isFinite(value) || spread > NO_DIGITS) return NOTHING;
  return spread > TWO_DIGITS ? `~${rough(value)}` : digits(value);
}

/** How often the one cost is the other's, if the noise of both allows it. */
export function ratioText(one: Cost | undefined, other: Cost | undefined): string {
  return one && other ? figure(one.ns.median / other.ns.median, spreadOf(one) + spreadOf(other)) : NOTHING;
}

function rough(value: number): string {
  const size = Math.abs(value);
  if (size >= 10) return Number(value.toPrecision(2)).toFixed(0);
  return value.toFixed(size >= 1 ? 1 : 2);
}

/** "4,096"; powers of two from 2^16 on as "64 Ki", "1 Mi". */
export function sizeText(n: number): string {
  if (n >= 2 ** 20 && n % 2 ** 20 === 0) return `${n / 2 ** 20} Mi`;
  if (n >= 2 ** 14 && n % 2 ** 10 === 0) return `${n / 2 ** 10} Ki`;
  return n.toLocaleString("en");
}

export function percent(share: number | undefined): string {
  if (share === undefined || !Number.isFinite(share)) return NOTHING;
  const value = 100 * share;
  // From 0.95 on one digit alone would be the 1 of 1 %.
  return `${value === 0 || value >= 10 ? value.toFixed(0) : value >= 0.95 ? value.toFixed(1) : value.toPrecision(1)} %`;
}

export function describeMachine({ cpu, cores, os, arch, runtime, engine, date }: Machine): string {
  return `${cpu}, ${cores} ${cores === 1 ? "core" : "cores"}, ${os} ${arch}, ${runtime} (${engine}), ${date.slice(0, 10)}`;
}
