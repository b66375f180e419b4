/** The key pair of an account at a venue. */
export interface Credentials {
  readonly apiKey: string;
  readonly secretKey: string;
}

/** A request that is ready but for its signature. */
export interface UnsignedRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path of the URL, the base's own path included: `/api/v4/spot/orders`. */
  readonly path: string;
  /** In the order to be sent, not encoded. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Byte for byte; `''` without one. */
  readonly body: string;
  /**
   * The venue must not act on it after this, epoch ms by its clock, where it can be told so; absent for calls that
   * change nothing.
   */
  readonly expiresAt?: number;
}

export interface SignedRequest {
  /** Encoded, as it goes into the URL, without `?`. A secret. */
  readonly query: string;
  /** Besides the venue's own. Secrets. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Signs with the credentials in its closure. Pure but for them. */
export interface Signer {
  /** @param now epoch ms by the venue's clock. */
  sign(request: UnsignedRequest, now: number): SignedRequest;
}
