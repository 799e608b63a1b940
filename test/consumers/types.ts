/** Tools that read the package and do not run it: TypeScript, and those that look at its form. */
import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileOf } from "../../scripts/files.ts";
import type { Check, Found } from "./check.ts";
import { project, run, tarball } from "./place.ts";
import { RELU } from "./programs.ts";

const SETTINGS = {
  node16: { module: "node16", moduleResolution: "node16" },
  nodenext: { module: "nodenext", moduleResolution: "nodenext" },
  bundler: { module: "esnext", moduleResolution: "bundler" },
  node10: { module: "esnext", moduleResolution: "node10" },
};

/** TypeScript 7 has no node10; 6 calls it deprecated. */
async function typescript(version: string): Promise<Found> {
  const cwd = await project(`typescript-${version}`, [`typescript@${version}`]);
  copyFileSync(fileOf("test/consumers/program.ts"), join(cwd, "program.ts"));
  const major = Number.parseInt(version, 10);
  const ways = Object.entries(SETTINGS).filter(([name]) => major < 7 || name !== "node10");
  for (const [name, settings] of ways) {
    const compilerOptions = {
      ...settings,
      ...(major === 6 && name === "node10" ? { ignoreDeprecations: "6.0" } : {}),
      target: "es2022",
      lib: ["es2022", "dom"],
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
    };
    writeFileSync(join(cwd, `${name}.json`), JSON.stringify({ compilerOptions, files: ["program.ts"] }));
    await run(process.execPath, ["node_modules/typescript/bin/tsc", "-p", `${name}.json`], { cwd });
  }
  return { note: ways.map(([name]) => name).join(", ") };
}

async function attw(): Promise<Found> {
  const cwd = await project("attw", ["@arethetypeswrong/cli"]);
  const args = ["--profile", "node16", "--ignore-rules", "cjs-resolves-to-esm"];
  const program = "node_modules/@arethetypeswrong/cli/dist/index.js";
  await run(process.execPath, [program, await tarball(), ...args], { cwd });
  return { note: "no problems" };
}

async function publint(): Promise<Found> {
  const cwd = await project("publint", ["publint"]);
  await run(process.execPath, ["node_modules/publint/src/cli.js", await tarball(), "--strict"], { cwd });
  return { note: "no problems" };
}

/** An import of each entry is known; without one, the package counts as unused. */
async function knip(): Promise<Found> {
  const cwd = await project("knip", ["knip", "typescript@5", "@types/node"], {
    "index.js": `${RELU}import { relu as plain } from "wasm-activations/js";\nplain(new Float32Array(1));\n`,
    "measure.js": "",
  });
  await run("npm", ["pkg", "delete", "devDependencies"], { cwd });
  const args = ["node_modules/knip/bin/knip.js", "--include", "dependencies,unlisted,unresolved"];
  await run(process.execPath, args, { cwd });
  return { note: "no problems" };
}

export const types: readonly Check[] = [
  ...["5.0.4", "5.4.5", "5.7.3", "5.9.3", "6", "7"].map((version) => ({
    group: "TypeScript",
    name: version,
    run: () => typescript(version),
  })),
  ...Object.entries({ attw, publint, knip }).map(([name, check]) => ({ group: "Package checks", name, run: check })),
];
