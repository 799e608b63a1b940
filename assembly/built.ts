/** What the functions called …Table have filled, for a host that copies it to other instances. */

const ROOM = 64;
/** i32 count, then pairs of i32: address and bytes. */
const LIST = memory.data(4 + ROOM * 8, 4);

/** Address of the list: i32 count, then `count` pairs (i32 address, i32 bytes), every range that has been filled so far, in order. */
export function built(): usize {
  return LIST;
}

/** Whether the range at p is still to be filled; from now on it counts as filled. */
export function claim(p: usize, bytes: usize): bool {
  const end = LIST + 4 + ((<usize>load<i32>(LIST)) << 3);
  for (let entry = LIST + 4; entry < end; entry += 8) {
    if (<usize>load<i32>(entry) === p) return false;
  }
  if (load<i32>(LIST) === ROOM) unreachable();
  store<i32>(end, <i32>p);
  store<i32>(end, <i32>bytes, 4);
  store<i32>(LIST, load<i32>(LIST) + 1);
  return true;
}
