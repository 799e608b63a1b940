/** Prose in lines. */

const MOST = 100;
/** What stands between backticks stays in one line. */
const WORD = /(?:`[^`]*`|\S)+/g;

/** One paragraph in lines of at most 100 columns, all but the first behind an indent. */
export function wrapped(text: string, indent = ""): string {
  const lines: string[] = [];
  for (const word of text.match(WORD) ?? []) {
    const line = lines.at(-1);
    if (line === undefined) lines.push(word);
    else if (line.length + 1 + word.length <= MOST) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(`${indent}${word}`);
  }
  return lines.join("\n");
}
