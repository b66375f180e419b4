/** How every TLS connection is made, whatever variables or flags of the process say. */
export const VERIFIED_TLS = { rejectUnauthorized: true, minVersion: 'TLSv1.2' } as const;
