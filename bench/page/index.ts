/** Brings the page to life. */
import { h, hydrate } from "preact";
import { ROOT } from "../html/document.ts";
import { Page } from "./page.tsx";

const root = document.getElementById(ROOT);
if (root) hydrate(h(Page, {}), root);
