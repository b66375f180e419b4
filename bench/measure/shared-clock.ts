/** From the clock that all processes of a machine share to this one's, ns; being interrupted between the two looks makes it less. */
const ORIGIN = Math.max(...Array.from({ length: 64 }, () => Number(process.hrtime.bigint()) - performance.now() * 1e6));

/** Ns by the clock that all processes share. */
export function sharedNow(): number {
  return ORIGIN + performance.now() * 1e6;
}
