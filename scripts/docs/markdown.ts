/** What the generated pages have in common. */

export const MADE = "<!-- Made by `npm run docs`. -->";

/** Cells of one row of a Markdown table. */
const line = (...cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;

export function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [line(...head), line(...head.map(() => "---")), ...rows.map((cells) => line(...cells))].join("\n");
}
