import type { DecodeContext } from '../../../adapter/endpoint.js';
import { omitUndefined } from '../../../adapter/omit-undefined.js';
import { type JsonObject, malformed, readId, readObject, readOptional, readText } from '../../../adapter/read.js';
import type { Deposit, DepositAddress, Withdrawal } from '../../../model/wallet.js';
import { readAmount, readSize } from '../read-money.js';
import { readMoment } from './read-wire.js';
import { depositState, networkId, withdrawalState } from './wallet-words.js';

/** Reads one row. Source: MEXC spot v3 docs, deposit address. @throws {MalformedResponseError} */
export function decodeDepositAddress(body: unknown, asset: string): DepositAddress {
  const row = readObject(body, 'deposit address');
  const { coin, address, memo, tag } = row;
  const told = readText(coin, 'deposit address coin');
  const network = networkOf(row);
  if (assetOf(told, network) !== asset) throw malformed('deposit address coin', asset, coin);
  return {
    asset,
    network: readText(network, 'deposit address network'),
    address: readText(address, 'deposit address'),
    ...omitUndefined({ memo: readOptional(memo || tag, 'deposit address memo', readText) }),
  };
}

/** Reads one row; deposits have no id. Source: MEXC spot v3 docs, deposit history. @throws {MalformedResponseError} */
export function decodeDeposit(body: unknown, { drift }: DecodeContext): Deposit {
  const row = readObject(body, 'deposit');
  const { coin, amount, address, memo, addressTag, status, insertTime } = row;
  const network = networkOf(row);
  return {
    asset: assetOf(readText(coin, 'deposit coin'), network),
    amount: readSize(amount, 'deposit amount'),
    ...omitUndefined({
      network,
      address: readOptional(address, 'deposit address', readText),
      memo: readOptional(memo || addressTag, 'deposit memo', readText),
      transactionId: transactionOf(row),
    }),
    ...depositState(status, drift),
    createdAt: readMoment(insertTime, 'deposit insertTime'),
  };
}

/** Reads one row; the fee is inside the amount. Source: MEXC spot v3 docs, withdraw history. @throws {MalformedResponseError} */
export function decodeWithdrawal(body: unknown, { drift }: DecodeContext): Withdrawal {
  const row = readObject(body, 'withdrawal');
  const { id, withdrawOrderId, coin, address, memo, amount, transactionFee, status, applyTime } = row;
  const network = networkOf(row);
  return {
    id: readId(id, 'withdrawal id'),
    asset: assetOf(readText(coin, 'withdrawal coin'), network),
    ...omitUndefined({
      clientWithdrawalId: readOptional(withdrawOrderId, 'withdrawal withdrawOrderId', readId),
      network,
      amount: readOptional(amount, 'withdrawal amount', readAmount),
      fee: readOptional(transactionFee, 'withdrawal transactionFee', readAmount),
      address: readOptional(address, 'withdrawal address', readText),
      memo: readOptional(memo, 'withdrawal memo', readText),
      transactionId: transactionOf(row),
      createdAt: readOptional(applyTime, 'withdrawal applyTime', readMoment),
    }),
    ...withdrawalState(status, drift),
  };
}

function networkOf({ netWork, network }: JsonObject): string | undefined {
  return networkId(readOptional(netWork, 'netWork', readText), readOptional(network, 'network', readText));
}

/** Some rows print `USDC-TRX` for USDC on the network TRX. */
function assetOf(coin: string, network: string | undefined): string {
  const suffix = `-${network}`;
  return network !== undefined && coin.endsWith(suffix) ? coin.slice(0, -suffix.length) : coin;
}

/** Some rows print the position in the block behind it: `…:0`. */
function transactionOf({ transHash, txId }: JsonObject): string | undefined {
  return readOptional(transHash || txId, 'txId', readText)?.replace(/:\d+$/, '');
}
