import type { DecodeContext } from '../../../adapter/endpoint.js';
import { omitUndefined } from '../../../adapter/omit-undefined.js';
import { malformed, readArray, readInteger, readObject, readOptional, readText } from '../../../adapter/read.js';
import { isExchangeError } from '../../../errors/exchange-error.js';
import { type Decimal, isZero } from '../../../model/decimal.js';
import type { Currency, Network } from '../../../model/wallet.js';
import { readAmount } from '../read-money.js';

type Drift = DecodeContext['drift'];

/**
 * Reads all assets with their networks. Rows that cannot be read are left out and reported.
 * Source: MEXC spot v3 docs, currency information.
 * @throws {MalformedResponseError} when the list itself cannot be read.
 */
export function decodeCurrencies(body: unknown, drift: Drift): Currency[] {
  return readRows(readArray(body, 'currencies'), drift, (row) => readCurrency(row, drift));
}

/** The docs spell the name in two ways. */
function readCurrency(row: unknown, drift: Drift): Currency {
  const { coin, name, Name, networkList } = readObject(row, 'currency');
  const asset = readText(coin, 'currency coin');
  return {
    asset,
    ...omitUndefined({ name: readOptional(name || Name, `${asset} name`, readText) }),
    networks: readRows(readArray(networkList, `${asset} networkList`), drift, (network) => readNetwork(network, asset)),
  };
}

/** Known by `netWork`, as withdrawals want it; `network` is an old label. */
function readNetwork(row: unknown, asset: string): Network {
  const fields = readObject(row, `${asset} network`);
  const { netWork, contract, depositEnable, withdrawEnable, minConfirm, sameAddress, withdrawIntegerMultiple } = fields;
  const where = (name: string): string => `${asset} network ${name}`;
  const amount = (name: string): Decimal | undefined => readOptional(fields[name], where(name), readAmount);
  return {
    network: readText(netWork, where('netWork')),
    depositEnabled: readFlag(depositEnable, where('depositEnable')),
    withdrawEnabled: readFlag(withdrawEnable, where('withdrawEnable')),
    ...omitUndefined({
      label: readOptional(fields['network'], where('network'), readText),
      contractAddress: readOptional(contract, where('contract'), readText),
      withdrawFee: amount('withdrawFee'),
      minWithdrawal: amount('withdrawMin'),
      maxWithdrawal: amount('withdrawMax'),
      withdrawStep: stepOf(readOptional(withdrawIntegerMultiple, where('withdrawIntegerMultiple'), readAmount)),
      confirmations: readOptional(minConfirm, where('minConfirm'), readInteger),
      memoRequired: readOptional(sameAddress, where('sameAddress'), readFlag),
    }),
  };
}

/** Zero is no step. */
function stepOf(step: Decimal | undefined): Decimal | undefined {
  return step === undefined || isZero(step) ? undefined : step;
}

function readFlag(value: unknown, where: string): boolean {
  if (typeof value === 'boolean') return value;
  throw malformed(where, 'true or false', value);
}

function readRows<Row>(rows: readonly unknown[], drift: Drift, read: (row: unknown) => Row): Row[] {
  return rows.flatMap((row) => {
    try {
      return [read(row)];
    } catch (error) {
      if (!isExchangeError(error)) throw error;
      drift(`left out: ${error.message}`);
      return [];
    }
  });
}
