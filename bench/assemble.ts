/** From what was measured to a report: all that follows from other figures is worked out here. */
import { factsOf } from "./facts.ts";
import { Costs, mainSize } from "./lookup.ts";
import { DIRECTIONS } from "./measure/job.ts";
import { layersOf, networksOf } from "./networks/networks.ts";
import type { Benched } from "./ops.ts";
import type {
  Accuracy,
  Behaviour,
  CallCost,
  Cost,
  FirstCall,
  Machine,
  Mode,
  OpFacts,
  Products,
  Report,
  Settings,
  Start,
} from "./results.ts";
import { summary } from "./statistics.ts";
import { Evidence } from "./verdicts/claim.ts";
import { type Trials, verdictsOf } from "./verdicts/verdicts.ts";

/** What a run found. */
export interface Found {
  readonly machine: Machine;
  readonly settings: Settings;
  readonly ops: readonly Benched[];
  readonly costs: readonly Cost[];
  readonly baselines: readonly Cost[];
  /** Milliseconds that the import of each entry took, in each process. */
  readonly imports: readonly { readonly importMs: number; readonly jsImportMs: number }[];
  readonly firstCalls: readonly Omit<FirstCall, "steadyMs">[];
  readonly products: Products | null;
  readonly behaviour: readonly Behaviour[];
  readonly accuracy: readonly Accuracy[];
  readonly trials: Trials;
  readonly failures: readonly string[];
}

/**
 * Where plain JavaScript is faster at the length below and slower at the length above, between
 * them; else the first length.
 */
function crossing(pairs: readonly { readonly n: number; readonly ratio: number }[]): number | null {
  const last = pairs.findLastIndex(({ ratio }) => ratio < 1);
  const [below, above] = [pairs[last], pairs[last + 1]];
  if (!above) return null;
  if (!below) return above.n;
  const at = Math.log(1 / below.ratio) / Math.log(above.ratio / below.ratio);
  return Math.ceil(below.n * (above.n / below.n) ** at);
}

/**
 * Calls of several lengths tell from which on the package wins; those of fewer elements than this
 * tell what a call costs.
 */
const SHORT = 64;

function callsOf(costs: Costs, ops: readonly OpFacts[], { modes }: Settings): CallCost[] {
  return ops.flatMap(({ name: op }) =>
    DIRECTIONS.flatMap((direction) =>
      modes.flatMap((mode): CallCost[] => {
        const pairs = costs.sizes.flatMap((n) => {
          const ours = costs.ns(op, { direction, mode, n });
          const js = costs.ns(op, { direction, mode, n, engine: "js" });
          return ours && js ? [{ n, ours, js, ratio: js / ours }] : [];
        });
        const shortest = pairs[0];
        if (!shortest || shortest.n > SHORT) return [];
        const { n, ours, js } = shortest;
        return [{ op, direction, mode, n, ns: n * ours, jsNs: n * js, winsFrom: crossing(pairs) }];
      }),
    ),
  );
}

function startOf({ imports, firstCalls }: Found, costs: Costs, modes: readonly Mode[]): Start | null {
  if (imports.length === 0) return null;
  const mode = modes.includes("out") ? "out" : modes[0];
  const known = firstCalls.flatMap((call): FirstCall[] => {
    const { op, direction, n } = call;
    const ns = mode && costs.nsBetween(op, { direction, mode, n });
    return ns ? [{ ...call, steadyMs: (ns * n) / 1e6 }] : [];
  });
  return {
    importMs: summary(imports.map(({ importMs }) => importMs)),
    jsImportMs: summary(imports.map(({ jsImportMs }) => jsImportMs)),
    firstCalls: known,
  };
}

export function reportOf(found: Found): Report {
  const { machine, settings, products, behaviour, accuracy, trials, failures } = found;
  const ops = found.ops.map(factsOf);
  const costs = new Costs(found);
  // Networks keep their tensors where they are: nothing is copied, if that was measured.
  const mode = settings.modes.includes("alloc") ? "alloc" : (settings.modes[0] ?? "out");
  return {
    format: 2,
    machine,
    settings,
    ops,
    costs: found.costs,
    baselines: found.baselines,
    calls: callsOf(costs, ops, settings),
    start: startOf(found, costs, settings.modes),
    products,
    networks: products ? networksOf(costs, products, ops, mode) : [],
    layers: products ? layersOf(costs, products, ops, mode) : [],
    behaviour,
    accuracy,
    verdicts: verdictsOf(new Evidence(costs, mode, mainSize(settings.sizes), behaviour), trials),
    comparison: null,
    failures,
  };
}
