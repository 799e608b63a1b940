/**
 * The browser page and the HTML file, in Chromium: a run, the controls, small and dark screens, no
 * WebAssembly.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Packed, pack, unpack } from "../bench/html/pack.ts";
import type { Report } from "../bench/results.ts";
import { barriers, describeInBrowser, Files, launch, open, overflow, ROOT, smallestText } from "./browser.ts";

/** On a machine with other work a run of half a minute takes several. */
const RUN = 600_000;

const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 360, height: 740 };
const SCREENS: readonly (BrowserContextOptions & { readonly name: string })[] = [
  { name: "wide and light", viewport: WIDE, colorScheme: "light" },
  { name: "a dark phone", viewport: PHONE, colorScheme: "dark" },
];

/** All that the page needs, and no 'wasm-unsafe-eval'. */
const STRICT =
  "default-src 'none'; script-src 'self'; style-src 'self'; worker-src 'self'; connect-src 'self'; img-src data:";

const script = (...args: readonly string[]) =>
  execFileSync(process.execPath, ["scripts/run.mjs", ...args], { cwd: ROOT });

const kept = async (page: Page): Promise<Report> => {
  const text = await page.evaluate(() => localStorage.getItem("wasm-activations report"));
  return unpack(JSON.parse(text ?? "null") as Packed);
};

const start = (page: Page) => page.getByRole("button", { name: /^Measure/ }).click();
const ended = (page: Page) => page.getByText("Your last run").waitFor({ timeout: RUN });
const measuredOps = (page: Page, atLeast: number) =>
  page.waitForFunction((count) => document.querySelectorAll("#cost .rows .dot").length >= count, atLeast, {
    timeout: RUN,
  });

describeInBrowser("the browser page", () => {
  let browser: Browser;
  let files: Files;
  let strict: Files;
  let page: Page;
  let complaints: readonly string[];
  let report: Report;

  beforeAll(async () => {
    script("bench/page/build.ts");
    browser = await launch();
    files = await Files.serve(`${ROOT}build/page`);
    strict = await Files.serve(`${ROOT}build/page`, { "content-security-policy": STRICT });
    ({ page, complaints } = await open(browser, files.at("/"), { viewport: WIDE }));
    await start(page);
    await ended(page);
    report = await kept(page);
  }, RUN);

  afterAll(async () => {
    await browser?.close();
    files?.close();
    strict?.close();
  });

  test("a run measures every op, on both engines, with results that are right", () => {
    const names = report.ops.map(({ name }) => name);
    const measured = (engine: string) =>
      new Set(report.costs.filter((cost) => cost.engine === engine).map(({ op }) => op));
    expect([...measured("wasm")].sort()).toEqual([...names].sort());
    expect([...measured("js")].sort()).toEqual([...names].sort());
    expect(report.failures).toEqual([]);
    expect(report.settings.complete).toBe(true);
    expect(report.machine.backend).toBe("wasm");
    expect(report.machine.clockStepMs).toBeGreaterThan(0);
    for (const { ns } of report.costs) expect(ns.median).toBeGreaterThan(0);
  });

  test("the bits are those of everywhere", () => {
    expect(report.accuracy.length).toBeGreaterThan(report.ops.length);
    expect(report.accuracy.filter(({ sameBits }) => sameBits !== true)).toEqual([]);
  });

  test("behaviour and claims follow", () => {
    expect(report.behaviour.map(({ op }) => op)).toEqual(
      report.ops.filter(({ shape }) => shape === "map").map(({ name }) => name),
    );
    expect(report.verdicts.filter(({ outcome }) => outcome !== "unknown").length).toBeGreaterThan(5);
    expect(report.products?.gflops).toBeGreaterThan(0);
  });

  test("a slider moves its curve", async () => {
    await page.locator("#two select").first().selectOption("silu");
    const curve = page.locator("#two .hue1 path.line");
    const [before, label] = [await curve.getAttribute("d"), page.locator("#two .slider b")];
    await page.getByLabel("beta of silu").focus();
    for (let i = 0; i < 5; i++) await page.keyboard.press("ArrowRight");
    await expect.poll(() => label.textContent()).not.toBe("1");
    expect(await curve.getAttribute("d")).not.toBe(before);
  });

  test("two ops are compared, and a link opens the same view", async () => {
    await page.locator("#two select").nth(0).selectOption("gelu");
    await page.locator("#two select").nth(1).selectOption("geluTanh");
    const title = page.locator("#two figcaption strong");
    await expect
      .poll(() => title.textContent())
      .toMatch(/gelu(Tanh)? costs .* as much as gelu(Tanh)?; the two differ by/);
    await page.getByLabel("As multiples of relu").check();
    const address = page.url();
    expect(address).toContain("#");
    const { page: other, complaints: others } = await open(browser, address);
    await expect.poll(() => other.locator("#two select").nth(1).inputValue()).toBe("geluTanh");
    expect(others).toEqual([]);
    await other.context().close();
  });

  test("tables sort, and charts have their numbers", async () => {
    const table = page.getByRole("region", { name: "Behaviour of each op" });
    const head = table.getByRole("button", { name: "cost" });
    await head.click();
    await expect.poll(() => table.locator("th[aria-sort]").getAttribute("aria-sort")).toBe("ascending");
    expect(await table.locator("tbody th").first().textContent()).not.toBe("celu");
    for (const summary of await page.locator("summary").all()) await summary.click();
    expect(await page.locator("details[open] table").count()).toBe(await page.locator("details").count());
  });

  test("the last run is there on the next visit", async () => {
    await page.reload();
    await page.getByText("Your last run").waitFor();
    expect(await kept(page)).toEqual(report);
  });

  test(
    "a run can be paused and stopped",
    async () => {
      const { page: other, complaints: others } = await open(browser, files.at("/"));
      await start(other);
      await measuredOps(other, 2);
      await other.getByRole("button", { name: "Pause" }).click();
      await other.getByText("Paused before").waitFor();
      expect(await barriers(other)).toEqual([]);
      await other.getByRole("button", { name: "Go on" }).click();
      await other.getByText("Measuring").waitFor();
      await other.getByRole("button", { name: "Stop" }).click();
      await other.getByText("stopped before its end").waitFor();
      expect((await kept(other)).settings.complete).toBe(false);
      await start(other);
      await measuredOps(other, 2);
      await other.reload();
      await other.getByText("stopped before its end").waitFor();
      expect(others).toEqual([]);
      await other.context().close();
    },
    RUN,
  );

  test(
    "where WebAssembly is forbidden it says so and measures plain JavaScript",
    async () => {
      const { page: other, complaints: others } = await open(browser, strict.at("/"));
      await start(other);
      await other.getByRole("status").filter({ hasText: "missing or forbidden here" }).waitFor({ timeout: RUN });
      await measuredOps(other, 5);
      await other.getByRole("button", { name: "Stop" }).click();
      await other.getByText("stopped before its end").waitFor();
      const found = await kept(other);
      expect(found.machine.backend).toBe("js");
      expect(new Set(found.costs.map(({ engine }) => engine))).toEqual(new Set(["js"]));
      expect(found.failures).toEqual([]);
      expect(await other.locator(".sentence").textContent()).toContain("plain JavaScript");
      expect(others.filter((complaint) => !complaint.includes("WebAssembly"))).toEqual([]);
      await other.context().close();
    },
    RUN,
  );

  test("nothing was complained about", () => {
    expect(complaints).toEqual([]);
  });

  for (const { name, ...screen } of SCREENS) {
    test(`anybody can read it: ${name}`, async () => {
      const { page: other } = await open(browser, files.at("/"), screen);
      await other.evaluate(([key, text]) => localStorage.setItem(key, text), [
        "wasm-activations report",
        JSON.stringify(pack(report)),
      ] as const);
      await other.reload();
      await other.getByText("Your last run").waitFor();
      expect(await barriers(other)).toEqual([]);
      expect(await overflow(other)).toBe(0);
      expect(await smallestText(other)).toBeGreaterThanOrEqual(12);
      await other.context().close();
    });
  }

  describe("the HTML file", () => {
    let folder: string;
    let address: string;

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), "report-"));
      const [json, html] = [join(folder, "report.json"), join(folder, "report.html")];
      writeFileSync(json, JSON.stringify(report));
      script("bench/html/file.ts", json, html);
      address = pathToFileURL(html).href;
      expect(statSync(html).size).toBeLessThan(400_000);
    });

    afterAll(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    test("it needs nothing else, and hands out its numbers", async () => {
      const { page: file, complaints: others } = await open(browser, "about:blank", {
        permissions: ["clipboard-read", "clipboard-write"],
      });
      const requested: string[] = [];
      file.on("request", (request) => requested.push(request.url()));
      await file.goto(address);
      await file.getByRole("button", { name: "Copy all numbers as JSON" }).click();
      await file.getByText("Copied", { exact: true }).waitFor();
      const copied = JSON.parse(await file.evaluate(() => navigator.clipboard.readText())) as Report;
      expect(copied).toEqual(report);
      await file.getByLabel("As multiples of relu").check();
      await expect.poll(() => file.url()).toBe(`${address}#relative=1`);
      expect(requested).toEqual([address]);
      expect(others).toEqual([]);
      await file.context().close();
    });

    test("all charts are there without scripts", async () => {
      const { page: file } = await open(browser, address, { javaScriptEnabled: false });
      expect(await file.locator("#cost .rows .dot").count()).toBe(report.ops.length);
      expect(await file.locator(".sentence").textContent()).toContain("per element");
      await file.context().close();
    });

    for (const { name, ...screen } of SCREENS) {
      test(`anybody can read it: ${name}`, async () => {
        const { page: file } = await open(browser, address, screen);
        expect(await barriers(file)).toEqual([]);
        expect(await overflow(file)).toBe(0);
        await file.context().close();
      });
    }
  });
});
