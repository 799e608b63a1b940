/**
 * A report as one HTML file that needs nothing else: no network, no other file.
 *
 * The sections are Preact components: rendered to text here, so that the file shows all without running anything, and once more in the
 * reader's browser (client.ts), where the same components sort, switch and slide. Charts are SVG of our own, in percents
 * (parts/): they take 12 KB of the file, minified. Observable Plot takes 296 KB (101 compressed), D3's scales and shapes alone 48; with
 * the former neither the file's limit of 400 KB nor the package's of 200 could be kept, and neither draws into a width that is not known yet.
 * Preact with its renderer takes 30 (13 compressed); it does what would otherwise be most of the code.
 */

import client from "text:./client.ts";
import style from "text:./style/style.css";
import { gzipSync } from "node:zlib";
import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import type { Report } from "../results.ts";
import { App } from "./app.tsx";
import { COMMAND } from "./command.ts";
import { DATA, documentOf } from "./document.ts";
import { Figures } from "./figures.ts";
import { sentence } from "./sentence.ts";

/** Digits that a figure keeps in the file: two more than any clock gives. */
const DIGITS = 5;

/** The same report in fewer digits: what the file shows and what it hands out are the same numbers. */
function shortened(report: Report): Report {
  const short = (_: string, value: unknown) =>
    typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(DIGITS)) : value;
  return JSON.parse(JSON.stringify(report, short)) as Report;
}

export function renderHtml(report: Report): string {
  const short = shortened(report);
  const json = gzipSync(JSON.stringify(short), { level: 9 }).toString("base64");
  return documentOf({
    title: `Activation functions: ${sentence(new Figures(short))}`,
    head: `<style>${style}</style>`,
    body: renderToString(h(App, { report: short, command: COMMAND })),
    end: `<script type="application/gzip" id="${DATA}">${json}</script>\n<script type="module">${client}</script>`,
  });
}
