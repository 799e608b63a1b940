/** Where the package was found to work: docs/consumers.json, by `npm run test:consumers`. */
import { fileOf, readJson } from "../files.ts";

export const CONSUMERS_FILE = fileOf("docs/consumers.json");

export interface Consumer {
  /** A row of the README's table. */
  readonly group: string;
  readonly name: string;
  readonly backend?: string;
  readonly bits?: string;
  readonly bytes?: readonly [whole: number, plain: number];
  readonly note?: string;
}

export interface Consumers {
  readonly date: string;
  readonly consumers: readonly Consumer[];
}

export function readConsumers(): Consumers {
  return readJson<Consumers>(CONSUMERS_FILE, { date: "", consumers: [] });
}

const HEAD = ["where", "what", "backend", "bits", "bytes of relu", "from /js", ""];

/** The table, its head first. */
export function rowsOf(consumers: readonly Consumer[]): string[][] {
  const rows = consumers.map(({ group, name, backend = "", bits = "", bytes, note = "" }) => [
    group,
    name,
    backend,
    bits,
    String(bytes?.[0] ?? ""),
    String(bytes?.[1] ?? ""),
    note,
  ]);
  return [HEAD, ...rows];
}
