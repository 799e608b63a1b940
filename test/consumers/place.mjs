/**
 * A temporary folder where the packed package and the tools are installed. Tools that cannot be
 * installed are said.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Why a check is not run. */
export class NotInstalled extends Error {}

const HERE = mkdtempSync(join(tmpdir(), "consumers-"));

/**
 * Runs a program and gives what it prints. Beyond the limit, or with another status than 0, it
 * throws what was printed.
 */
export function run(program, args, { cwd = HERE, seconds = 120, env = {} } = {}) {
  try {
    return execFileSync(program, args, {
      cwd,
      encoding: "utf8",
      timeout: seconds * 1000,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...env },
    });
  } catch (error) {
    const said = `${error.stdout ?? ""}${error.stderr ?? ""}`.trim().slice(-1500);
    throw new Error(`${program} ${args.join(" ")}: ${error.code ?? `status ${error.status}`}\n${said}`);
  }
}

/** The tarball as `npm publish` makes it, of what is built. */
export const tarball = (() => {
  const said = run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", HERE], { cwd: ROOT });
  return join(HERE, JSON.parse(said)[0].filename);
})();

/** A project of this name with the package and these tools installed. */
export function project(name, tools = [], files = {}) {
  const cwd = join(HERE, name);
  mkdirSync(cwd);
  for (const [file, text] of Object.entries({ "package.json": '{ "private": true, "type": "module" }', ...files })) {
    mkdirSync(dirname(join(cwd, file)), { recursive: true });
    writeFileSync(join(cwd, file), text);
  }
  const install = ["install", "--no-audit", "--no-fund", "--silent", tarball];
  run("npm", [...install, "--ignore-scripts"], { cwd });
  try {
    if (tools.length > 0) run("npm", [...install, ...tools], { cwd, seconds: 240 });
  } catch (error) {
    throw new NotInstalled(`${tools.join(", ")}: ${String(error.message).slice(-300)}`);
  }
  return cwd;
}
