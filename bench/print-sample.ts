/** Prints the made-up report: `node scripts/run.mjs bench/print-sample.ts > build/sample.json`. */
import { sample } from "./sample.ts";

process.stdout.write(`${JSON.stringify(sample, undefined, 1)}\n`);
