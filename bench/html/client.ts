/** Brings the file to life in the reader's browser. */
import { h, hydrate } from "preact";
import type { Report } from "../results.ts";
import { App } from "./app.tsx";
import { COMMAND } from "./command.ts";
import { DATA, ROOT } from "./document.ts";

const text = document.getElementById(DATA)?.textContent ?? "";
const compressed = new Blob([Uint8Array.from(atob(text), (character) => character.charCodeAt(0))]);
const json = new Response(compressed.stream().pipeThrough(new DecompressionStream("gzip")));
const report = (await json.json()) as Report;
const root = document.getElementById(ROOT);
if (root) hydrate(h(App, { report, command: COMMAND }), root);
