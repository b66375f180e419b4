import type { SeededRandom } from '../../src/transport/seeded-random.js';

/** Decimal texts as venues print them, and some that none would. */
export function randomDecimal(random: SeededRandom): string {
  const kind = random.next();
  if (kind < 0.8) return usual(random);
  if (kind < 0.98)
    return `${digits(random, 1 + random.int(18))}${random.chance(0.7) ? `.${digits(random, 1 + random.int(18))}` : ''}`;
  return random.pick([
    '0',
    '0.0',
    '00012.50',
    '1.',
    '.5',
    '',
    '-1',
    '1e5',
    '9007199254740993',
    '0.1000000000000000055511151231257827',
    '4503599627370497.5',
    '1 ',
    '1,5',
    '12345678901234567890',
  ]);
}

/** A decimal in plain notation of up to 25 digits, anywhere its point. */
export function plainDecimal(random: SeededRandom): string {
  const count = 1 + random.int(25);
  const point = random.int(count + 1);
  const text = digits(random, count);
  if (point === 0 || point === count) return text;
  return `${text.slice(0, point)}.${text.slice(point)}`;
}

export function randomInteger(random: SeededRandom): string {
  const kind = random.next();
  if (kind < 0.85) return String(1 + Math.floor(random.next() * 10 ** (1 + random.int(14))));
  return random.pick([
    '0',
    '007',
    '9007199254740993',
    '9007199254740991',
    '123456789012345678',
    '',
    '1.5',
    '-3',
    '1e3',
  ]);
}

function usual(random: SeededRandom): string {
  const places = random.pick([0, 1, 2, 4, 6, 8]);
  const units = 1 + Math.floor(random.next() ** 4 * 10 ** (2 + random.int(10)));
  if (places === 0) return String(units);
  const text = String(units).padStart(places + 1, '0');
  return `${text.slice(0, -places)}.${text.slice(-places)}`.replace(random.chance(0.7) ? /\.?0+$/ : /$^/, '');
}

function digits(random: SeededRandom, count: number): string {
  let text = '';
  for (let at = 0; at < count; at++) text += random.chance(0.2) ? '0' : String(random.int(10));
  return text;
}
