/** Child processes: what only a fresh one can show. */
import { execFileSync, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The built entries, as a file to import. */
export const ENTRY = fileURLToPath(new URL("../dist/index.js", import.meta.url));
export const JS_ENTRY = fileURLToPath(new URL("../dist/js.js", import.meta.url));

/**
 * Runs a module, to which the entry is `lib`, in a fresh process and gives what it prints as JSON.
 */
export function inFreshProcess(flags: readonly string[], code: string, entry = ENTRY): unknown {
  const program = `import * as lib from ${JSON.stringify(entry)};\n${code}`;
  return printed(flags, program);
}

/** Runs a module in a fresh process and gives what it prints as JSON. */
export function printed(flags: readonly string[], program: string, timeout?: number): unknown {
  const options = { encoding: "utf8", maxBuffer: 2 ** 28, ...(timeout === undefined ? {} : { timeout }) } as const;
  return JSON.parse(execFileSync(process.execPath, [...flags, "--input-type=module", "-e", program], options));
}

/** What a module that fails writes to a pipe as its errors. */
export function errorsOf(program: string): string {
  return spawnSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" }).stderr;
}

/** What a module prints as JSON in a process that may have so many KiB of address space. */
export function withAddressSpace(kib: number, program: string): unknown {
  const command = `ulimit -v ${kib} && exec "$0" --input-type=module -e "$1"`;
  return JSON.parse(execFileSync("bash", ["-c", command, process.execPath, program], { encoding: "utf8" }));
}
