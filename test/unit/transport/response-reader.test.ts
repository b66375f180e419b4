import { describe, expect, it } from 'vitest';
import { BodyCollector } from '../../../src/transport/http/body.js';
import { ResponseReader } from '../../../src/transport/http/response-reader.js';

const MAX_BODY = 100;

/** What was read of the bytes, given in pieces of a size. */
function read(text: string, pieceSize = text.length) {
  const body = new BodyCollector('GET /x', MAX_BODY);
  const reader = new ResponseReader('GET /x', body);
  const bytes = Buffer.from(text, 'latin1');
  let isWhole = false;
  let taken = 0;
  for (; taken < bytes.length && !isWhole; taken += pieceSize) {
    isWhole = reader.read(bytes.subarray(taken, taken + pieceSize));
  }
  const { status, headers, leavesConnection, keptMs } = reader;
  return {
    isWhole,
    status,
    headers: { ...headers },
    body: body.text(),
    leavesConnection,
    keptMs,
    endsByClose: reader.end(),
  };
}

const head = (...lines: string[]) => `${lines.join('\r\n')}\r\n\r\n`;
const OK = 'HTTP/1.1 200 OK';
const CHUNKED = 'Transfer-Encoding: chunked';

const WHOLE: Readonly<Record<string, [string, object]>> = {
  'a body of a length': [
    `${head(OK, 'Content-Length: 5', 'X-A: 1', 'x-a:\t2 ')}hello`,
    { body: 'hello', headers: { 'content-length': '5', 'x-a': '1, 2' }, leavesConnection: true },
  ],
  'no body': [head(OK, 'content-length: 0'), { body: '', leavesConnection: true }],
  'a status without a body, whatever is said of its length': [
    head('HTTP/1.1 204 No Content', 'content-length: 3'),
    { status: 204, body: '', leavesConnection: true },
  ],
  'a status without a text': [head('HTTP/1.1 404 ', 'content-length: 0'), { status: 404 }],
  'a status line without the blank behind the number': [head('HTTP/1.1 429', 'content-length: 0'), { status: 429 }],
  chunks: [`${head(OK, CHUNKED)}3\r\nhel\r\n2;name="x"\r\nlo\r\n0\r\n\r\n`, { body: 'hello', leavesConnection: true }],
  'chunks with a trailer': [
    `${head(OK, CHUNKED)}5\r\nhello\r\n0\r\nX-Sum: 1\r\nX-B: 2\r\n\r\n`,
    { body: 'hello', leavesConnection: true },
  ],
  'an interim answer before it': [
    `${head('HTTP/1.1 103 Early Hints', 'link: x')}${head(OK, 'content-length: 2')}ok`,
    { status: 200, body: 'ok', headers: { 'content-length': '2' } },
  ],
  'a server that closes': [
    `${head(OK, 'Connection: Keep-Alive, Close', 'content-length: 2')}ok`,
    { body: 'ok', leavesConnection: false },
  ],
  'an old server': [`${head('HTTP/1.0 200 OK', 'content-length: 2')}ok`, { body: 'ok', leavesConnection: false }],
  'a hint of how long it is kept': [head(OK, 'keep-alive: timeout=5, max=100', 'content-length: 0'), { keptMs: 5_000 }],
};

const NONE: Readonly<Record<string, string>> = {
  'another protocol': 'SSH-2.0-OpenSSH_9.6\r\n\r\n',
  'another version': head('HTTP/2.0 200 OK', 'content-length: 0'),
  'a status of two digits': head('HTTP/1.1 20 OK', 'content-length: 0'),
  'an upgrade that was not asked for': head('HTTP/1.1 101 Switching Protocols'),
  'two lengths': `${head(OK, 'content-length: 2', 'content-length: 3')}hey`,
  'the same length twice': `${head(OK, 'content-length: 2', 'content-length: 2')}he`,
  'a length with a sign': `${head(OK, 'content-length: +2')}he`,
  'a length in hexadecimal': `${head(OK, 'content-length: 0x2')}he`,
  'length and chunks': `${head(OK, 'content-length: 5', CHUNKED)}5\r\nhello\r\n0\r\n\r\n`,
  'another coding': `${head(OK, 'transfer-encoding: gzip, chunked')}5\r\nhello\r\n0\r\n\r\n`,
  'a chunk of a strange size': `${head(OK, CHUNKED)}-5\r\nhello\r\n0\r\n\r\n`,
  'a chunk of a size beyond all bounds': `${head(OK, CHUNKED)}fffffffff\r\nhello\r\n`,
  'a chunk that is longer than it says': `${head(OK, CHUNKED)}4\r\nhello\r\n0\r\n\r\n`,
  'a size line without an end': `${head(OK, CHUNKED)}5;${'x'.repeat(2_000)}`,
  'a trailer that is none': `${head(OK, CHUNKED)}0\r\nno colon\r\n\r\n`,
  'a folded header': head(OK, 'X-A: 1', ' folded', 'content-length: 0'),
  'a blank before the colon': head(OK, 'Content-Length : 0'),
  'a header without a name': head(OK, ': 1', 'content-length: 0'),
  'a bare line feed in a header': head(OK, 'X-A: 1\nContent-Length: 5', 'content-length: 0'),
  'a zero byte in a header': head(OK, 'X-A: \0', 'content-length: 0'),
  'a head without an end': `${OK}\r\nX-A: ${'a'.repeat(20_000)}`,
  'an encoding that was not offered': `${head(OK, 'content-encoding: gzip', 'content-length: 2')}ok`,
  'a body that is too long': head(OK, 'content-length: 101'),
  'chunks that are too long': `${head(OK, CHUNKED)}65\r\n${'a'.repeat(101)}\r\n0\r\n\r\n`,
};

describe('the reader of HTTP answers', () => {
  it.each(Object.entries(WHOLE))('takes %s, however its bytes are cut', (_, [text, expected]) => {
    for (let size = 1; size <= text.length; size++) {
      expect(read(text, size)).toMatchObject({ isWhole: true, endsByClose: false, ...expected });
    }
  });

  it.each(Object.entries(WHOLE))('does not take %s for whole before its last byte', (_, [text]) => {
    for (let end = 0; end < text.length; end++) {
      expect(read(text.slice(0, end))).toMatchObject({ isWhole: false, endsByClose: false });
    }
  });

  it.each(Object.entries(NONE))('refuses %s, however its bytes are cut', (_, text) => {
    for (const size of [1, 2, 3, 7, text.length]) {
      expect(() => read(text, size)).toThrow(
        expect.objectContaining({ code: 'malformed_response', outcome: 'unknown' }),
      );
    }
  });

  it('reads a body without a length to the end of the connection, and that is its last', () => {
    const text = `${head(OK)}hello`;
    for (let size = 1; size <= text.length; size++) {
      expect(read(text, size)).toMatchObject({
        isWhole: false,
        endsByClose: true,
        body: 'hello',
        leavesConnection: false,
      });
    }
  });

  it.each([
    ['a length', `${head(OK, 'content-length: 2')}ok`],
    ['chunks', `${head(OK, CHUNKED)}2\r\nok\r\n0\r\n\r\n`],
  ])('leaves a connection on which more has come than the answer (%s) to nobody', (_, text) => {
    expect(read(`${text}H`)).toMatchObject({ isWhole: true, body: 'ok', leavesConnection: false });
  });
});
