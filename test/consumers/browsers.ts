/** Pages, workers and worklets in the browsers that are installed. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { type Answer, type BrowserName, browserOf, visit } from "../../scripts/runtimes/browsers.ts";
import { type Backend, type Check, found } from "./check.ts";
import { type Files, measureAs, NotInstalled, project } from "./place.ts";

interface Page {
  readonly backend?: Backend;
  readonly headers?: Readonly<Record<string, string>>;
  /** "main.js" is what the page runs. */
  readonly files: Files;
  readonly note?: string;
  /** The sound thread of Firefox takes subnormals for 0. */
  readonly mayFlush?: boolean;
}

const LIBRARY = 'import * as lib from "/dist/index.js";\nimport { measure } from "/measure.js";\n';
const SEND = 'import { send } from "/send.js";\n';
const MEASURE = `${SEND}${LIBRARY}send(measure(lib));\n`;

/** Before what a page lacks. */
const MISSING = "MISSING";

/** Sends the first message of a worker or a port. */
const sending = (from: string) => `${from}.onmessage = ({ data }) => send(data);\n`;
const policy = (text: string) => ({ "content-security-policy": text });

/** Sound through the package: 128 frames at a time, in place, in an array of alloc. */
const WORKLET = `${LIBRARY}const block = lib.alloc(128);
registerProcessor("shaper", class extends AudioWorkletProcessor {
  blocks = 0;
  process([[input]], [[output]]) {
    if (!input) return true;
    block.set(input);
    lib.tanh(block, block);
    output.set(block);
    if (++this.blocks === 100) this.port.postMessage(measure(lib));
    return true;
  }
});
`;
const SOUND = `${SEND}const rendered = async (context, shaped) => {
  const tone = new OscillatorNode(context, { frequency: 110 });
  let end = tone;
  let said;
  if (shaped) {
    await context.audioWorklet.addModule("/worklet.js");
    end = new AudioWorkletNode(context, "shaper");
    said = new Promise((done) => { end.port.onmessage = ({ data }) => done(data); });
    tone.connect(end);
  }
  end.connect(context.destination);
  tone.start();
  return { said, tone };
};
`;

const PAGES: Readonly<Record<string, Page>> = {
  "page with an import map": {
    files: { "main.js": MEASURE.replace("/dist/index.js", "wasm-activations") },
  },
  worker: {
    files: {
      "main.js": `${SEND}${sending('new Worker("/worker.js", { type: "module" })')}`,
      "worker.js": `${LIBRARY}postMessage(measure(lib));\n`,
    },
  },
  SharedWorker: {
    files: {
      "main.js": `${SEND}${sending('new SharedWorker("/worker.js", { type: "module" }).port')}`,
      "worker.js": `${LIBRARY}onconnect = ({ ports: [port] }) => port.postMessage(measure(lib));\n`,
    },
  },
  "service worker": {
    files: {
      "main.js": `${SEND}${sending("navigator.serviceWorker")}await navigator.serviceWorker.register("/worker.js");
const { active } = await navigator.serviceWorker.ready;
active.postMessage("measure");
`,
      "worker.js": `importScripts("/classic.js");
onmessage = ({ source }) => source.postMessage(said);
`,
    },
    note: "bundled as a classic script",
  },
  "cross-origin isolated page": {
    headers: { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" },
    files: {
      "main.js": `${SEND}${LIBRARY}const shared = new Float32Array(new SharedArrayBuffer(8)).fill(-1);
lib.relu(shared, shared);
send(crossOriginIsolated && shared.every((y) => y === 0) ? measure(lib) : "not isolated");
`,
    },
  },
  "blob: module": {
    files: {
      "main.js": `${SEND}import { measure } from "/measure.js";
const text = await (await fetch("/dist/index.js")).text();
const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
send(measure(await import(url)));
`,
    },
  },
  "CSP script-src 'self'": { backend: "js", headers: policy("script-src 'self'"), files: { "main.js": MEASURE } },
  "CSP with 'wasm-unsafe-eval'": {
    headers: policy("script-src 'self' 'wasm-unsafe-eval'"),
    files: { "main.js": MEASURE },
  },
  "Trusted Types": {
    headers: policy("require-trusted-types-for 'script'; trusted-types 'none'"),
    files: { "main.js": MEASURE },
  },
  "AudioWorklet, offline": {
    mayFlush: true,
    files: {
      "worklet.js": WORKLET,
      "main.js": `${SOUND}const offline = async (shaped) => {
  const context = new OfflineAudioContext(1, 48_000, 48_000);
  const { said } = await rendered(context, shaped);
  return { samples: (await context.startRendering()).getChannelData(0), said: await said };
};
const tone = await offline(false);
const shaped = await offline(true);
const furthest = shaped.samples.reduce((most, y, i) => Math.max(most, Math.abs(y - Math.tanh(tone.samples[i]))), 0);
send(furthest < 2 ** -22 ? shaped.said : "off by " + furthest);
`,
    },
  },
  "AudioWorklet, live": {
    mayFlush: true,
    files: {
      "worklet.js": WORKLET,
      "main.js": `${SOUND}const context = new AudioContext();
const { said } = await rendered(context, true);
context.resume();
// Without a device the sound of some browsers never begins.
setTimeout(() => context.state !== "running" && send("${MISSING} a sound device"), 15_000);
send(await said);
`,
    },
  },
};

/** What went wrong in a page is its report. */
const SHARED: Files = {
  "send.js": 'export const send = (text) => fetch("/report", { method: "POST", body: text });\n',
  "errors.js": `const send = (text) => fetch("/report", { method: "POST", body: text });
addEventListener("error", ({ message }) => send(message));
addEventListener("unhandledrejection", ({ reason }) => send(String(reason)));
`,
  "measure.js": measureAs("esm"),
};

const IMPORT_MAP = '<script type="importmap">{ "imports": { "wasm-activations": "/dist/index.js" } }</script>';

function documentOf({ files }: Page): string {
  const head = '<!doctype html><meta charset="utf-8"><title>Consumer</title><script src="/errors.js"></script>';
  const map = files["main.js"]?.includes('"wasm-activations"') ? IMPORT_MAP : "";
  return `${head}${map}<script type="module" src="/main.js"></script>`;
}

let making: Promise<string> | undefined;

/** The package as it is installed, and a bundle of it for what cannot import. */
function files(): Promise<string> {
  making ??= project("browser", [], {
    "classic.entry.js": `import * as lib from "wasm-activations";
import { measure } from "./measure.js";
globalThis.said = measure(lib);
`,
  }).then((cwd) => {
    const entryPoints = ["classic.entry.js"];
    buildSync({ absWorkingDir: cwd, entryPoints, outfile: "classic.js", bundle: true, format: "iife" });
    return cwd;
  });
  return making;
}

const TIMEOUT = 120_000;

async function visited(name: BrowserName, page: Page): Promise<string> {
  const browser = browserOf(name);
  if (!browser) throw new NotInstalled(name);
  const cwd = await files();
  const given: Files = { ...SHARED, ...page.files };
  const read = (file: string) => readFileSync(join(cwd, file), "utf8");
  const site = (path: string): Answer | undefined => {
    const { headers = {} } = page;
    if (path === "/") return { type: "text/html", body: documentOf(page), headers };
    const name = path.slice(1);
    const body =
      given[name] ??
      (path === "/classic.js" ? read("classic.js") : undefined) ??
      (path.startsWith("/dist/") ? read(`node_modules/wasm-activations${path}`) : undefined);
    return body === undefined ? undefined : { type: "text/javascript", body, headers };
  };
  return visit(browser, site, TIMEOUT);
}

export const browsers: readonly Check[] = (["Chromium", "Firefox"] as const).flatMap((browser) =>
  Object.entries(PAGES).map(([name, page]) => ({
    group: browser,
    name,
    async run() {
      const { backend = "wasm", note, mayFlush = false } = page;
      const printed = await visited(browser, page);
      if (printed.startsWith(MISSING)) throw new NotInstalled(printed.slice(MISSING.length + 1));
      const result = found(printed, backend, browser === "Firefox" && mayFlush);
      return note === undefined ? result : { ...result, note };
    },
  })),
);
