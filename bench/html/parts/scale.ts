/**
 * Positions along an axis, and its ticks.
 *
 * Positions are percents, not pixels: a chart is as wide as its place, its text keeps its size,
 * nothing is measured.
 */

export interface Scale {
  /** Percents of the length, from the low end. */
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
}

const hundredth = (x: number) => Math.round(100 * x) / 100;

/** From low to high by a step of 1, 2 or 5 times a power of ten. */
export function linearScale(low: number, high: number, about = 5): Scale {
  const rough = (high - low) / about;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= rough) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return {
    at: (value) => hundredth((100 * (value - low)) / (high - low)),
    ticks: Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12))),
  };
}

/**
 * Over all positive values, a little wider; ticks at 1, 2, 5 or at powers of ten, at most about as
 * many.
 */
export function logScale(values: readonly number[], about = 6): Scale {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value));
  const low = Math.log10(Math.min(...positive)) - 0.06;
  const high = Math.log10(Math.max(...positive)) + 0.06;
  const within = (factors: readonly number[], stride: number) => {
    const ticks: number[] = [];
    for (let power = Math.floor(low / stride) * stride; power <= high; power += stride) {
      for (const factor of factors) ticks.push(Number((factor * 10 ** power).toPrecision(3)));
    }
    return ticks.filter((tick) => Math.log10(tick) >= low && Math.log10(tick) <= high);
  };
  const candidates = [within([1, 2, 5], 1), within([1, 3], 1), ...[1, 2, 3, 4].map((stride) => within([1], stride))];
  return {
    at: (value) => hundredth((100 * (Math.log10(value) - low)) / (high - low)),
    ticks: candidates.find(({ length }) => length <= about) ?? [],
  };
}
