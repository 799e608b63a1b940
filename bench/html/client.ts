/**
 * The report twice: rendered to text, and brought to life in the reader's browser. One bundle does
 * both, so that the package holds the sections once: render.ts imports it, and writes it into the
 * file.
 */
import { h, hydrate } from "preact";
import { renderToString } from "preact-render-to-string";
import type { Report } from "../results.ts";
import { App } from "./app.tsx";
import { COMMAND } from "./command.ts";
import { DATA, ROOT } from "./document.ts";
import { Figures } from "./figures.ts";
import { type Packed, unpack } from "./pack.ts";
import { sentence } from "./sentence.ts";

const appOf = (report: Report) => h(App, { report, command: COMMAND });

export const titleOf = (report: Report): string => `Activation functions: ${sentence(new Figures(report))}`;

export const bodyOf = (report: Report): string => renderToString(appOf(report));

/** The numbers that the file keeps. */
async function kept(): Promise<Report> {
  const text = document.getElementById(DATA)?.textContent ?? "";
  const compressed = new Blob([Uint8Array.from(atob(text), (character) => character.charCodeAt(0))]);
  const json = new Response(compressed.stream().pipeThrough(new DecompressionStream("gzip")));
  return unpack((await json.json()) as Packed);
}

const root = typeof document === "undefined" ? undefined : document.getElementById(ROOT);
if (root) hydrate(appOf(await kept()), root);
