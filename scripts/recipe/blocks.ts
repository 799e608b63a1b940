/** The recipes in a page of Markdown: files with their code, and the ops that are adopted. */

export type Block = { readonly file: string; readonly code: string } | { readonly adopt: readonly string[] };

const FENCE = /^( *)```(\w+)\n([\s\S]*?)^\1```$/gm;

export function recipeOf(page: string): Block[] {
  const blocks: Block[] = [];
  let end = 0;
  for (const match of page.matchAll(FENCE)) {
    const [whole, indent = "", language, body = ""] = match;
    const before = page.slice(end, match.index);
    end = match.index + whole.length;
    const code = body
      .split("\n")
      .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
      .join("\n");
    if (language === "sh") {
      const [, ops] = /^npm run adopt -- (.+)$/m.exec(code) ?? [];
      if (ops) blocks.push({ adopt: ops.split(" ") });
    } else if (language === "ts") {
      const file = [...before.matchAll(/`((?:assembly\/kernels|src\/activations)\/\w+\.ts)`/g)].at(-1)?.[1];
      if (file) blocks.push({ file, code });
    }
  }
  return blocks;
}
