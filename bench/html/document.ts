/** The HTML document around the report: for the file and for the page. */

export interface Document {
  readonly title: string;
  /** In the head, after the title. */
  readonly head: string;
  /** The rendered report. */
  readonly body: string;
  /** After the report. */
  readonly end: string;
}

/** The element in which the report is rendered, and in which it comes alive. */
export const ROOT = "report";

/** Where the file keeps its numbers. */
export const DATA = "data";

export const escaped = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");

export function documentOf({ title, head, body, end }: Document): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
${head}
</head>
<body>
<div id="${ROOT}">${body}</div>
${end}
</body>
</html>
`;
}
