/** How a wrong argument is refused: the message names the op, what came and what was expected. */

function message(op: string, came: string, expected: string | number): string {
  return `${op}: ${came}, expected ${expected}`;
}

export function typeError(op: string, came: string, expected: string | number): TypeError {
  return new TypeError(message(op, came, expected));
}

export function rangeError(op: string, came: string, expected: string | number): RangeError {
  return new RangeError(message(op, came, expected));
}
