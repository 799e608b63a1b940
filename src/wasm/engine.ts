/** The ops on WebAssembly; where that is missing or forbidden, in plain JavaScript. */
import type { Engine } from "../engine/engine.ts";
import * as js from "../js/engine.ts";
import * as channels from "./channels.ts";
import * as elementwise from "./elementwise.ts";
import * as halves from "./float16.ts";
import * as gates from "./gated.ts";
import * as slopes from "./prelu.ts";
import * as axes from "./rows.ts";
import { runtime } from "./runtime.ts";
import * as samples from "./sampled.ts";

export const backend = runtime ? "wasm" : "js";

export const map: Engine["map"] = (name, formula) =>
  runtime ? elementwise.map(runtime, name, formula.curve) : js.map(name, formula);

export const mapGrad: Engine["mapGrad"] = (name, formula) =>
  runtime ? elementwise.mapGrad(runtime, name, formula.slopeCurve) : js.mapGrad(name, formula);

export const sampled: Engine["sampled"] = (f, wanted, isGradient) =>
  runtime ? samples.sampled(runtime, f, wanted, isGradient) : js.sampled(f, wanted, isGradient);

export const mapHalf: Engine["mapHalf"] = (name, formula) =>
  runtime ? halves.map(runtime, name, formula) : js.mapHalf(name, formula);

export const rows: Engine["rows"] = (name, formula, form, leftOut) =>
  runtime ? axes.rows(runtime, name, form) : js.rows(name, formula, form, leftOut);

export const gated: Engine["gated"] = (name, gateFor) =>
  runtime ? gates.gated(runtime, name) : js.gated(name, gateFor);

export const gatedGrad: Engine["gatedGrad"] = (name, gateFor) =>
  runtime ? gates.gatedGrad(runtime, name) : js.gatedGrad(name, gateFor);

export const layer: Engine["layer"] = (name, formula) =>
  runtime ? channels.layer(runtime, name, formula?.curve) : js.layer(name, formula);

export const layerGrad: Engine["layerGrad"] = (name, formula) =>
  runtime ? channels.layerGrad(runtime, name, formula.slopeCurve) : js.layerGrad(name, formula);

export const sums: Engine["sums"] = (term) => (runtime ? channels.sums(runtime, term) : js.sums(term));

export const prelu: Engine["prelu"] = () => (runtime ? slopes.prelu(runtime) : js.prelu());

export const preluGrad: Engine["preluGrad"] = () => (runtime ? slopes.preluGrad(runtime) : js.preluGrad());

export const prepare: Engine["prepare"] = (names) => {
  for (const name of names) runtime?.main.fill(name);
};

export const alloc: Engine["alloc"] = (length, kind) =>
  runtime ? runtime.arenas.alloc(length, kind) : js.alloc(length, kind);

export const free: Engine["free"] = (view) => (runtime ? runtime.arenas.free(view) : js.free(view));

export const placeOf: Engine["placeOf"] = (array) => (runtime ? runtime.arenas.placeOf(array) : js.placeOf(array));

export const residentPlaceOf: Engine["residentPlaceOf"] = (value) => runtime?.arenas.residentPlaceOf(value);

export const hasPlaces: Engine["hasPlaces"] = () => (runtime ? runtime.arenas.inUse : js.hasPlaces());
