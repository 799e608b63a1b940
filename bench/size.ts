/**
 * What the package weighs: tarball, binary, and what a bundler makes of an import.
 * `npm run bench:size`, after a build.
 *
 * `-- --readme` writes the README's sentence. `-- --tarball BYTES` and `--wasm BYTES` set limits:
 * beyond them the exit status is 1.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { bundled, readmeWithSizes } from "./bundled.ts";
import { YARDSTICK } from "./lookup.ts";
import { aligned } from "./show/terminal.ts";

interface Packed {
  readonly size: number;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string; readonly size: number }[];
}

function bytes(n: number): string {
  return n.toLocaleString("en");
}

function compressed(what: string, data: Uint8Array): string[] {
  const packed = [data, gzipSync(data, { level: 9 }), brotliCompressSync(data)];
  return [what, ...packed.map(({ length }) => bytes(length))];
}

const npm = ["pack", "--dry-run", "--json", "--ignore-scripts"];
const [pack] = JSON.parse(
  execFileSync("npm", npm, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
) as Packed[];
if (!pack) throw new Error("npm pack tells nothing");

const files = pack.files.filter(({ path }) => /^dist\/[^/]+$/.test(path));
const imports = ["", "/js"].flatMap((entry) => [
  `import { ${YARDSTICK} } from "wasm-activations${entry}"`,
  `import * as all from "wasm-activations${entry}"`,
]);
const lines = [
  ["file", "bytes", "gzip", "brotli"],
  ...files.map(({ path }) => compressed(path, readFileSync(path))),
  ["", "", "", ""],
  ["bundled by esbuild, minified", "", "", ""],
];
for (const line of imports) {
  // Used, or it would be dropped.
  lines.push(compressed(line, await bundled(`${line}; globalThis.used = ${line.includes("*") ? "all" : YARDSTICK};`)));
}
process.stdout.write(
  `tarball ${bytes(pack.size)} bytes, installed ${bytes(pack.unpackedSize)} bytes in ${pack.files.length} files\n\n${aligned(lines).join("\n")}\n`,
);

const { values: limits } = parseArgs({
  options: { tarball: { type: "string" }, wasm: { type: "string" }, readme: { type: "boolean" } },
});
const weights = { tarball: pack.size, wasm: readFileSync("dist/kernels.wasm").length };
for (const what of ["tarball", "wasm"] as const) {
  const limit = Number(limits[what] ?? Infinity);
  if (weights[what] <= limit) continue;
  process.stderr.write(`${what}: ${bytes(weights[what])} bytes, expected at most ${bytes(limit)}\n`);
  process.exitCode = 1;
}

if (limits.readme) writeFileSync("README.md", await readmeWithSizes(readFileSync("README.md", "utf8")));
