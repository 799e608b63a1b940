/** Files of the checkout, and JSON in them. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** A file of the checkout: bundled scripts run from build/scripts/, tests this file. */
export function fileOf(name: string): string {
  const up = ["..", "../.."].map((folder) => new URL(`${folder}/`, import.meta.url));
  const root = up.find((folder) => existsSync(new URL("asconfig.json", folder))) ?? (up[0] as URL);
  return fileURLToPath(new URL(name, root));
}

/** The files of a folder and of those inside it whose paths match, as paths from the checkout. */
export function filesIn(folder: string, pattern: RegExp): string[] {
  const paths = readdirSync(fileOf(folder), { recursive: true, encoding: "utf8" });
  return paths
    .map((path) => `${folder}/${path}`)
    .filter((path) => pattern.test(path))
    .sort();
}

export function readJson<T>(file: string, missing: T): T {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as T) : missing;
}

/** Whole or not at all, whenever the process is ended. */
export function writeJson(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  const unfinished = `${file}.${process.pid}.part`;
  writeFileSync(unfinished, `${JSON.stringify(value, null, 1)}\n`);
  renameSync(unfinished, file);
}
