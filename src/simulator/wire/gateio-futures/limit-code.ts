/** The venue's code of its futures rate limit. Source: Gate API v4 docs, rate limits. */
export const LIMIT_CODE = 311;
