/** A saved report as HTML: `node scripts/run.mjs bench/html/file.ts report.json report.html`. */
import { readFileSync, writeFileSync } from "node:fs";
import type { Report } from "../results.ts";
import { renderHtml } from "./render.ts";

const [from, to] = process.argv.slice(2);
if (from === undefined || to === undefined) throw new Error("expected two files: the report, and the HTML to write");
writeFileSync(to, renderHtml(JSON.parse(readFileSync(from, "utf8")) as Report));
