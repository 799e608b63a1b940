/**
 * A saved report as an HTML file, or its first chart as an SVG:
 * `npm run report -- report.json report.html`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import type { Report } from "../results.ts";
import { pictureOf } from "./picture.tsx";
import { renderHtml } from "./render.ts";

const [from, to] = process.argv.slice(2);
if (from === undefined || to === undefined)
  throw new Error("expected two files: the report, and the HTML or SVG to write");
const report = JSON.parse(readFileSync(from, "utf8")) as Report;
writeFileSync(to, to.endsWith(".svg") ? pictureOf(report) : renderHtml(report));
