/** Medians and spreads. */
import type { Sample } from "./results.ts";

/** The value below which the fraction q of the sorted samples lies, interpolated. */
export function quantile(sorted: readonly number[], q: number): number {
  const at = (sorted.length - 1) * q;
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}

export function sorted(samples: readonly number[]): number[] {
  return [...samples].sort((a, b) => a - b);
}

export function median(samples: readonly number[]): number {
  return quantile(sorted(samples), 0.5);
}

export function summary(samples: readonly number[]): Sample {
  const ordered = sorted(samples);
  const middle = quantile(ordered, 0.5);
  return {
    median: middle,
    p99: quantile(ordered, 0.99),
    mad: median(ordered.map((s) => Math.abs(s - middle))),
    count: samples.length,
  };
}

export function geometricMean(ratios: readonly number[]): number {
  return Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
}
