/** Ways in which a secret may hide in a text. */
const ENCODINGS: ReadonlyArray<readonly [string, (text: string) => string]> = [
  ['raw', (text) => text],
  ['lower hex', (text) => Buffer.from(text).toString('hex')],
  ['upper hex', (text) => Buffer.from(text).toString('hex').toUpperCase()],
  ['base64', (text) => Buffer.from(text).toString('base64').replace(/=+$/, '')],
  ['base64url', (text) => Buffer.from(text).toString('base64url')],
  ['URL-encoded', (text) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')],
  ['reversed', (text) => [...text].reverse().join('')],
  ['UTF-16LE hex', (text) => Buffer.from(text, 'utf16le').toString('hex')],
  ['byte list', (text) => [...Buffer.from(text)].join(',')],
];

export const ENCODING_NAMES: readonly string[] = ENCODINGS.map(([name]) => name);

/** The secret in the encoding of that name. */
export function encodeCanary(name: string, secret: string): string {
  const found = ENCODINGS.find(([one]) => one === name);
  if (found === undefined) throw new Error(`no encoding ${name}`);
  return found[1](secret);
}

/** Where which secret is, in which encoding; never the secret itself. */
export function findCanaries(
  secrets: Readonly<Record<string, string>>,
  texts: ReadonlyArray<readonly [place: string, text: string]>,
): string[] {
  const needles = Object.entries(secrets).flatMap(([secret, value]) =>
    ENCODINGS.map(([encoding, encode]) => [`${secret} as ${encoding}`, encode(value).replace(/\s+/g, '')] as const),
  );
  return texts.flatMap(([place, text]) => {
    const dense = text.replace(/\s+/g, '');
    return needles.flatMap(([name, needle]) => (dense.includes(needle) ? [`${name} in ${place}`] : []));
  });
}
