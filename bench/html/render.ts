/**
 * A report as one HTML file that needs nothing else: no network, no other file.
 *
 * The sections are Preact components: rendered to text here, so that the file shows all without
 * running anything, and once more in the reader's browser, where the same components sort, switch
 * and slide. Charts are SVG of our own, in percents (parts/): they take 7 KB of the file, minified.
 * Observable Plot takes 296 KB (101 compressed), D3's scales and shapes alone 48; with the former
 * neither the file's limit of 400 KB nor the package's of 200 could be kept, and neither draws into
 * a width that is not known yet. Preact with its renderer takes 30 (13 compressed); it does what
 * would otherwise be most of the code.
 */

import client from "text:./client.ts";
import style from "text:./style/style.css";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { packageFile } from "../beside.ts";
import type { Report } from "../results.ts";
import { DATA, documentOf } from "./document.ts";
import { pack, unpack } from "./pack.ts";

/**
 * The functions that are drawn are those of the published file: it goes into the HTML file as it
 * is.
 */
const plainJs = readFileSync(packageFile("dist/js.js")).toString("base64");
const script = client.replace('"package:js"', `"data:text/javascript;base64,${plainJs}"`);

/** What goes into the file is what renders it here. */
const { bodyOf, titleOf } = (await import(
  `data:text/javascript,${encodeURIComponent(script)}`
)) as typeof import("./client.ts");

export function renderHtml(report: Report): string {
  // What the file shows and what it hands out are the same numbers.
  const packed = pack(report);
  const shown = unpack(packed);
  const json = gzipSync(JSON.stringify(packed), { level: 9 }).toString("base64");
  return documentOf({
    title: titleOf(shown),
    head: `<style>${style}</style>`,
    body: bodyOf(shown),
    end: `<script type="application/gzip" id="${DATA}">${json}</script>\n<script type="module">${script}</script>`,
  });
}
