import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Ways in which a secret may hide in a text. */
const ENCODINGS: ReadonlyArray<readonly [string, (text: string) => string]> = [
  ['raw', (text) => text],
  ['lower hex', (text) => Buffer.from(text).toString('hex')],
  ['upper hex', (text) => Buffer.from(text).toString('hex').toUpperCase()],
  ['base64', (text) => Buffer.from(text).toString('base64').replace(/=+$/, '')],
  ['base64url', (text) => Buffer.from(text).toString('base64url')],
  // Behind one or two other bytes, as in `key:secret`; the digits on the edge belong to those, too.
  ['base64 after one byte', (text) => inBase64(`-${text}`, 2)],
  ['base64 after two bytes', (text) => inBase64(`--${text}`, 3)],
  ['URL-encoded', (text) => hexOf(text, '%')],
  ['upper URL-encoded', (text) => hexOf(text, '%').toUpperCase()],
  ['URL-encoded twice', (text) => hexOf(text, '%25')],
  ['JSON escapes', (text) => hexOf(text, '\\u00')],
  ['reversed', (text) => [...text].reverse().join('')],
  ['UTF-16LE hex', (text) => Buffer.from(text, 'utf16le').toString('hex')],
  ['byte list', (text) => [...Buffer.from(text)].join(',')],
];

function hexOf(text: string, before: string): string {
  return [...Buffer.from(text)].map((byte) => `${before}${byte.toString(16).padStart(2, '0')}`).join('');
}

function inBase64(text: string, shared: number): string {
  const whole = Buffer.from(text).toString('base64').replace(/=+$/, '');
  // Three bytes are four digits: what is left over at the end would look otherwise with more behind it.
  return whole.slice(shared, text.length % 3 === 0 ? undefined : -1);
}

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
  // Much is printed again and again.
  const placesOf = new Map<string, string[]>();
  for (const [place, text] of texts) {
    const dense = text.replace(/\s+/g, '');
    const places = placesOf.get(dense);
    if (places === undefined) placesOf.set(dense, [place]);
    else places.push(place);
  }
  return [...placesOf].flatMap(([dense, places]) =>
    needles.flatMap(([name, needle]) => (dense.includes(needle) ? places.map((place) => `${name} in ${place}`) : [])),
  );
}

/** As {@link findCanaries}, in all files of a folder. */
export function findCanariesIn(secrets: Readonly<Record<string, string>>, folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' });
  const texts = files.flatMap((file): [string, string][] => {
    if (!file.isFile()) return [];
    return [[file.name, readFileSync(join(file.parentPath, file.name)).toString('latin1')]];
  });
  return findCanaries(secrets, texts);
}
