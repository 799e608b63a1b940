#!/usr/bin/env node
/** The command `wasm-activations`. */
import { closeSync, openSync, writeFileSync } from "node:fs";
import { machine } from "./machine.ts";
import { type Job, measure } from "./measure.ts";
import { HELP, settingsOf, UsageError } from "./options.ts";
import { tables } from "./report.ts";
import { runAll } from "./run.ts";

const USAGE = `wasm-activations: activation functions as WebAssembly SIMD kernels

  npx wasm-activations bench     what each activation costs here; bench --help for its options
`;

/** Before minutes of measuring, rather than after. */
function checkWritable(file: string): void {
  try {
    closeSync(openSync(file, "a"));
  } catch (error) {
    throw new UsageError(`--json: ${(error as Error).message}`);
  }
}

async function bench(args: readonly string[]): Promise<number> {
  const settings = settingsOf(args);
  if (!settings) {
    process.stdout.write(HELP);
    return 0;
  }
  if (settings.json !== undefined) checkWritable(settings.json);
  const results = await runAll(settings, machine(new URL("../package.json", import.meta.url)));
  if (results.rows.length > 0) process.stdout.write(`${tables(results)}\n`);
  if (settings.json !== undefined) writeFileSync(settings.json, `${JSON.stringify(results, undefined, 1)}\n`);
  for (const failure of results.failures) process.stderr.write(`wrong: ${failure}\n`);
  return results.failures.length > 0 ? 1 : 0;
}

async function main([command, ...args]: readonly string[]): Promise<number> {
  switch (command) {
    case "bench":
      return bench(args);
    case "measure":
      process.stdout.write(JSON.stringify(await measure(JSON.parse(args[0] ?? "") as Job)));
      return 0;
    case "--help":
    case "-h":
      process.stdout.write(USAGE);
      return 0;
    default:
      throw new UsageError(
        command === undefined ? `a command is missing\n\n${USAGE}` : `there is no command ${command}\n\n${USAGE}`,
      );
  }
}

// Whoever reads the output may stop early: bench | head.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`wasm-activations: ${error.message}\n`);
  process.exitCode = 2;
}
