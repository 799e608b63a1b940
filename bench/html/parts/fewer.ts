/** Lines in as few points as the eye needs. */

export type Point = readonly [number, number];

/** As few of the points as leave none of the others further than this from the line. */
export function fewer(points: readonly Point[], tolerance = 0.15): Point[] {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < 3) return [...points];
  const [dx, dy] = [last[0] - first[0], last[1] - first[1]];
  const length = Math.hypot(dx, dy);
  let [at, most] = [0, tolerance];
  for (const [i, [x, y]] of points.entries()) {
    const distance = Math.abs((x - first[0]) * dy - (y - first[1]) * dx) / length;
    if (distance > most) [at, most] = [i, distance];
  }
  if (at === 0) return [first, last];
  return [...fewer(points.slice(0, at + 1), tolerance), ...fewer(points.slice(at), tolerance).slice(1)];
}
