/**
 * Builds the page, a folder that can be hosted anywhere: `npm run page`, after `npm run build`.
 *
 * The published files are copied as they are: what is measured is what is installed. All scripts
 * and styles are files of their own, so that the strictest Content-Security-Policy needs no
 * exception but 'wasm-unsafe-eval'; without that the page measures plain JavaScript.
 */

import style from "text:../html/style/style.css";
import { copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { type BuildOptions, build } from "esbuild";
import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import { documentOf } from "../html/document.ts";
import { Page } from "./page.tsx";
import { FILES } from "./tasks.ts";

const FOLDER = "build/page";
const DIST = {
  wasm: "dist/index.js",
  js: "dist/js.js",
  products: "dist/products.wasm",
  published: "dist/published.json",
} as const;

const missing = Object.values(DIST).filter((file) => !existsSync(file));
if (missing.length > 0) throw new Error(`${missing.join(", ")}: not there; npm run build makes them`);

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(`${FOLDER}/package`, { recursive: true });
for (const name of ["wasm", "js", "products", "published"] as const) {
  copyFileSync(DIST[name], `${FOLDER}/${FILES[name]}`);
}
const common: BuildOptions = {
  bundle: true,
  format: "esm",
  target: "es2022",
  conditions: ["plain-js"],
  define: { ABOUT: "true" },
  minify: true,
  legalComments: "none",
};
await build({ ...common, entryPoints: ["bench/page/index.ts"], outfile: `${FOLDER}/${FILES.page}` });
await build({ ...common, entryPoints: ["bench/page/worker.ts"], outfile: `${FOLDER}/${FILES.worker}` });
writeFileSync(`${FOLDER}/${FILES.style}`, style);
writeFileSync(
  `${FOLDER}/index.html`,
  documentOf({
    title: "What activation functions cost in your browser",
    head: `<link rel="stylesheet" href="${FILES.style}">\n<link rel="icon" href="data:,">`,
    body: renderToString(h(Page, {})),
    end: `<script type="module" src="${FILES.page}"></script>`,
  }),
);
process.stdout.write(`${FOLDER}: a folder for any web server, say npx http-server ${FOLDER}\n`);
