/**
 * The SHA-256 of kernels.wasm, which CHANGELOG.md names: whoever builds a version anew, on any
 * machine, gets the same bytes.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { fileOf } from "../files.ts";

const FILE = fileOf("CHANGELOG.md");
const LINE = /(SHA-256 of `kernels\.wasm`:\n {2}`)([0-9a-f]{64})(`)/;

export function moduleHash(): string {
  return createHash("sha256")
    .update(readFileSync(fileOf("dist/kernels.wasm")))
    .digest("hex");
}

/** What the newest section of the changelog says; undefined where it says nothing. */
export function namedHash(): string | undefined {
  const [newest = ""] = /^## [\s\S]*?(?=^## |$(?![\s\S]))/m.exec(readFileSync(FILE, "utf8")) ?? [];
  return LINE.exec(newest)?.[2];
}

/** Puts the hash of the module as built into the newest section. */
export function nameHash(): void {
  if (namedHash() === undefined) throw new Error("CHANGELOG.md: the newest section names no SHA-256 of kernels.wasm");
  const text = readFileSync(FILE, "utf8");
  writeFileSync(FILE, text.replace(LINE, `$1${moduleHash()}$3`));
}
