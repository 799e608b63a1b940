/** Which process measures what. */
import { COPY, mainSize, YARDSTICK } from "../lookup.ts";
import { type Case, DIRECTIONS, ENGINES } from "../measure/job.ts";
import { type Benched, opNamed } from "../ops.ts";
import type { Settings } from "../options.ts";
import type { Direction, Engine, Mode } from "../results.ts";

/** All cases of one op on one engine. */
export interface Plan {
  readonly op: string;
  readonly engine: Engine;
  readonly cases: readonly Case[];
  readonly baseline: boolean;
}

/**
 * Plain JavaScript has no memory of its own, so its alloc and out are the same call: measured once,
 * reported as both.
 */
export function measuredModes(engine: Engine, modes: readonly Mode[]): readonly Mode[] {
  return engine === "js" && modes.includes("out") ? modes.filter((mode) => mode !== "alloc") : modes;
}

/** The modes that a measured one stands for. */
export function reportedModes(engine: Engine, mode: Mode, modes: readonly Mode[]): readonly Mode[] {
  return engine === "js" && mode === "out" && modes.includes("alloc") ? ["alloc", "out"] : [mode];
}

function casesOf(directions: readonly Direction[], engine: Engine, settings: Settings): Case[] {
  const { sizes, inputs } = settings;
  const [standard = "normal", ...others] = inputs;
  const modes = measuredModes(engine, settings.modes);
  return directions.flatMap((direction) => [
    ...modes.flatMap((mode) => sizes.map((n) => ({ direction, mode, inputs: standard, n }))),
    // Other inputs in one situation only: what matters is whether they cost more.
    ...(direction === "forward" ? others : []).map((set) => ({
      direction,
      mode: modes[0] ?? "out",
      inputs: set,
      n: mainSize(sizes),
    })),
  ]);
}

/** In groups: one after the other, within a group the processes take turns. */
export function plansOf(settings: Settings): readonly (readonly Plan[])[] {
  const { ops, directions } = settings;
  const plan = (op: string, wanted: readonly Direction[], engine: Engine, baseline: boolean): Plan => ({
    op,
    engine,
    cases: casesOf(wanted, engine, baseline ? { ...settings, inputs: settings.inputs.slice(0, 1) } : settings),
    baseline,
  });
  const yardstick = opNamed(YARDSTICK);
  const compared = yardstick && !ops.includes(yardstick) ? [COPY, yardstick.name] : [COPY];
  const directionsOf = ({ gradient }: Benched) =>
    DIRECTIONS.filter((direction) => directions.includes(direction) && (direction === "forward" || gradient));
  return [
    compared.map((op) => plan(op, ["forward"], "wasm", true)),
    ...ops.map((op) => ENGINES.map((engine) => plan(op.name, directionsOf(op), engine, false))),
  ];
}
