/** Several threads, and arrays that are sent from one to another. */
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { ENTRY, printed } from "./fresh.ts";

/** Runs `main` with `start(code)`, which starts a worker, to which the entry is `lib`. */
const program = (main: string) => `
  import { once } from "node:events";
  import { Worker } from "node:worker_threads";
  import * as lib from ${JSON.stringify(ENTRY)};
  const HEAD = 'import { parentPort, workerData } from "node:worker_threads"; import * as lib from ${JSON.stringify(pathToFileURL(ENTRY).href)};';
  const start = (code, workerData) =>
    new Worker(new URL("data:text/javascript," + encodeURIComponent(HEAD + code)), { workerData });
  const said = async (worker) => (await once(worker, "message"))[0];
  ${main}
`;

test("many workers at once have an engine each, and the same results", () => {
  const result = printed(
    [],
    program(`
    const code = \`
      const x = lib.alloc(5000);
      for (let i = 0; i < x.length; i++) x[i] = Math.sin(i) * 9;
      for (let round = 0; round < 20; round++) lib.tanh(lib.silu(x, x), x);
      parentPort.postMessage({ backend: lib.backend, y: x.slice() });
    \`;
    const all = await Promise.all(Array.from({ length: 24 }, () => said(start(code))));
    const [{ y: first }] = all;
    const same = all.filter(({ y }) => y.every((v, i) => Object.is(v, first[i]))).length;
    console.log(JSON.stringify({ same, wasm: all.filter(({ backend }) => backend === "wasm").length }));
    process.exit();
  `),
  );
  expect(result).toEqual({ same: 24, wasm: 24 });
});

test("a posted array of alloc arrives as a copy with its memory; a slice as what it is", () => {
  const result = printed(
    [],
    program(`
    const view = lib.alloc(4).fill(-1);
    const worker = start(\`parentPort.on("message", (x) => {
      lib.relu(x, x);
      parentPort.postMessage({ y: [...x], bytes: x.buffer.byteLength });
    });\`);
    worker.postMessage(view);
    const whole = await said(worker);
    worker.postMessage(view.slice());
    const slice = await said(worker);
    console.log(JSON.stringify({ ys: [whole.y, slice.y], here: [...view], whole: whole.bytes === view.buffer.byteLength, slice: slice.bytes }));
    process.exit();
  `),
  );
  expect(result).toEqual({
    ys: [
      [0, 0, 0, 0],
      [0, 0, 0, 0],
    ],
    here: [-1, -1, -1, -1],
    whole: true,
    slice: 16,
  });
});

test("workers share the work on one SharedArrayBuffer", () => {
  const result = printed(
    [],
    program(`
    const shared = new Float32Array(new SharedArrayBuffer(4 * 40_000)).map((_, i) => Math.sin(i));
    const alone = lib.tanh(shared.slice());
    const code = \`
      const { x, from } = workerData;
      const part = x.subarray(from, from + 10_000);
      lib.tanh(part, part);
      parentPort.postMessage("done");
    \`;
    const x = new Float32Array(new SharedArrayBuffer(4 * 40_000));
    x.set(shared);
    await Promise.all([0, 1, 2, 3].map((k) => said(start(code, { x, from: 10_000 * k }))));
    console.log(JSON.stringify(x.every((y, i) => Object.is(y, alone[i]))));
    process.exit();
  `),
  );
  expect(result).toBe(true);
});
