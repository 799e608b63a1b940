/** The layers of src/: each imports only from itself and from those before it, types included. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const SRC = fileURLToPath(new URL("../src", import.meta.url));

/**
 * From the lowest. The two engines stand side by side: the one on WebAssembly falls back to the
 * other.
 */
const LAYERS = [
  "model",
  "math",
  "engine",
  "fit",
  "js",
  "wasm",
  "calls",
  "activations",
  "activations.generated.ts",
  "index.ts",
  "tfjs",
];

/** Which engine `#engine` is depends on a condition: it counts as the higher one. */
const ENGINE = join(SRC, "wasm", "engine.ts");

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));

function layerOf(file: string): number {
  const [top = ""] = file.split("/");
  return LAYERS.indexOf(top);
}

/** The files of src/ that one of them imports. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(SRC, file), "utf8");
  return [...text.matchAll(/(?:from|import)\s+"([^"]+)"/g)].flatMap(([, from = ""]) => {
    if (from === "#engine") return [relative(SRC, ENGINE)];
    const target = relative(SRC, join(SRC, dirname(file), from));
    return from.startsWith(".") && !target.startsWith("..") ? [target] : [];
  });
}

test("every file of src/ is in a layer", () => {
  expect(files.length).toBeGreaterThan(50);
  expect(files.filter((file) => layerOf(file) < 0 && !file.endsWith(".d.ts"))).toEqual([]);
});

test("imports run downwards only", () => {
  const upwards = files.flatMap((file) =>
    importsOf(file)
      .filter((target) => layerOf(target) > layerOf(file))
      .map((target) => `${file} imports ${target}`),
  );
  expect(upwards).toEqual([]);
});

test("an activation is imported by another only as a gate", () => {
  const among = files
    .filter((file) => file.startsWith("activations/"))
    .flatMap((file) => importsOf(file).filter((target) => target.startsWith("activations/")));
  const gates = new Set(among.map((target) => readFileSync(join(SRC, target), "utf8").includes('activation("')));
  expect([...gates]).toEqual([true]);
});

test("no file is longer than 400 lines", () => {
  const long = files.filter((file) => readFileSync(join(SRC, file), "utf8").split("\n").length > 400);
  expect(long.filter((file) => !file.endsWith(".generated.ts"))).toEqual([]);
});
