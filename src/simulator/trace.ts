const HIGH = 0x1_0000_0000;

/** A running 64-bit hash of everything that happens, in order. Cheap, not cryptographic: it tells runs apart. */
export class Trace {
  #a = 0x811c9dc5 | 0;
  #b = 0x9e3779b9 | 0;

  /** A whole number up to 2^53, either sign. */
  number(value: number): void {
    this.#word(value | 0);
    this.#word(Math.floor(value / HIGH) | 0);
  }

  text(value: string): void {
    const { length } = value;
    this.#word(length);
    const even = length & ~1;
    for (let i = 0; i < even; i += 2) this.#word(value.charCodeAt(i) | (value.charCodeAt(i + 1) << 16));
    if (even < length) this.#word(value.charCodeAt(even));
  }

  bytes(value: Uint8Array): void {
    const { length } = value;
    this.#word(length);
    const whole = length & ~3;
    for (let i = 0; i < whole; i += 4) {
      this.#word(value[i]! | (value[i + 1]! << 8) | (value[i + 2]! << 16) | (value[i + 3]! << 24));
    }
    for (let i = whole; i < length; i++) this.#word(value[i]!);
  }

  /** 16 hex digits. */
  digest(): string {
    return hex(this.#a) + hex(this.#b);
  }

  #word(word: number): void {
    this.#a = Math.imul(this.#a ^ word, 0x01000193);
    const mixed = Math.imul(this.#b ^ word, 0x85ebca6b);
    this.#b = mixed ^ (mixed >>> 15);
    this.#a ^= this.#a >>> 13;
  }
}

function hex(word: number): string {
  return (word >>> 0).toString(16).padStart(8, '0');
}
