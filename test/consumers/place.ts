/** A temporary folder where the packed package and the tools are installed, and what runs there. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buildSync, type Format } from "esbuild";
import { fileOf } from "../../scripts/files.ts";

/** Why a check is not run. */
export class NotInstalled extends Error {}

export const ROOT = fileOf("");

export interface Settings {
  readonly cwd?: string;
  readonly seconds?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/** Made when it is first asked for, and removed at the end. */
const place = once(() => {
  const folder = mkdtempSync(join(tmpdir(), "consumers-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
});

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/**
 * Runs a program and gives what it prints. Beyond the limit, or with another status than 0, it
 * throws what was printed.
 */
export function run(program: string, args: readonly string[], settings: Settings = {}): Promise<string> {
  const { cwd = place(), seconds = 300, env = {} } = settings;
  return new Promise((resolve, reject) => {
    // A group of its own, which ends as a whole.
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8");
      stream.on("data", (text: string) => {
        printed += text;
      });
    }
    const fail = (why: string) =>
      reject(new Error(`${program} ${args.join(" ").slice(0, 300)}: ${why}\n${printed.trim().slice(-1500)}`));
    const timer = setTimeout(() => {
      fail(`over ${seconds} s`);
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
    }, seconds * 1000);
    child.on("error", ({ message }) => fail(message));
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      if (code === 0) resolve(printed);
      else fail(signal ?? `status ${code}`);
    });
  });
}

/** The tarball as `npm publish` makes it, of what is built. */
export const tarball = once(async () => {
  const args = ["pack", "--json", "--ignore-scripts", "--silent", "--pack-destination", place()];
  const [packed] = JSON.parse(await run("npm", args, { cwd: ROOT })) as { filename: string }[];
  if (!packed) throw new Error("npm pack gave nothing");
  return join(place(), packed.filename);
});

/** measure.ts in one file. */
export function measureAs(format: Format): string {
  const { outputFiles } = buildSync({
    entryPoints: [fileOf("test/consumers/measure.ts")],
    bundle: true,
    format,
    globalName: "consumer",
    target: "es2022",
    conditions: ["plain-js"],
    define: { ABOUT: "true" },
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}

/** As a user's project begins, of ES modules. */
const BEGIN = { "package.json": '{ "private": true, "type": "module" }', "measure.js": measureAs("esm") };

export type Files = Readonly<Record<string, string>>;

/** A project of this name with the package and these tools installed. */
export async function project(name: string, tools: readonly string[] = [], files: Files = {}): Promise<string> {
  const cwd = join(place(), name.replaceAll(/\W+/g, "-"));
  mkdirSync(cwd);
  for (const [file, text] of Object.entries({ ...BEGIN, ...files })) {
    mkdirSync(dirname(join(cwd, file)), { recursive: true });
    writeFileSync(join(cwd, file), text);
  }
  const install = ["install", "--no-audit", "--no-fund", "--silent", await tarball()];
  await run("npm", [...install, "--ignore-scripts"], { cwd });
  if (tools.length > 0) await installed(tools, run("npm", [...install, ...tools], { cwd, seconds: 500 }));
  return cwd;
}

/** What installs these tools; where they are not to be had, that is why a check is not run. */
export async function installed<T>(tools: readonly string[], installing: Promise<T>): Promise<T> {
  try {
    return await installing;
  } catch (error) {
    throw new NotInstalled(`${tools.join(", ")}: ${String(error).slice(-300)}`);
  }
}
