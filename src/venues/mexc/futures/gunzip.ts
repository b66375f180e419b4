/** Unpacks a frame. Throws for bytes that are no gzip, or unpack to more than the limit. */
export type Gunzip = (bytes: Uint8Array) => Uint8Array;

/** Loads the unpacker on first use. @param maxBytes of an unpacked frame. */
export async function loadGunzip(maxBytes: number): Promise<Gunzip> {
  const { gunzipSync } = await import('node:zlib');
  return (bytes) => gunzipSync(bytes, { maxOutputLength: maxBytes });
}
