/** `wasm-activations bench`: from the command line to the report. */
import { readFileSync } from "node:fs";
import { packageFile } from "./beside.ts";
import { compare } from "./compare.ts";
import { checkWritable, writeWhole } from "./files.ts";
import { renderHtml } from "./html/render.ts";
import { machine } from "./machine.ts";
import { HELP, type Settings, settingsOf, UsageError } from "./options.ts";
import type { NumberType, Report } from "./results.ts";
import { Run } from "./run/run.ts";
import { markdown } from "./show/markdown.ts";
import { sectionsOf } from "./show/sections.ts";
import { styleFor, terminal } from "./show/terminal.ts";

const MANIFEST = packageFile("package.json");

const say = (text: string) => process.stderr.write(`wasm-activations: ${text}\n`);

function earlierReport(file: string, wanted: NumberType): Report {
  try {
    const report = JSON.parse(readFileSync(file, "utf8")) as Partial<Report>;
    if (report.format !== 2 || !report.costs) throw new Error("it is not a report of this version");
    const type = report.settings?.type ?? "float32";
    if (type !== wanted) throw new Error(`it is a report of ${type}`);
    return report as Report;
  } catch (error) {
    throw new UsageError(`--baseline ${file}: ${(error as Error).message}`);
  }
}

function checkFiles({ files }: Settings): void {
  for (const [format, file] of Object.entries(files)) {
    try {
      checkWritable(file);
    } catch (error) {
      throw new UsageError(`--${format}: ${(error as Error).message}`);
    }
  }
}

/** The report in each format that was asked for; how many could not be written. */
function writeFiles(report: Report, { files }: Settings): number {
  const texts = {
    json: () => `${JSON.stringify(report, undefined, 1)}\n`,
    markdown: () => markdown(sectionsOf(report)),
    html: () => renderHtml(report),
  };
  let failed = 0;
  for (const format of ["json", "markdown", "html"] as const) {
    const file = files[format];
    if (file === undefined) continue;
    try {
      writeWhole(file, texts[format]());
    } catch (error) {
      say(`--${format}: ${(error as Error).message}`);
      failed++;
    }
  }
  return failed;
}

/** Exit status of a process that was ended by a signal, as shells give it. */
const STATUS = { SIGINT: 130, SIGTERM: 143 } as const;
type Ended = keyof typeof STATUS;

/** Runs until it is done or interrupted. A second signal ends the process at once. */
async function interruptible(run: (signal: AbortSignal) => Promise<Report>): Promise<[Report, Ended | undefined]> {
  const interruption = new AbortController();
  let ended: Ended | undefined;
  const interrupt = (signal: NodeJS.Signals) => {
    if (ended) process.exit(STATUS[ended]);
    ended = signal as Ended;
    interruption.abort();
  };
  for (const signal of Object.keys(STATUS)) process.on(signal, interrupt);
  const report = await run(interruption.signal);
  return [report, ended];
}

async function measured(settings: Settings): Promise<number> {
  checkFiles(settings);
  const earlier = settings.baseline === undefined ? undefined : earlierReport(settings.baseline, settings.type);
  const [found, ended] = await interruptible((signal) => new Run(settings, machine(MANIFEST), signal).all());
  const report = earlier ? { ...found, comparison: compare(found, earlier) } : found;
  // Files first: what reads the terminal's output may be gone.
  const failed = writeFiles(report, settings);
  process.stdout.write(terminal(sectionsOf(report), styleFor(process.stdout, process.env)));
  if (ended) return STATUS[ended];
  return report.failures.length > 0 || failed > 0 ? 1 : 0;
}

export async function bench(args: readonly string[]): Promise<number> {
  try {
    const settings = settingsOf(args);
    if (settings === "help") process.stdout.write(HELP);
    else if (settings === "version") {
      const { version } = JSON.parse(readFileSync(MANIFEST, "utf8")) as { version: string };
      process.stdout.write(`${version}\n`);
    } else return await measured(settings);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    say(error.message);
    return 2;
  }
}
