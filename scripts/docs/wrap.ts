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

/** A block that is not prose: a table, a heading, a comment, a picture. */
const FIXED = /^(?:[|#<!])/;

/** A page with its paragraphs and lists in such lines. */
export function wrappedPage(markdown: string): string {
  const blocks = markdown.trimEnd().split("\n\n");
  const lines = blocks.map((block) => {
    if (FIXED.test(block)) return block;
    return block
      .split(/\n(?=- )/)
      .map((item) => wrapped(item, item.startsWith("- ") ? "  " : ""))
      .join("\n");
  });
  return `${lines.join("\n\n")}\n`;
}
