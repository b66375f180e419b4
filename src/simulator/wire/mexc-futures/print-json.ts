import { printAmount } from '../../accounts/amount.js';

/** JSON text with exact amounts: a bigint is an {@link Amount} and becomes a plain number, digit for digit. */
export function printJson(value: unknown): string {
  if (typeof value === 'bigint') return printAmount(value);
  if (Array.isArray(value)) return `[${value.map(printJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${printJson(member)}`).join(',')}}`;
}
