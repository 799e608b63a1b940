/** Where programs are deployed to, and servers that hand out what they build. */
import { join } from "node:path";
import { browserOf } from "../../scripts/runtimes/browsers.ts";
import { type Check, expect, type Found, found } from "./check.ts";
import { NotInstalled, project, run } from "./place.ts";
import { PROGRAM, RELU_PRINTS } from "./programs.ts";

/** Compiling is forbidden: the module is imported. */
const WORKER = `import * as lib from "wasm-activations";
import { measure } from "./measure.js";
const early = [...lib.relu(new Float32Array([-2, 0, 3]))].join();
export default { fetch: () => new Response(early + " " + measure(lib)) };
`;

/** The oldest dates have neither `Uint8Array.fromBase64` nor `Buffer`. */
const DATES = ["2022-06-01", "2025-01-01", "2026-01-01"];

const RUN_WORKER = `import { readFileSync } from "node:fs";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
const dist = "node_modules/wasm-activations/dist";
const outfile = dist + "/worker.out.mjs";
const external = ["*.wasm?module"];
await build({ entryPoints: ["worker.js"], outfile, bundle: true, format: "esm", conditions: ["workerd"], external });
const modules = [
  { type: "ESModule", path: outfile },
  { type: "CompiledWasm", path: dist + "/kernels.wasm?module", contents: readFileSync(dist + "/kernels.wasm") },
];
for (const compatibilityDate of process.argv.slice(2)) {
  const miniflare = new Miniflare({ compatibilityDate, modulesRoot: dist, modules });
  console.log(await (await miniflare.dispatchFetch("http://localhost/")).text());
  await miniflare.dispose();
}
`;

async function workerd(): Promise<Found> {
  const files = { "worker.js": WORKER, "run.js": RUN_WORKER };
  const cwd = await project("workerd", ["miniflare", "esbuild"], files);
  const printed = await run(process.execPath, ["run.js", ...DATES], { cwd });
  expect(`in each of ${DATES}: ${printed}`, printed.split(`${RELU_PRINTS} CONSUMER`).length === DATES.length + 1);
  return { ...found(printed, "wasm"), note: `compatibility dates from ${DATES[0]} on` };
}

/**
 * React Native: Metro bundles, Hermes runs. With `exports` off Metro reads the field
 * `react-native`; either way it gets the plain entry.
 */
const METRO = `module.exports = {
  resolver: {
    unstable_enablePackageExports: process.env.EXPORTS === "on",
    unstable_conditionNames: ["react-native", "require"],
    resolverMainFields: ["react-native", "browser", "main"],
  },
  transformer: {
    babelTransformerPath: require.resolve("metro-babel-transformer"),
    getTransformOptions: async () => ({ transform: { experimentalImportSupport: true } }),
  },
};
`;

async function hermes(): Promise<Found> {
  const tools = ["metro", "hermes-engine-cli@0.12", "@babel/core", "@react-native/babel-preset"];
  const cwd = await project("metro", tools, {
    "program.js": PROGRAM.replace("console.log", "print"),
    "metro.config.cjs": METRO,
    "babel.config.cjs": 'module.exports = { presets: ["@react-native/babel-preset"] };\n',
  });
  const metro = "node_modules/metro/src/cli.js";
  const results: Found[] = [];
  for (const EXPORTS of ["on", "off"]) {
    const out = `${EXPORTS}.js`;
    const args = [metro, "build", "program.js", "--out", out, "-c", "metro.config.cjs", "--reset-cache"];
    await run(process.execPath, args, { cwd, env: { EXPORTS } });
    results.push(found(await run("node_modules/hermes-engine-cli/linux64-bin/hermes", [out], { cwd }), "js"));
  }
  return { ...results[0], note: "exports on and off" };
}

/** A page that sends what it measured to the server it came from, which prints it and ends. */
const SENDING = PROGRAM.replace(/console\.log\((.*)\)/, 'fetch("/report", { method: "POST", body: $1 })');

/** Vite's server for development, which makes bundles of dependencies of its own. */
const SERVE = `import { spawn } from "node:child_process";
import { createServer } from "vite";
const [browser, ...args] = process.argv.slice(2);
let child;
const report = (request, response) => {
  let body = "";
  request.on("data", (part) => { body += part; });
  request.on("end", () => {
    console.log(body);
    child.kill("SIGKILL");
    process.exit();
  });
};
const configureServer = ({ middlewares }) => { middlewares.use("/report", report); };
const server = await createServer({ server: { host: "127.0.0.1" }, plugins: [{ name: "report", configureServer }] });
await server.listen();
child = spawn(browser, [...args, server.resolvedUrls.local[0]], { stdio: "ignore" });
`;

async function viteDev(): Promise<Found> {
  const browser = browserOf("Chromium");
  if (!browser) throw new NotInstalled("Chromium");
  const cwd = await project("vite dev", ["vite"], {
    "index.html": '<!doctype html><script type="module" src="/program.js"></script>',
    "program.js": SENDING,
    "serve.js": SERVE,
  });
  const args = ["serve.js", browser.program, ...browser.args(join(cwd, "profile"))];
  return { ...found(await run(process.execPath, args, { cwd, seconds: 120 }), "wasm"), note: "in Chromium" };
}

/** A page that the server renders, and one for the edge: both are built, then asked for. */
const NEXT_PAGE = `import * as lib from "wasm-activations";
import { measure } from "../measure.js";
export const dynamic = "force-dynamic";
export default () => <pre>{measure(lib)}</pre>;
`;
const NEXT_ROUTE = `import * as lib from "wasm-activations";
import { measure } from "../../measure.js";
export const dynamic = "force-dynamic";
export const GET = () => new Response(measure(lib));
`;
const ASK_NEXT = `import { spawn } from "node:child_process";
const server = spawn(process.execPath, ["node_modules/next/dist/bin/next", "start", "--port", "0"]);
let printed = "";
let isAsked = false;
server.stdout.on("data", async (text) => {
  const [url] = /http:\\/\\/localhost:\\d+/.exec((printed += text)) ?? [];
  if (isAsked || !url || !printed.includes("Ready")) return;
  isAsked = true;
  for (const path of ["/", "/node", "/edge"]) {
    const text = await (await fetch(url + path)).text();
    // Behind what is shown a page has it once more, in the form of scripts.
    console.log(path, text.split("</pre>")[0].replaceAll("&quot;", '"'));
  }
  server.kill();
  process.exit();
});
`;

async function next(): Promise<Found> {
  const cwd = await project("next", ["next", "react", "react-dom"], {
    "app/layout.jsx": "export default ({ children }) => <html lang='en'><body>{children}</body></html>;\n",
    "app/page.jsx": NEXT_PAGE,
    "app/node/route.js": NEXT_ROUTE,
    "app/edge/route.js": `${NEXT_ROUTE}export const runtime = "edge";\n`,
    "ask.js": ASK_NEXT,
  });
  const env = { NEXT_TELEMETRY_DISABLED: "1" };
  await run(process.execPath, ["node_modules/next/dist/bin/next", "build"], { cwd, env, seconds: 500 });
  const printed = await run(process.execPath, ["ask.js"], { cwd, env });
  for (const path of ["/", "/node", "/edge"]) found(printed.split(`${path} `)[1] ?? "", "wasm");
  return { ...found(printed, "wasm"), note: "page, route, edge route" };
}

export const hosts: readonly Check[] = [
  { group: "Bundlers", name: "Vite, development", run: viteDev },
  { group: "Bundlers", name: "Next", run: next },
  { group: "Runtimes", name: "workerd", run: workerd },
  { group: "Runtimes", name: "Hermes, by Metro", run: hermes },
];
