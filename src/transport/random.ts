/** The only source of chance. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
}

/** The chance of this process. */
export const systemRandom: Random = { next: () => Math.random() };
