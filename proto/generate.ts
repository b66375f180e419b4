import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import protobuf from 'protobufjs';

const SOURCE = fileURLToPath(new URL('./mexc/PushDataV3ApiWrapper.proto', import.meta.url));
const TARGET = fileURLToPath(new URL('../src/venues/mexc/spot/wire-schema.ts', import.meta.url));

const HEAD = `// Generated from proto/mexc by \`npx tsx proto/generate.ts\`: change the .proto files, not this one.
import type { WireSchema } from './message-decoder.js';

/** MEXC's spot messages: per field its number, name, type and, where it has one, its rule. */
export const WIRE_SCHEMA: WireSchema = {
`;

/** The text that the generated file must have. */
export function renderWireSchema(): string {
  const messages = loadMessages().map(({ name, fieldsArray }) => {
    const fields = fieldsArray.map(printField);
    // As the project's formatter would.
    if (fields.length === 1) return `  ${name}: [${fields[0]}],\n`;
    return `  ${name}: [\n${fields.map((field) => `    ${field},\n`).join('')}  ],\n`;
  });
  return `${HEAD}${messages.join('')}};\n`;
}

/** The generated file as it stands. */
export function readWireSchema(): string {
  return readFileSync(TARGET, 'utf8');
}

function loadMessages(): protobuf.Type[] {
  const root = new protobuf.Root().loadSync(SOURCE);
  root.resolveAll();
  return root.nestedArray.filter((nested) => nested instanceof protobuf.Type);
}

function printField({ id, name, type, repeated, partOf, options }: protobuf.Field): string {
  const rule = repeated ? 'repeated' : ruleOf(partOf, options);
  const words = [name, type, ...(rule === undefined ? [] : [rule])].map((word) => `'${word}'`);
  return `[${id}, ${words.join(', ')}]`;
}

/** A field of the only true `oneof` is the body; the others are what `optional` makes in proto3. */
function ruleOf(partOf: protobuf.OneOf | null, options: protobuf.Field['options']): string | undefined {
  if (partOf === null || partOf === undefined) return undefined;
  return options?.['proto3_optional'] === true ? 'optional' : partOf.name;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(TARGET, renderWireSchema());
