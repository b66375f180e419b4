/** The fields of one protobuf message by number, in the order of the wire; varints as numbers, the rest as bytes. */
export type ProtoFields = ReadonlyMap<number, readonly (number | Uint8Array)[]>;

/** A second implementation for tests: reads varints and length-delimited fields, nothing else. */
export function readProto(bytes: Uint8Array): ProtoFields {
  const fields = new Map<number, (number | Uint8Array)[]>();
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      if (byte === undefined) throw new Error('varint past the end');
      value += (byte % 128) * scale;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = varint();
    const field = Math.floor(tag / 8);
    const list = fields.get(field) ?? [];
    fields.set(field, list);
    if (tag % 8 === 0) list.push(varint());
    else if (tag % 8 === 2) {
      const length = varint();
      if (at + length > bytes.length) throw new Error('length past the end');
      list.push(bytes.subarray(at, at + length));
      at += length;
    } else throw new Error(`wire type ${tag % 8}`);
  }
  return fields;
}

export function textOf(fields: ProtoFields, field: number): string | undefined {
  const value = fields.get(field)?.[0];
  return value instanceof Uint8Array ? new TextDecoder().decode(value) : undefined;
}

export function numberOf(fields: ProtoFields, field: number): number | undefined {
  const value = fields.get(field)?.[0];
  return typeof value === 'number' ? value : undefined;
}

export function messagesOf(fields: ProtoFields, field: number): ProtoFields[] {
  return (fields.get(field) ?? []).map((value) => readProto(value as Uint8Array));
}
