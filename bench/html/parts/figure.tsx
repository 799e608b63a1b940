/** The frame of every chart: what to see in it, the chart, its numbers. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

interface FigureProps {
  /** What there is to see. */
  readonly title: string;
  /** How to read it. */
  readonly caption: ComponentChildren;
  readonly controls?: ComponentChildren;
  readonly children: ComponentChildren;
  /**
   * The table with the chart's numbers; made when it is opened: in the file it would take more than
   * all else.
   */
  readonly numbers?: () => ComponentChildren;
}

export function Figure({ title, caption, controls, children, numbers }: FigureProps) {
  const [open, setOpen] = useState(false);
  return (
    <figure>
      <figcaption>
        <strong>{title}</strong> <span>{caption}</span>
      </figcaption>
      {controls}
      {children}
      {numbers && (
        <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
          <summary>The numbers as a table</summary>
          {open && numbers()}
        </details>
      )}
    </figure>
  );
}

interface SectionProps {
  readonly id: string;
  readonly title: string;
  readonly children: ComponentChildren;
}

export function Section({ id, title, children }: SectionProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
    </section>
  );
}

/** One mark of a legend: a sign and what it stands for. */
export interface Key {
  readonly sign:
    | "dot"
    | "ring"
    | "circle"
    | "rule"
    | "line"
    | "dashed"
    | "square product"
    | "square bias"
    | "square norm"
    | "square";
  readonly hue?: 1 | 2 | "grey";
  readonly text: string;
}

/** Beside the title, near what it explains. */
export function Legend({ keys }: { readonly keys: readonly Key[] }) {
  return (
    <ul class="legend">
      {keys.map(({ sign, hue = 1, text }) => (
        <li key={text}>
          <svg width="26" height="12" aria-hidden="true" class={`hue${hue}`}>
            {signOf(sign)}
          </svg>
          {text}
        </li>
      ))}
    </ul>
  );
}

function signOf(sign: Key["sign"]) {
  switch (sign) {
    case "dot":
      return <circle class="dot" cx="13" cy="6" r="4.5" />;
    case "ring":
      return <circle class="ring" cx="13" cy="6" r="4" />;
    case "circle":
      return <circle class="mark" cx="13" cy="6" r="5.5" />;
    case "rule":
      return <line class="rule" x1="13" y1="0" x2="13" y2="12" />;
    case "line":
    case "dashed":
      return <line class={sign} x1="1" y1="6" x2="25" y2="6" />;
    default:
      return <rect class={sign} x="3" y="1" width="20" height="10" />;
  }
}
