import { listImports, packageOf } from '../imports.js';
import type { Rule } from '../source.js';

/**
 * The files through which a third-party package comes in. Loaded on first use, so no static import anywhere. `ws` has
 * two doors, because a client and a server are two things.
 */
const DOORS: Readonly<Record<string, readonly string[]>> = {
  ws: ['src/transport/ws/ws-door.ts', 'src/simulator/doors/loopback.ts'],
  undici: ['src/transport/http/undici-door.ts'],
  protobufjs: ['src/venues/mexc/spot/wire.ts'],
  '@noble/hashes': ['src/crypto/portable-hmac.ts'],
  zod: ['src/config/schema.ts'],
  yaml: ['src/config/read-text.ts'],
};

export const usesDoors: Rule = (files) =>
  files.flatMap(listImports).flatMap(({ from, where, specifier, target, kind }) => {
    const name = packageOf(specifier);
    if (target !== undefined || name.startsWith('node:')) return [];
    const doors = DOORS[name];
    if (doors === undefined) return [`${where}: ${name} has no door`];
    if (!doors.includes(from)) return [`${where}: ${name} comes in through ${doors.join(' or ')} only`];
    return kind === 'static' ? [`${where}: ${name} must be loaded with import() on first use`] : [];
  });
