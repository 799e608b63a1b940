/**
 * What the report works out: held against the table, against mathematics, and against what was
 * published.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import * as library from "wasm-activations";
import { shapeOf } from "../bench/behaviour/curve.ts";
import { layersOf } from "../bench/behaviour/layers.ts";
import { elementwise } from "../bench/behaviour/subject.ts";
import { train } from "../bench/behaviour/training.ts";
import { compare } from "../bench/compare.ts";
import { Costs } from "../bench/lookup.ts";
import type { Library } from "../bench/measure/measure.ts";
import { ARCHITECTURES } from "../bench/networks/networks.ts";
import { productsOf } from "../bench/networks/products.ts";
import { type Benched, formulasOf, opNamed, ops } from "../bench/ops.ts";
import type { Cost } from "../bench/results.ts";
import { sample } from "../bench/sample.ts";
import { figure } from "../bench/show/figures.ts";
import { markdown } from "../bench/show/markdown.ts";
import { sectionsOf } from "../bench/show/sections.ts";
import { styleFor, terminal } from "../bench/show/terminal.ts";
import { Evidence } from "../bench/verdicts/claim.ts";
import { CLAIMS, trialsOf, verdictsOf } from "../bench/verdicts/verdicts.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const built = library as unknown as Library;

function subjectOf(op: Benched) {
  const subject = elementwise(built, op);
  if (!subject) throw new Error(`${op.name} is not elementwise`);
  return subject;
}

const named = (name: string) => subjectOf(opNamed(name) as Benched);

describe("behaviour", () => {
  const rows = ops.flatMap((op) => {
    const about = op.known.kind === "map" && op.known.row.about;
    return about ? [{ name: op.name, op, about }] : [];
  });

  test.each(rows)("of $name is what the table says", ({ op, about }) => {
    const { range, kinks, smooth, monotone } = shapeOf(subjectOf(op));
    const bounded = range.map((end, i) => end ?? (i === 0 ? -Infinity : Infinity));
    for (const [i, end] of bounded.entries()) {
      if (Number.isFinite(end)) expect(end).toBeCloseTo(about.range[i] as number, 4);
      else expect(end).toBe(about.range[i]);
    }
    expect(monotone).toBe(about.monotone);
    expect(smooth).toBe(about.smooth);
    const known = (op.known.kind === "map" && about.kinks?.(...formulasOf(op.known).parameters)) || [];
    expect(kinks.map(({ x }) => Number(x.toFixed(3)))).toEqual(known.map(({ x }) => Number(x.toFixed(3))));
  });

  test("of relu for N(0, 1) is that of a half-normal distribution", () => {
    const { mean, variance, flatShare, steepest } = shapeOf(named("relu"));
    expect(mean).toBeCloseTo(1 / Math.sqrt(2 * Math.PI), 2);
    expect(variance).toBeCloseTo(0.5 - 1 / (2 * Math.PI), 2);
    expect(flatShare).toBeCloseTo(0.5, 2);
    expect(steepest.slope).toBe(1);
  });

  test("through layers: a linear one keeps the gradient, sigmoid loses it", () => {
    const [linear, sigmoid] = ["linear", "sigmoid"].map((name) => layersOf(named(name)).gradientGains);
    for (const { factor } of linear ?? []) expect(Math.abs(Math.log(factor ?? 0))).toBeLessThan(1);
    expect(sigmoid?.map(({ factor }) => (factor ?? 1) < 0.01)).toEqual([false, true, true]);
  });

  test("after training: what is not linear learns, what has a slope everywhere does not die", () => {
    expect(train(built, named("linear")).accuracy).toBeLessThan(0.75);
    for (const name of ["relu", "leakyRelu", "tanh"]) expect(train(built, named(name)).accuracy).toBeGreaterThan(0.95);
    expect(train(built, named("relu"), 0.3).deadAfter).toBeGreaterThan(0);
    expect(train(built, named("leakyRelu"), 0.3).deadAfter).toBe(0);
  });
});

describe("networks", () => {
  // Multiply-adds as published: of ResNet-50 3.8 billion, of MobileNetV3-Large 219 million, and of
  // a Llama of 8.03 billion parameters one for each that is not in the table of embeddings.
  test.each([
    { name: "ResNet-50", multiplyAdds: 3.8e9, tensors: 49 },
    { name: "MobileNetV3-Large", multiplyAdds: 219e6, tensors: 32 },
    { name: "Llama-like, 8 B", multiplyAdds: 8.03e9 - 128256 * 4096, tensors: 32 },
  ])("$name is as large as published", ({ name, multiplyAdds, tensors }) => {
    const found = ARCHITECTURES.find((architecture) => architecture.name === name);
    expect(found?.tensors.length).toBe(tensors);
    expect((found?.multiplyAdds ?? 0) / multiplyAdds).toBeCloseTo(1, 1);
  });

  test("the matrix product is right, and has a speed, as have the steps after it", () => {
    const binary = Uint8Array.from(readFileSync(`${root}dist/products.wasm`));
    const { gflops, vectorGflops, biasNs, batchNormNs, fused } = productsOf(binary, library, ["relu", "tanh"], 1);
    for (const figure of [gflops, vectorGflops, biasNs, batchNormNs]) expect(figure).toBeGreaterThan(0);
    expect(fused).toEqual(["relu", "tanh"].map((op) => ({ op, ns: expect.any(Number) })));
  });
});

describe("verdicts", () => {
  const evidence = (behaviour = sample.behaviour) => new Evidence(new Costs(sample), "alloc", 4096, behaviour);

  test("each has its numbers, or is unknown", () => {
    for (const { outcome, numbers, finding } of verdictsOf(evidence(), trialsOf(built))) {
      expect(outcome).not.toBe("unknown");
      expect(numbers.length).toBeGreaterThan(0);
      expect(finding).not.toMatch(/NaN|undefined|Infinity/);
    }
    for (const { outcome } of verdictsOf(new Evidence(new Costs({ costs: [], baselines: [] }), "alloc", 1, []), {})) {
      expect(outcome).toBe("unknown");
    }
  });

  test("a claim that the numbers refute is refuted", () => {
    const gains = [10, 50].map((layers) => ({ layers, factor: 1 }));
    const calm = sample.behaviour.map((found) => ({
      ...found,
      gradientGains: gains,
      plainGradientGains: gains,
      mean: 0,
    }));
    const outcomes = new Map(verdictsOf(evidence(calm), trialsOf(built)).map(({ id, outcome }) => [id, outcome]));
    expect(outcomes.get("sigmoid-vanishes")).toBe("refuted");
    expect(outcomes.get("relu-not-zero-centred")).toBe("refuted");
    expect(outcomes.get("relu-does-not-vanish")).toBe("supported");
  });

  test("have ids of their own", () => {
    expect(new Set(CLAIMS.map(({ id }) => id)).size).toBe(CLAIMS.length);
  });
});

describe("text", () => {
  const sections = sectionsOf(sample);

  test.each([60, 80, 100])("is at most %i wide", (width) => {
    for (const line of terminal(sections, { width, colours: false, blocks: true }).split("\n")) {
      expect(line.length, line).toBeLessThanOrEqual(width);
    }
  });

  test("is plain where it cannot be otherwise", () => {
    const terminalOf = (env: Record<string, string>, isTTY = true) => styleFor({ isTTY, columns: 250 }, env);
    expect(terminalOf({ TERM: "xterm" })).toEqual({ width: 100, colours: true, blocks: true });
    expect(terminalOf({ TERM: "xterm", NO_COLOR: "1" })).toEqual({ width: 100, colours: false, blocks: true });
    expect(terminalOf({ TERM: "dumb" })).toEqual({ width: 100, colours: false, blocks: false });
    expect(terminalOf({ TERM: "xterm" }, false)).toEqual({ width: 100, colours: false, blocks: false });
    expect(styleFor({ isTTY: true, columns: 72 }, { TERM: "xterm" }).width).toBe(72);
    const text = terminal(sections, { width: 100, colours: false, blocks: false });
    expect(text).not.toContain("\x1b");
    expect(text).not.toContain("█");
    expect(text).toContain("####");
  });

  test("has every op in it, and every section a title", () => {
    const text = markdown(sections);
    for (const { name } of ops) expect(text).toContain(`| ${name} |`);
    expect(text.match(/^## /gm)?.length).toBe(sections.length - 1);
  });

  test("a figure has the digits that the noise allows", () => {
    expect(figure(1.2345, 0.01)).toBe("1.23");
    expect(figure(1.2345, 0.1)).toBe("~1.2");
    expect(figure(123.45, 0.1)).toBe("~120");
    expect(figure(1.2345, 0.5)).toBe("–");
  });
});

test("the made-up report has the published format", () => {
  const validate = new Ajv().compile(JSON.parse(readFileSync(`${root}dist/report.schema.json`, "utf8")));
  validate(JSON.parse(JSON.stringify(sample)));
  expect(validate.errors).toBeNull();
});

test("only what is beyond the noise has changed since an earlier report", () => {
  const cost = (op: string, median: number, mad: number, flags: Cost["flags"] = []): Cost => ({
    ...(sample.costs[0] as Cost),
    op,
    ns: { median, p99: median, mad, count: 10 },
    flags,
  });
  const before = [
    cost("same", 1, 0.01),
    cost("slower", 1, 0.01),
    cost("rough", 1, 0.04),
    cost("noisy", 1, 0.2, ["noisy"]),
  ];
  const after = [cost("same", 1.05, 0.01), cost("slower", 1.3, 0.01), cost("rough", 1.2, 0.04), cost("noisy", 3, 0.01)];
  const found = compare({ ...sample, costs: after }, { ...sample, costs: before });
  expect(found).toMatchObject({ compared: 4, noisy: 1, sameMachine: true });
  expect(found.changes).toMatchObject([{ op: "slower", before: 1, after: 1.3 }]);
});

test("the example: a linear network does not tell the spirals apart, all others do", () => {
  const output = execFileSync(process.execPath, ["scripts/run.mjs", "examples/spirals/spirals.ts"], {
    cwd: root,
    encoding: "utf8",
  });
  const accuracies = new Map(
    [...output.matchAll(/^(\w+) .*?([\d.]+) [\d.]+ +\d+ %$/gm)].map(([, name = "", accuracy]) => [
      name,
      Number(accuracy),
    ]),
  );
  expect(accuracies.size).toBeGreaterThan(4);
  for (const [name, accuracy] of accuracies) {
    if (name === "linear") expect(accuracy).toBeLessThan(0.75);
    else expect(accuracy, name).toBeGreaterThan(0.95);
  }
});
