/**
 * Float16Array: `npm run bench:half [-- ops]`, after a build, on a runtime that has the type.
 *
 * Every elementwise op in both directions, softmax and swiglu, at n = 4,096 and 1 Mi, into a given
 * array: ns per element beside the same op on Float32Array and, forward, a plain loop over
 * Float16Array. The calls of a group take turns; the fastest of many batches of each.
 */
import * as lib from "wasm-activations";
import * as table from "../src/activations.generated.ts";
import { describe } from "../src/calls/describe.ts";
import { parametersOf } from "../src/calls/parameters.ts";
import { fastest } from "./fastest.ts";
import { print } from "./kernels.ts";
import { Random } from "./measure/inputs.ts";
import { digits } from "./show/figures.ts";

type Op = (...args: readonly (Float32Array | Float16Array)[]) => unknown;

if (typeof Float16Array === "undefined") {
  console.log(`${process.version} has no Float16Array: run this with Node 24 or later`);
  process.exit(0);
}

const ROUNDS = 30;
/** Elements of a batch. */
const BATCH = 100_000;
const SIZES = [4096, 2 ** 20];
/** Of a plain loop fewer elements are enough. */
const PLAIN = 4096;

const wanted = process.argv.slice(2);
const ops = lib as unknown as Readonly<Record<string, Op>>;
const random = new Random(0x9e3779b9);
const lines: string[][] = [["op", ...SIZES.flatMap((n) => [`n = ${n}`, "float32"]), "plain loop", "made in ms"]];

for (const op of Object.values(table)) {
  const known = describe(op);
  if (!known || (wanted.length > 0 && !wanted.includes(known.name))) continue;
  const { name, kind } = known;
  const inputs = kind === "map" || kind === "row" || kind === "gated" ? 1 : kind === "mapGrad" ? 2 : 0;
  if (inputs === 0 || !ops[name] || (kind === "row" && known.row.reduces)) continue;
  const run = ops[name] as Op;
  const cells: string[] = [];
  let made = Number.NaN;
  for (const n of SIZES) {
    const values = Array.from({ length: inputs }, () => Float32Array.from({ length: n }, () => 3 * random.normal()));
    const halves = values.map((x) => new Float16Array(x));
    const length = kind === "gated" ? n / 2 : n;
    const [out, halfOut] = [new Float32Array(length), new Float16Array(length)];
    if (Number.isNaN(made)) {
      const start = performance.now();
      run(...halves, halfOut);
      made = performance.now() - start;
    }
    const calls = [() => run(...halves, halfOut), () => run(...values, out)];
    cells.push(...fastest(calls, n, Math.max(1, Math.round(BATCH / n)), ROUNDS).map(digits));
  }
  let plain = "";
  if (known.kind === "map") {
    const { value } = known.row;
    const { a, b, c } = parametersOf(known.row);
    const x = new Float16Array(Float32Array.from({ length: PLAIN }, () => 3 * random.normal()));
    const out = new Float16Array(PLAIN);
    const loop = () => {
      for (let i = 0; i < PLAIN; i++) out[i] = value(x[i] as number, a, b, c);
    };
    plain = digits(fastest([loop], PLAIN, 4, ROUNDS)[0]);
  }
  lines.push([name, ...cells, plain, digits(made)]);
}
print(lines);
