/** Where the numbers come from. */
import { readFileSync } from "node:fs";
import { arch, availableParallelism, cpus, release, type } from "node:os";

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly os: string;
  readonly arch: string;
  readonly node: string;
  readonly v8: string;
  /** Of this package. */
  readonly package: string;
  readonly date: string;
}

/** @param manifest package.json of the package that is measured */
export function machine(manifest: URL): Machine {
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  return {
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    os: `${type()} ${release()}`,
    arch: arch(),
    node: process.version,
    v8: process.versions.v8 ?? "none",
    package: version,
    date: new Date().toISOString(),
  };
}

export function describeMachine(m: Machine): string {
  return `${m.cpu}, ${m.cores} ${m.cores === 1 ? "core" : "cores"}, ${m.os} ${m.arch}, Node ${m.node} (V8 ${m.v8}), ${m.date.slice(0, 10)}`;
}
