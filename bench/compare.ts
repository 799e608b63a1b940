/** What changed since an earlier report, beyond the noise. */
import { keyOf } from "./lookup.ts";
import type { Change, Comparison, Cost, Report } from "./results.ts";

/** Whatever the samples say: processes differ by as much. */
const LEAST_CHANGE = 0.1;
/** In median deviations of the two, added. */
const DEVIATIONS = 3;

const spread = ({ ns: { median, mad } }: Cost) => mad / median;

export function compare(report: Report, earlier: Report): Comparison {
  const before = new Map(earlier.costs.map((cost) => [keyOf(cost), cost]));
  const pairs = report.costs.flatMap((cost) => {
    const old = before.get(keyOf(cost));
    return old ? [{ old, cost }] : [];
  });
  const calm = pairs.filter(({ old, cost }) => ![old, cost].some(({ flags }) => flags.includes("noisy")));
  const sizeOf = ({ before: b, after }: Change) => Math.abs(Math.log(after / b));
  const changes = calm
    .filter(({ old, cost }) => {
      const change = Math.abs(Math.log(cost.ns.median / old.ns.median));
      return change > Math.max(LEAST_CHANGE, DEVIATIONS * (spread(old) + spread(cost)));
    })
    .map(({ old, cost: { op, direction, engine, mode, inputs, n, ns } }) => {
      return { op, direction, engine, mode, inputs, n, before: old.ns.median, after: ns.median };
    })
    .sort((one, other) => sizeOf(other) - sizeOf(one));
  const [here, there] = [report.machine, earlier.machine];
  return {
    package: there.package,
    date: there.date,
    sameMachine: here.cpu === there.cpu && here.runtime === there.runtime && here.engine === there.engine,
    compared: pairs.length,
    noisy: pairs.length - calm.length,
    changes,
  };
}
