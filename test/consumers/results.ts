/** What the checks found: printed, and kept for the pages. */
import { CONSUMERS_FILE, type Consumers, NOT_RUN, readConsumers, rowsOf } from "../../scripts/docs/consumers.ts";
import { writeJson } from "../../scripts/files.ts";
import type { Check, Found } from "./check.ts";
import { CHECKS } from "./checks.ts";

type Results = ReadonlyMap<Check, Found>;

const entryOf = ({ group, name }: Check, found: Found) => ({ group, name, ...found });

/** What a check found that could not be made. */
export const missing = (what: string): Found => ({ note: `${NOT_RUN}: ${what}` });

const isMissing = ({ note }: Found) => note?.startsWith(NOT_RUN) ?? false;

export function printed(checks: readonly Check[], results: Results): string {
  const rows = rowsOf(checks.map((check) => entryOf(check, results.get(check) ?? missing("see above"))));
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]) => row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(" | ");
  return rows.map((row) => line(row).trimEnd()).join("\n");
}

/** What was not looked at, or not to be had, stays as it was; what is no check any more goes. */
export function write(results: Results): void {
  const known = readConsumers();
  const consumers = CHECKS.flatMap((check) => {
    const found = results.get(check);
    const before = known.consumers.filter(({ group, name }) => group === check.group && name === check.name);
    return found && !(isMissing(found) && before.length > 0) ? [entryOf(check, found)] : before;
  });
  const date = new Date().toISOString().slice(0, 10);
  writeJson(CONSUMERS_FILE, { date, consumers } satisfies Consumers);
}
