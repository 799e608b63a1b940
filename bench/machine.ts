/** Where the numbers come from. */
import { readFileSync } from "node:fs";
import { arch, availableParallelism, cpus, release, type } from "node:os";
import { clockStep } from "./measure/clock.ts";
import type { Machine } from "./results.ts";

/** @param manifest package.json of the package that is measured */
export function machine(manifest: URL): Machine {
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  const { bun, deno, v8 } = process.versions;
  const runtime = bun ? `Bun ${bun}` : deno ? `Deno ${deno}` : `Node ${process.versions.node}`;
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    os: `${type()} ${release()}`,
    arch: arch(),
    runtime,
    engine: v8 && !bun ? `V8 ${v8}` : "unknown",
    package: version,
    date: new Date().toISOString(),
    clockStepMs: clockStep(),
    // The processes that measure fail where it is not.
    backend: "wasm",
  };
}
