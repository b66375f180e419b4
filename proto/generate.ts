import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import protobuf from 'protobufjs';

const SOURCE = fileURLToPath(new URL('./mexc/PushDataV3ApiWrapper.proto', import.meta.url));
const TARGET = fileURLToPath(new URL('../src/venues/mexc/spot/wire-schema.ts', import.meta.url));
const WIDTH = 120;

const HEAD = `// Generated from proto/mexc by \`npx tsx proto/generate.ts\`: change the .proto files, not this one.

/** MEXC's spot messages as a protobufjs descriptor, so that nothing is parsed at run time. */
export const WIRE_SCHEMA = `;

/** The text that the generated file must have. */
export function renderWireSchema(): string {
  return `${HEAD}${print(describeMessages(), '', 0)};\n`;
}

/** The generated file as it stands. */
export function readWireSchema(): string {
  return readFileSync(TARGET, 'utf8');
}

function describeMessages(): unknown {
  const nested = new protobuf.Root().loadSync(SOURCE).toJSON().nested ?? {};
  // protobufjs leaves the syntax out of its descriptors and then reads them as proto2, which skips the UTF-8 check.
  const messages = Object.entries(nested).map(([name, message]) => [name, { edition: 'proto3', ...message }]);
  return { nested: Object.fromEntries(messages) };
}

/** Prints as the project's formatter would: on one line where it fits. */
function print(value: unknown, indent: string, column: number): string {
  const flat = printFlat(value);
  if (typeof value !== 'object' || value === null || column + flat.length + 1 <= WIDTH) return flat;
  const inner = `${indent}  `;
  const lines = Array.isArray(value)
    ? value.map((item) => `${inner}${print(item, inner, inner.length)},`)
    : Object.entries(value).map(([name, item]) => {
        const start = `${inner}${name}: `;
        return `${start}${print(item, inner, start.length)},`;
      });
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return [open, ...lines, `${indent}${close}`].join('\n');
}

function printFlat(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return `[${value.map(printFlat).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const fields = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{ ${fields.map(([name, item]) => `${name}: ${printFlat(item)}`).join(', ')} }`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(TARGET, renderWireSchema());
