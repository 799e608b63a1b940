/** An array seen along one of its axes: [outer][axis][inner], in row-major order. */
export interface Layout {
  readonly outer: number;
  readonly axis: number;
  readonly inner: number;
}
