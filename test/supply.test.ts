/** What an installation runs and brings along: nothing. What is built is what was released. */
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { moduleHash, namedHash } from "../scripts/fingerprint/module.ts";

const root = new URL("../", import.meta.url);
const json = (file: string) => JSON.parse(readFileSync(new URL(file, root), "utf8"));
const manifest = json("package.json");

test("kernels.wasm is, byte for byte, the one of the changelog (npm run fingerprint -- --write)", () => {
  expect(moduleHash()).toBe(namedHash());
});

test("installing runs no script", () => {
  const run = ["preinstall", "install", "postinstall", "prepublish", "preprepare", "prepare", "postprepare"];
  expect(Object.keys(manifest.scripts).filter((name) => run.includes(name))).toEqual([]);
  // npm compiles a package with such a file unasked.
  expect(existsSync(new URL("binding.gyp", root))).toBe(false);
});

test("installing brings no other package", () => {
  for (const kind of ["dependencies", "optionalDependencies", "bundleDependencies", "bundledDependencies"]) {
    expect(manifest[kind], kind).toBeUndefined();
  }
  const peers = Object.keys(manifest.peerDependencies ?? {});
  expect(peers.filter((name) => manifest.peerDependenciesMeta?.[name]?.optional !== true)).toEqual([]);
});

test("what it is built with comes from the registry, with its hash", () => {
  const packages = Object.entries<Record<string, unknown>>(json("package-lock.json").packages);
  const others = packages.filter(([path]) => path !== "");
  expect(others.length).toBeGreaterThan(50);
  for (const [path, { resolved, integrity }] of others) {
    // The lock file names an address only where it is not the registry's own.
    expect(resolved, path).toBeUndefined();
    expect(integrity, path).toMatch(/^sha512-/);
  }
});
