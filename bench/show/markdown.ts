/** Sections as Markdown. */
import type { Section } from "./section.ts";

/** In a cell a bar would end it. */
const cell = (text: string) => text.replaceAll("|", "\\|");

export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const rule = head.map((_, column) => (column === 0 ? "---" : "---:"));
  return [head.map(cell), rule, ...rows.map((row) => row.map(cell))].map((line) => `| ${line.join(" | ")} |`);
}

export function markdown([first, ...sections]: readonly Section[]): string {
  const body = ({ notes, table, items }: Section) => [
    ...notes.flatMap((note) => [note, ""]),
    ...(table ? [...markdownTable(table.head, table.rows), ""] : []),
    ...(items ?? []).map(({ mark, text }) => `- **${mark}** ${text}`),
    ...(items?.length ? [""] : []),
  ];
  const lines = [
    ...(first ? [`# ${first.title}`, "", ...body(first)] : []),
    ...sections.flatMap((section) => [`## ${section.title}`, "", ...body(section)]),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}
