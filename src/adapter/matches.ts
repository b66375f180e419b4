/** Whether `expected` stands in `bytes` at `at`. Four bytes at a time: what is compared here is long, and mostly the same. */
export function matches(bytes: Uint8Array, at: number, expected: Uint8Array): boolean {
  const { length } = expected;
  if (at + length > bytes.length) return false;
  let index = 0;
  for (; index + 4 <= length; index += 4) {
    const place = at + index;
    const bits =
      ((expected[index] as number) ^ (bytes[place] as number)) |
      ((expected[index + 1] as number) ^ (bytes[place + 1] as number)) |
      ((expected[index + 2] as number) ^ (bytes[place + 2] as number)) |
      ((expected[index + 3] as number) ^ (bytes[place + 3] as number));
    if (bits !== 0) return false;
  }
  for (; index < length; index++) if (expected[index] !== bytes[at + index]) return false;
  return true;
}
