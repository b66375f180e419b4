/** Number, name, type and rule of a field; a rule that is neither of the two is the name of its `oneof`. */
type WireField = readonly [id: number, name: string, type: string, rule?: 'optional' | 'repeated' | (string & {})];

/** Messages by name. */
export type WireSchema = Readonly<Record<string, readonly WireField[]>>;

/** What is used of protobufjs: it takes the bytes apart. Its methods throw for bytes that are no field of the kind asked for. */
interface Reader {
  pos: number;
  len: number;
  tag(): number;
  size(): number;
  skipType(wireType: number, depth: number, fieldNumber: number): unknown;
  /** Throws for bytes that are no UTF-8. */
  stringVerify(): string;
  int32(): number;
  int64(): unknown;
  bool(): boolean;
}

type Message = Record<string, unknown>;

interface Field {
  readonly name: string;
  readonly wireType: number;
  readonly isRepeated: boolean;
  readonly oneOf: string | undefined;
  readonly scalar: Scalar | undefined;
  readonly message: MessageType | undefined;
}

interface MessageType {
  /** By number; most are below a hundred. */
  readonly fields: (Field | undefined)[];
  /** Reads as empty what was not sent. */
  readonly Message: new () => Message;
}

interface Scalar {
  readonly wireType: number;
  readonly empty: unknown;
  read(reader: Reader): unknown;
}

const VARINT = 0;
const DELIMITED = 2;
const SCALARS: Readonly<Record<string, Scalar>> = {
  string: { wireType: DELIMITED, empty: '', read: (reader) => reader.stringVerify() },
  int32: { wireType: VARINT, empty: 0, read: (reader) => reader.int32() },
  int64: { wireType: VARINT, empty: 0, read: (reader) => reader.int64() },
  bool: { wireType: VARINT, empty: false, read: (reader) => reader.bool() },
};

/**
 * Decodes a message by its schema, as the decoder does that protobufjs generates, but without code made at run time: that
 * is forbidden where a process is hardened, and the reflection it takes is most of the library. Fields that were not sent
 * read as empty text, 0, false or an empty list, and as null where the schema says optional, a message or a `oneof`.
 */
export function createMessageDecoder(
  open: (bytes: Uint8Array) => Reader,
  schema: WireSchema,
  name: string,
): (bytes: Uint8Array) => Message {
  const root = buildTypes(schema)[name] as MessageType;
  return (bytes) => {
    const reader = open(bytes);
    return readMessage(root, reader, reader.len, 0, new root.Message());
  };
}

function buildTypes(schema: WireSchema): Readonly<Record<string, MessageType>> {
  const types: Record<string, MessageType> = {};
  for (const [name, fields] of Object.entries(schema)) types[name] = { fields: [], Message: defineMessage(fields) };
  for (const [name, fields] of Object.entries(schema)) {
    for (const field of fields) (types[name] as MessageType).fields[field[0]] = buildField(field, types);
  }
  return types;
}

function buildField([, name, type, rule]: WireField, types: Readonly<Record<string, MessageType>>): Field {
  const scalar = SCALARS[type];
  return {
    name,
    wireType: scalar?.wireType ?? DELIMITED,
    isRepeated: rule === 'repeated',
    oneOf: rule === 'repeated' || rule === 'optional' ? undefined : rule,
    scalar,
    message: types[type],
  };
}

function defineMessage(fields: readonly WireField[]): new () => Message {
  const Message = class {};
  for (const [, name, type, rule] of fields) {
    const empty = rule === undefined ? (SCALARS[type]?.empty ?? null) : rule === 'repeated' ? [] : null;
    Object.defineProperty(Message.prototype, name, { value: Object.freeze(empty), writable: true });
  }
  return Message as new () => Message;
}

/** A message that comes twice is merged into the first. */
function readMessage(type: MessageType, reader: Reader, end: number, depth: number, message: Message): Message {
  if (end > reader.len) throw new RangeError('a message that is longer than what holds it');
  const outerEnd = reader.len;
  reader.len = end;
  while (reader.pos < end) {
    const tag = reader.tag();
    const field = type.fields[tag >>> 3];
    if (field === undefined || field.wireType !== (tag & 7)) reader.skipType(tag & 7, depth, tag >>> 3);
    else readField(field, reader, depth, message);
  }
  if (reader.pos !== end) throw new RangeError('a message that ends inside a field');
  reader.len = outerEnd;
  return message;
}

function readField(field: Field, reader: Reader, depth: number, message: Message): void {
  const { name, isRepeated, oneOf } = field;
  const own = Object.hasOwn(message, name) ? message[name] : undefined;
  const value = readValue(field, reader, depth, isRepeated ? undefined : own);
  if (!isRepeated) message[name] = value;
  else if (own === undefined) message[name] = [value];
  else (own as unknown[]).push(value);
  if (oneOf !== undefined) choose(message, oneOf, name);
}

/** Of a `oneof` the last one that was sent counts. */
function choose(message: Message, oneOf: string, name: string): void {
  const before = message[oneOf];
  if (typeof before === 'string' && before !== name) delete message[before];
  message[oneOf] = name;
}

function readValue({ scalar, message }: Field, reader: Reader, depth: number, begun: unknown): unknown {
  if (scalar !== undefined) return scalar.read(reader);
  const type = message as MessageType;
  const length = reader.size();
  return readMessage(
    type,
    reader,
    reader.pos + length,
    depth + 1,
    (begun as Message | undefined) ?? new type.Message(),
  );
}
