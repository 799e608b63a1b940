/**
 * The example of an AudioWorklet: what comes out in Chromium, and that a block allocates nothing.
 */
import { execFileSync } from "node:child_process";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { barriers, describeInBrowser, Files, launch, open, ROOT } from "./browser.ts";

const EXAMPLE = "/examples/audio-worklet/";

describeInBrowser("sound shaped with tanh", () => {
  let browser: Browser;
  let files: Files;

  beforeAll(async () => {
    browser = await launch();
    files = await Files.serve(ROOT);
  });

  afterAll(async () => {
    await browser?.close();
    files?.close();
  });

  test("a second of sound is tanh of the tone, frame by frame", async () => {
    const { page, complaints } = await open(browser, files.at(EXAMPLE));
    // As text: what is imported in the page is not for the test runner to resolve.
    const sounds = (await page.evaluate(`(async () => {
      const { shaper } = await import("./shaper.js");
      const render = async (drive) => {
        const context = new OfflineAudioContext(2, 48_000, 48_000);
        const tone = new OscillatorNode(context, { frequency: 110 });
        if (drive === undefined) tone.connect(context.destination);
        else tone.connect(await shaper(context, drive)).connect(context.destination);
        tone.start();
        return [...(await context.startRendering()).getChannelData(0)];
      };
      return { plain: await render(), shaped: await render(4) };
    })()`)) as { plain: number[]; shaped: number[] };
    expect(sounds.plain.some((x) => Math.abs(x) > 0.9)).toBe(true);
    const furthest = sounds.shaped.reduce(
      (most, y, i) => Math.max(most, Math.abs(y - Math.tanh(4 * (sounds.plain[i] ?? Number.NaN)))),
      0,
    );
    expect(furthest).toBeLessThan(2 ** -22);
    expect(complaints).toEqual([]);
  });

  test("the page plays, stops, and anybody can use it", async () => {
    const { page, complaints } = await open(browser, files.at(EXAMPLE));
    await page.getByRole("button", { name: "Play" }).click();
    await page.getByRole("button", { name: "Stop" }).waitFor();
    await page.getByRole("slider", { name: "Drive" }).fill("9");
    expect(await page.locator("label span").textContent()).toBe("9");
    await page.getByRole("button", { name: "Stop" }).click();
    await page.getByRole("button", { name: "Play" }).waitFor();
    expect(await barriers(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

describe("the processor", () => {
  /**
   * On its own, with what a worklet has; prints how many bytes of the heap a block took, and how
   * often garbage was collected.
   */
  const program = `
    import { PerformanceObserver } from "node:perf_hooks";
    let Shaper;
    globalThis.AudioWorkletProcessor = class {};
    globalThis.registerProcessor = (_, processor) => { Shaper = processor; };
    await import("./examples/audio-worklet/processor.js");
    const shaper = new Shaper();
    const block = () => [new Float32Array(128).fill(0.5), new Float32Array(128).fill(-0.5)];
    const [inputs, outputs, parameters] = [[block()], [block()], { drive: new Float32Array([4]) }];
    const run = (blocks) => { for (let i = 0; i < blocks; i++) shaper.process(inputs, outputs, parameters); };
    run(100_000);
    await new Promise((resolve) => setTimeout(resolve, 200));
    globalThis.gc();
    const before = process.memoryUsage();
    run(BLOCKS);
    const after = process.memoryUsage();
    console.log(JSON.stringify({ y: outputs[0][0][7], bytes: after.heapUsed - before.heapUsed, buffers: after.arrayBuffers - before.arrayBuffers }));
  `;
  const BLOCKS = 200_000;

  test("a block allocates nothing", () => {
    // A young generation that holds all that a block could leave behind: nothing is collected in
    // between.
    const args = ["--expose-gc", "--max-semi-space-size=64", "--min-semi-space-size=64", "--input-type=module"];
    const out = execFileSync(process.execPath, [...args, "-e", program.replace("BLOCKS", String(BLOCKS))], {
      cwd: ROOT,
      encoding: "utf8",
    });
    const { y, bytes, buffers } = JSON.parse(out) as { y: number; bytes: number; buffers: number };
    expect(y).toBe(Math.fround(Math.tanh(2)));
    // Less where some of an earlier call is collected in between.
    expect(buffers).toBeLessThanOrEqual(0);
    // The smallest object takes 12 bytes; the compiler keeps notes of its own, however many blocks
    // there are.
    expect(bytes / BLOCKS).toBeLessThan(6);
  });
});
