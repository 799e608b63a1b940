/** Installed programs, and how a browser is started that nobody looks at. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

export const CHROMIUM = ["chromium", "chromium-browser", "google-chrome"] as const;

export const CHROMIUM_FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
] as const;

/** The path of the first of these programs that is installed. */
export function find(names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
