/** The example of docs/tensorflow.md runs, and the page names each kernel that is replaced. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { erf, softmax } from "wasm-activations";
import { fileOf } from "../../scripts/files.ts";
import { KERNELS } from "../../src/tfjs/kernels.ts";

const page = readFileSync(fileOf("docs/tensorflow.md"), "utf8");

test("the example prints their erf, ours, our softmax, their erf", () => {
  const example = /```js\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
  const printed = execFileSync(process.execPath, ["--no-warnings", "--input-type=module", "-e", example], {
    cwd: fileOf(""),
    encoding: "utf8",
    // Its greeting.
    stdio: ["ignore", "pipe", "ignore"],
  });
  const x = new Float32Array([-2, -0.5, 1e-30, 3]);
  const [before, ours, row, after] = printed.trim().split("\n");
  expect([ours, row]).toEqual([[...erf(x)].join(), [...softmax(x)].join()]);
  expect(Number(before?.split(",")[2])).toBeCloseTo(1e-9, 12);
  expect(after).toBe(before);
});

test("the table has each kernel once", () => {
  const named = [...page.matchAll(/^\| (`.*?) \|/gm)].flatMap(([, cell = ""]) => cell.replaceAll("`", "").split(", "));
  const fused = ["_FusedMatMul", "FusedConv2D", "FusedDepthwiseConv2D"];
  expect(named.sort()).toEqual([...Object.keys(KERNELS), ...fused].sort());
});
