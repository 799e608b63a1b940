/**
 * Sections as text for a terminal: columns aligned, bars where there is room, no line wider than
 * asked.
 */
import type { Section, Table } from "./section.ts";

export interface Style {
  readonly width: number;
  /** Bold titles, dim notes. */
  readonly colours: boolean;
  /** Block characters in bars. */
  readonly blocks: boolean;
}

const WIDEST = 100;
const NARROWEST = 40;
const GAP = "  ";

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** What the stream can show. */
export function styleFor(stream: Stream, env: Readonly<Record<string, string | undefined>>): Style {
  const terminal = stream.isTTY === true && env.TERM !== "dumb";
  const width = Math.max(Math.min(stream.isTTY ? (stream.columns ?? WIDEST) : WIDEST, WIDEST), NARROWEST);
  return { width, colours: terminal && !env.NO_COLOR, blocks: terminal };
}

/** Columns aligned: the first to the left, the others to the right. */
export function aligned(lines: readonly (readonly string[])[]): string[] {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines.map((line) =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join(GAP)
      .trimEnd(),
  );
}

/** Words on lines of at most so many characters. */
export function wrapped(text: string, width: number, indent = ""): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent + word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

const EIGHTHS = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
const LEAST_BAR = 8;
const MOST_BAR = 24;

/** Bars of these values, the smallest one mark long. */
function barsOf(values: readonly (number | undefined)[], room: number, blocks: boolean): string[] {
  const known = values.filter((value): value is number => value !== undefined && value > 0);
  const [low, high] = [Math.log(Math.min(...known)), Math.log(Math.max(...known))];
  return values.map((value) => {
    if (value === undefined || !(value > 0)) return "";
    const length = high > low ? 1 + ((Math.log(value) - low) / (high - low)) * (room - 1) : 1;
    if (!blocks) return "#".repeat(Math.round(length));
    const eighths = Math.round(length * 8);
    return "█".repeat(eighths >> 3) + (EIGHTHS[eighths & 7] ?? "");
  });
}

const widthOf = (lines: readonly string[]) => Math.max(...lines.map((line) => line.length));

/** The columns that fit beside the first, a table for each lot: a wide table becomes several. */
function split({ head, rows }: Table, width: number): string[][] {
  const lines = [head, ...rows];
  const whole = aligned(lines);
  if (widthOf(whole) <= width || head.length <= 2) return [whole];
  for (let columns = head.length - 1; columns >= 2; columns--) {
    const left = aligned(lines.map((line) => line.slice(0, columns)));
    if (columns > 2 && widthOf(left) > width) continue;
    const rest = (line: readonly string[]) => [line[0] ?? "", ...line.slice(columns)];
    return [left, ...split({ head: rest(head), rows: rows.map(rest) }, width)];
  }
  return [whole];
}

function tableLines(table: Table, { width, blocks }: Style): string[] {
  const [first = [], ...others] = split(table, width);
  const room = Math.min(width - widthOf(first) - GAP.length, MOST_BAR);
  const withBars = table.bars && others.length === 0 && room >= LEAST_BAR;
  const bars = withBars ? ["", ...barsOf(table.bars, room, blocks)] : [];
  const full = widthOf(first);
  const lines = first.map((line, i) => (bars[i] ? `${line.padEnd(full)}${GAP}${bars[i]}` : line));
  return [lines, ...others].flatMap((part, i) => (i === 0 ? part : ["", ...part]));
}

export function terminal(sections: readonly Section[], style: Style): string {
  const paint = (code: number, text: string) => (style.colours ? `\x1b[${code}m${text}\x1b[0m` : text);
  const lines = sections.flatMap(({ title, notes, table, items }) => {
    const marks = Math.max(0, ...(items ?? []).map(({ mark }) => mark.length));
    return [
      ...wrapped(title, style.width).map((line) => paint(1, line)),
      ...notes.flatMap((note) => wrapped(note, style.width)).map((line) => paint(2, line)),
      ...(table ? ["", ...tableLines(table, style)] : []),
      ...(items?.length ? [""] : []),
      ...(items ?? []).flatMap(({ mark, text }) => {
        const indent = " ".repeat(marks + GAP.length);
        const [head = "", ...rest] = wrapped(text, style.width - indent.length);
        return [`${mark.padEnd(marks)}${GAP}${head}`, ...rest.map((line) => indent + line)];
      }),
      "",
    ];
  });
  return `${lines.join("\n")}`;
}
