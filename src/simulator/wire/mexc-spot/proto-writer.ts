const encoder = new TextEncoder();

const VARINT = 0;
const LENGTH_DELIMITED = 2;

/**
 * Writes proto3 fields into reusable memory. Default values are left out, as proto3 does for plain fields: `''` and 0. Integers are unsigned and safe.
 */
export class ProtoWriter {
  #bytes = new Uint8Array(512);
  #length = 0;

  reset(): this {
    this.#length = 0;
    return this;
  }

  integer(field: number, value: number): this {
    if (value === 0) return this;
    this.#reserve(20);
    this.#varint(field * 8 + VARINT);
    this.#varint(value);
    return this;
  }

  string(field: number, text: string): this {
    if (text === '') return this;
    if (!isAscii(text)) return this.#block(field, encoder.encode(text));
    this.#header(field, text.length);
    const bytes = this.#bytes;
    let at = this.#length;
    for (let i = 0; i < text.length; i++) bytes[at++] = text.charCodeAt(i);
    this.#length = at;
    return this;
  }

  /**
   * A decimal as trimmed text: `(1, 6499990, 2)` writes `'64999.9'`. Digits go straight to the bytes: books are made of
   * nothing else. @param units whole, not negative, safe; times `10^-decimals`.
   */
  decimal(field: number, units: number, decimals: number): this {
    let rest = units;
    let scale = decimals;
    while (scale > 0 && rest % 10 === 0) {
      rest /= 10;
      scale--;
    }
    const length = scale === 0 ? countDigits(rest) : Math.max(countDigits(rest), scale + 1) + 1;
    this.#header(field, length);
    const bytes = this.#bytes;
    const start = this.#length;
    this.#length = start + length;
    const dot = scale === 0 ? -1 : this.#length - scale - 1;
    for (let at = this.#length - 1; at >= start; at--) {
      if (at === dot) {
        bytes[at] = 46;
        continue;
      }
      const next = Math.floor(rest / 10);
      bytes[at] = 48 + (rest - next * 10);
      rest = next;
    }
    return this;
  }

  /** A nested message; written even when empty, since an empty message is present. */
  message(field: number, inner: ProtoWriter): this {
    return this.#block(field, inner.#bytes.subarray(0, inner.#length));
  }

  /** A copy of what was written, of its own. */
  finish(): Uint8Array {
    return Buffer.from(this.#bytes.subarray(0, this.#length));
  }

  #block(field: number, content: Uint8Array): this {
    this.#header(field, content.length);
    this.#bytes.set(content, this.#length);
    this.#length += content.length;
    return this;
  }

  #header(field: number, length: number): void {
    this.#reserve(20 + length);
    this.#varint(field * 8 + LENGTH_DELIMITED);
    this.#varint(length);
  }

  /** Divides where a shift would cut at 32 bits: times and versions are longer. */
  #varint(value: number): void {
    let rest = value;
    while (rest > 127) {
      this.#bytes[this.#length++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#length++] = rest;
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}

function countDigits(whole: number): number {
  let count = 1;
  for (let limit = 10; whole >= limit; limit *= 10) count++;
  return count;
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}
