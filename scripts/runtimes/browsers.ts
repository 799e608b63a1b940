/** Browsers without a driver: a page of localhost sends back what it found. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CHROMIUM, CHROMIUM_FLAGS, find } from "./programs.ts";

export type BrowserName = "Chromium" | "Firefox";

/** The program that is installed and its arguments but for the URL; a profile of its own. */
export interface Browser {
  readonly program: string;
  args(profile: string): readonly string[];
}

/** Sound begins without a click; nothing is asked on the first start. */
const FIREFOX_SETTINGS = {
  "media.autoplay.default": 0,
  "media.autoplay.blocking_policy": 0,
  "browser.shell.checkDefaultBrowser": false,
  "datareporting.policy.dataSubmissionEnabled": false,
};

/** Undefined where it is not installed. */
export function browserOf(name: BrowserName): Browser | undefined {
  const program = find(name === "Chromium" ? CHROMIUM : ["firefox-esr", "firefox"]);
  if (program === undefined) return undefined;
  if (name === "Chromium") {
    const flags = [...CHROMIUM_FLAGS, "--autoplay-policy=no-user-gesture-required"];
    return { program, args: (profile) => [...flags, `--user-data-dir=${profile}`] };
  }
  return {
    program,
    args(profile) {
      const lines = Object.entries(FIREFOX_SETTINGS).map(([key, value]) => `user_pref("${key}", ${value});\n`);
      writeFileSync(join(profile, "user.js"), lines.join(""));
      return ["--headless", "--no-remote", "--profile", profile];
    },
  };
}

/** What a server answers. */
export interface Answer {
  /** "text/html", say. */
  readonly type: string;
  readonly body: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/** By path; undefined: there is nothing. */
export type Site = (path: string) => Answer | undefined;

/** Opens the site's "/" and gives what the page sends to "/report". */
export async function visit({ program, args }: Browser, site: Site, milliseconds: number): Promise<string> {
  const profile = mkdtempSync(join(tmpdir(), "browser-"));
  const server = createServer();
  let browser: ChildProcess | undefined;
  try {
    const report = reportTo(server, site);
    const url = await listening(server);
    const ends = new Promise<never>((_, reject) => {
      browser = spawn(program, [...args(profile), url], { stdio: "ignore", detached: true });
      browser.on("error", reject);
      browser.on("exit", (code) => reject(new Error(`ended with code ${code} before a report came`)));
      setTimeout(() => reject(new Error("no report in time")), milliseconds).unref();
    });
    return await Promise.race([report, ends]);
  } finally {
    if (browser?.pid !== undefined && browser.exitCode === null) await endGroup(browser, browser.pid);
    server.closeAllConnections();
    server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

function reportTo(server: Server, site: Site): Promise<string> {
  return new Promise((resolve) => {
    server.on("request", (request, response) => {
      const path = request.url ?? "/";
      if (request.method === "POST" && path === "/report") {
        let body = "";
        request.setEncoding("utf8");
        request.on("data", (text: string) => {
          body += text;
        });
        request.on("end", () => {
          response.end();
          resolve(body);
        });
        return;
      }
      const answer = site(path);
      response.writeHead(answer ? 200 : 404, { ...answer?.headers, "content-type": answer?.type ?? "text/plain" });
      response.end(answer?.body);
    });
  });
}

function listening(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`));
  });
}

/** Ends a browser with the processes it started: its group. */
function endGroup(browser: ChildProcess, pid: number): Promise<void> {
  return new Promise((resolve) => {
    browser.once("exit", () => resolve());
    process.kill(-pid, "SIGKILL");
  });
}
