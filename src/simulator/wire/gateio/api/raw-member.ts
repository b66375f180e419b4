/**
 * The text of a member of nested objects as it is in the message: signatures cover what was sent, not what it means.
 * `''` = it is not there. @param text valid JSON.
 */
export function rawMember(text: string, path: readonly string[]): string {
  let object = text;
  for (const name of path) {
    object = memberOf(object, name);
    if (object === '') return '';
  }
  return object;
}

/** The last one of that name counts, as for a parser. */
function memberOf(object: string, name: string): string {
  let at = object.indexOf('{') + 1;
  let found = '';
  if (at === 0 || object.trimStart()[0] !== '{') return '';
  for (;;) {
    const key = object.indexOf('"', at);
    if (key < 0) return found;
    const colon = object.indexOf(':', endOfText(object, key));
    const start = colon + 1;
    const end = endOfValue(object, start);
    if (JSON.parse(object.slice(key, endOfText(object, key))) === name) found = object.slice(start, end).trim();
    if (object[end] !== ',') return found;
    at = end + 1;
  }
}

/** Behind the closing quotation mark. */
function endOfText(text: string, opening: number): number {
  let at = opening + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

/** At the comma or bracket behind a value. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  for (let at = start; ; ) {
    const one = text[at]!;
    if (depth === 0 && (one === ',' || one === '}' || one === ']')) return at;
    if (one === '"') at = endOfText(text, at);
    else {
      if (one === '{' || one === '[') depth++;
      else if (one === '}' || one === ']') depth--;
      at++;
    }
  }
}
