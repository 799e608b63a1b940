/** Native controls, each with its label. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

interface ControlsProps {
  /** For screen readers. */
  readonly title: string;
  /** One group for each of two things. */
  readonly two?: boolean;
  readonly children: ComponentChildren;
}

export function Controls({ title, two = false, children }: ControlsProps) {
  return (
    <fieldset class={`controls${two ? " two" : ""}`}>
      <legend class="unseen">{title}</legend>
      {children}
    </fieldset>
  );
}

export interface Option<T extends string | number> {
  readonly value: T;
  readonly text: string;
}

interface SelectProps<T extends string | number> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly Option<T>[];
  readonly onPick: (value: T) => void;
}

/** Not there where there is nothing to choose. */
export function Select<T extends string | number>({ label, value, options, onPick }: SelectProps<T>) {
  if (options.length < 2) return null;
  return (
    <label>
      <span>{label}</span>
      <select
        value={String(value)}
        onChange={({ currentTarget }) => {
          const picked = options[currentTarget.selectedIndex];
          if (picked) onPick(picked.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={String(option.value)} selected={option.value === value}>
            {option.text}
          </option>
        ))}
      </select>
    </label>
  );
}

interface CheckProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onPick: (checked: boolean) => void;
}

export function Check({ label, checked, onPick }: CheckProps) {
  return (
    <label class="check">
      <input type="checkbox" checked={checked} onChange={({ currentTarget }) => onPick(currentTarget.checked)} />
      <span>{label}</span>
    </label>
  );
}

/** Where the clipboard is forbidden, a text that is selected can still be copied by hand. */
function copyBySelection(text: string): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}

interface CopyProps {
  readonly label: string;
  readonly textOf: () => string;
}

/** Copies a text, and says so. */
export function Copy({ label, textOf }: CopyProps) {
  const [state, setState] = useState<"" | "Copied" | "Not allowed here">("");
  const copy = async () => {
    const text = textOf();
    const done = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    );
    setState(done || copyBySelection(text) ? "Copied" : "Not allowed here");
    setTimeout(() => setState(""), 2000);
  };
  return (
    <span class="copy">
      <button type="button" onClick={copy}>
        {label}
      </button>
      <output>{state}</output>
    </span>
  );
}
