/** What the checks found: printed, and kept for the pages. */
import { CONSUMERS_FILE, type Consumers, readConsumers, rowsOf } from "../../scripts/docs/consumers.ts";
import { writeJson } from "../../scripts/files.ts";
import type { Check, Found } from "./check.ts";
import { CHECKS } from "./checks.ts";

type Results = ReadonlyMap<Check, Found>;

const entryOf = ({ group, name }: Check, found: Found | undefined) => ({
  group,
  name,
  ...(found ?? { note: "not run" }),
});

export function printed(checks: readonly Check[], results: Results): string {
  const rows = rowsOf(checks.map((check) => entryOf(check, results.get(check))));
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join(" | ")
        .trimEnd(),
    )
    .join("\n");
}

/** What was not looked at stays as it was; what is no check any more goes. */
export function write(results: Results): void {
  const known = readConsumers();
  const consumers = CHECKS.flatMap((check) => {
    const found = results.get(check);
    if (found) return [entryOf(check, found)];
    return known.consumers.filter(({ group, name }) => group === check.group && name === check.name);
  });
  const date = new Date().toISOString().slice(0, 10);
  writeJson(CONSUMERS_FILE, { date, consumers } satisfies Consumers);
}
