/** The HTML file without a browser: its size, what it refers to, and the numbers that it keeps. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { DATA } from "../bench/html/document.ts";
import { type Packed, pack, unpack } from "../bench/html/pack.ts";
import type { Cost, Report } from "../bench/results.ts";
import { ROOT } from "./browser.ts";

/** As many ops, sizes and sections as a real one has. */
const report = JSON.parse(run("bench/print-sample.ts")) as Report;

const folder = mkdtempSync(join(tmpdir(), "html-"));
const [json, html] = [join(folder, "report.json"), join(folder, "report.html")];

function run(...args: readonly string[]): string {
  return execFileSync(process.execPath, ["scripts/run.mjs", ...args], {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const most = (costs: readonly Cost[], of: (cost: Cost) => number) =>
  costs.map((cost, i) => Math.abs(of(cost) / of(report.costs[i] as Cost) - 1)).reduce((a, b) => Math.max(a, b), 0);

test("packed costs come out again, to four digits, and packing twice changes nothing", () => {
  const { costs, ...rest } = unpack(pack(report));
  expect(costs.map(({ ns, gbPerSecond, ...cost }) => cost)).toEqual(
    report.costs.map(({ ns, gbPerSecond, ...cost }) => cost),
  );
  expect(most(costs, ({ ns }) => ns.median)).toBeLessThan(1e-3);
  expect(most(costs, ({ gbPerSecond }) => gbPerSecond)).toBeLessThan(1e-3);
  expect(most(costs, ({ ns }) => ns.p99)).toBeLessThan(1e-2);
  expect(rest.ops).toEqual(report.ops);
  expect(pack({ costs, ...rest })).toEqual(pack(report));
});

test("the file is below 400 KB, refers to nothing, and keeps the numbers", () => {
  writeFileSync(json, JSON.stringify(report));
  run("bench/html/file.ts", json, html);
  const text = readFileSync(html, "utf8");
  expect(Buffer.byteLength(text)).toBeLessThan(400_000);
  const markup = text.slice(0, text.indexOf("<script"));
  expect(markup).not.toMatch(/NaN|undefined|\[object|Infinity%/);
  expect(text).not.toMatch(/<(link|img|iframe|script)[^>]* (src|href)=/);
  const kept = new RegExp(`id="${DATA}">([^<]*)<`).exec(text)?.[1] ?? "";
  expect(JSON.parse(gunzipSync(Buffer.from(kept, "base64")).toString()) as Packed).toEqual(pack(report));
});
