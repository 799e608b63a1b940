/** How much the page measures. */
import { type Benched, ops } from "../ops.ts";
import type { Settings } from "../options.ts";
import type { Engine } from "../results.ts";
import type { Surroundings } from "./tasks.ts";

export type Preset = "quick" | "default" | "full";

const PRESETS = {
  quick: { sizes: [4096], directions: ["forward"], rounds: 1 },
  default: { sizes: [16, 4096, 1_048_576], directions: ["forward", "gradient"], rounds: 1 },
  full: { sizes: [1, 16, 256, 4096, 65_536, 1_048_576, 4_194_304], directions: ["forward", "gradient"], rounds: 2 },
} as const;

export const PRESET_TEXT: Record<Preset, string> = {
  quick: "quick: forward, one size",
  default: "standard: with gradients, three sizes",
  full: "full: seven sizes, two rounds",
};

/** Per case and round. */
const MILLISECONDS = 20;

export function settingsOf(preset: Preset, backend: Engine): Settings {
  return {
    preset,
    type: "float32",
    ops,
    ...PRESETS[preset],
    // Plain JavaScript has no memory of its own.
    modes: backend === "wasm" ? ["alloc", "out"] : ["out"],
    inputs: ["normal"],
    milliseconds: MILLISECONDS,
    budget: undefined,
    // They are those of the kernels.
    bits: backend === "wasm",
    files: {},
    baseline: undefined,
  };
}

/** The best-known ones are those that most frameworks have: their answer comes within seconds. */
const FIRST_OPS = 10;
const FIRST_MILLISECONDS = 5;

const frameworksOf = ({ known: { row } }: Benched) => Object.keys((row.about || undefined)?.names ?? {}).length;

export function firstSettingsOf({ backend }: Surroundings): Settings {
  const settings = settingsOf("quick", backend);
  return {
    ...settings,
    ops: [...ops].sort((one, other) => frameworksOf(other) - frameworksOf(one)).slice(0, FIRST_OPS),
    modes: settings.modes.slice(0, 1),
    milliseconds: FIRST_MILLISECONDS,
  };
}
