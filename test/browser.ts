/** Chromium for the tests that need a browser, and a server for what it opens. */
import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import axe from "axe-core";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { describe } from "vitest";
import { CHROMIUM, CHROMIUM_FLAGS, find } from "../scripts/runtimes/programs.ts";

const program = process.env.CHROMIUM ?? find(CHROMIUM);
const isThere = program !== undefined && existsSync(program);

/** Tests that count as not run where there is no Chromium, never as passed. */
export function describeInBrowser(name: string, tests: () => void): void {
  if (isThere) {
    describe(name, tests);
    return;
  }
  process.stderr.write(
    `\n*** NOT RUN: ${name}\n*** Chromium is missing: apt-get install chromium, or set CHROMIUM to its path.\n\n`,
  );
  describe.skip(`${name} (NOT RUN: Chromium is missing)`, tests);
}

export function launch(): Promise<Browser> {
  if (program === undefined) throw new Error("Chromium is missing");
  return chromium.launch({ executablePath: program, args: [...CHROMIUM_FLAGS] });
}

export const ROOT = fileURLToPath(new URL("..", import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".css": "text/css",
  ".wasm": "application/wasm",
};

/** A plain web server, as any host of static files is one. */
export class Files {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** @param headers with every answer */
  static async serve(folder: string, headers: Readonly<Record<string, string>> = {}): Promise<Files> {
    const server = createServer((request, response) => {
      const path = normalize(new URL(request.url ?? "/", "http://localhost").pathname);
      const file = `${folder}${path.endsWith("/") ? `${path}index.html` : path}`;
      if (!existsSync(file)) {
        response.writeHead(404).end();
        return;
      }
      response.writeHead(200, { ...headers, "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
      response.end(readFileSync(file));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new Files(server);
  }

  at(path: string): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${path}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/**
 * A page, and all that it complained about: errors on the console, uncaught ones, requests that
 * failed.
 */
export interface Watched {
  readonly page: Page;
  readonly complaints: readonly string[];
}

export async function open(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("requestfailed", (request) => complaints.push(`${request.url()}: ${request.failure()?.errorText}`));
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.url()}: ${response.status()}`);
  });
  await page.goto(url);
  return { page, complaints };
}

/** What hinders a reader, by the rules of axe; one line for each element. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run());
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
  );
}

/** Pixels by which the page is wider than the window. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** The smallest text that is shown, in pixels. */
export function smallestText(page: Page): Promise<number> {
  return page.evaluate(() => {
    const shown = Array.from(document.body.querySelectorAll("*")).filter(
      (element) =>
        Array.from(element.childNodes).some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim()) &&
        element.checkVisibility() &&
        !["SCRIPT", "STYLE"].includes(element.tagName),
    );
    return Math.min(...shown.map((element) => Number.parseFloat(getComputedStyle(element).fontSize)));
  });
}
