/** Unpacks a frame. Throws for bytes that are no gzip, or unpack to more than the limit. */
export type Gunzip = (bytes: Uint8Array) => Uint8Array;

let loading: Promise<typeof import('node:zlib')> | undefined;

/** Loads the unpacker on first use; nothing of it is loaded before. @param maxBytes of an unpacked frame. */
export async function loadGunzip(maxBytes: number): Promise<Gunzip> {
  loading ??= import('node:zlib');
  const { gunzipSync } = await loading;
  return (bytes) => gunzipSync(bytes, { maxOutputLength: maxBytes });
}
