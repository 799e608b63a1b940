/** The report before anything is measured: the ops, for what needs no measuring. */
import { version } from "../../package.json";
import { reportOf } from "../assemble.ts";
import { ops } from "../ops.ts";
import type { Report } from "../results.ts";

export const EMPTY: Report = reportOf({
  machine: {
    cpu: "unknown",
    cores: 1,
    os: "unknown",
    arch: "unknown",
    runtime: "unknown",
    engine: "unknown",
    package: version,
    date: "",
    clockStepMs: 0,
    backend: "wasm",
  },
  settings: {
    preset: "quick",
    sizes: [],
    modes: [],
    directions: [],
    inputs: [],
    rounds: [0, 0],
    seconds: 0,
    complete: false,
  },
  ops,
  costs: [],
  baselines: [],
  imports: [],
  firstCalls: [],
  products: null,
  behaviour: [],
  accuracy: [],
  trials: {},
  failures: [],
});
