/** A part of the report as text: what terminal and Markdown have in common. */

export interface Table {
  /** The first column is text, the others are figures. */
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** A bar for each row in the terminal, on a logarithmic axis. */
  readonly bars?: readonly (number | undefined)[];
}

/** A sentence with a word in front. */
export interface Item {
  readonly mark: string;
  readonly text: string;
}

export interface Section {
  readonly title: string;
  /** What is to be seen in it, and what the columns mean. */
  readonly notes: readonly string[];
  readonly table?: Table;
  readonly items?: readonly Item[];
}
