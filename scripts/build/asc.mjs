/**
 * Compiles AssemblyScript and hoists the constants: `files` -> build/NAME.plain.wasm,
 * build/NAME.plain.wat, build/NAME.wasm.
 */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { hoistModule } from "./hoist.mjs";

export function compile(name, files) {
  const plain = `build/${name}.plain`;
  const asc = spawnSync(
    process.execPath,
    ["node_modules/assemblyscript/bin/asc.js", ...files, "--outFile", `${plain}.wasm`, "--textFile", `${plain}.wat`],
    { encoding: "utf8" },
  );
  // A warning is an error: AS228 for one says that a method became a virtual call.
  if (asc.status !== 0 || asc.stderr.trim() !== "") throw new Error(`asc:\n${asc.stderr}`);
  const { memoryBase } = JSON.parse(readFileSync("asconfig.json", "utf8")).options;
  writeFileSync(`build/${name}.wasm`, hoistModule(readFileSync(`${plain}.wasm`), memoryBase));
}
