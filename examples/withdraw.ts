/** Money leaves only for addresses that the program has listed beforehand. */
import { isExchangeError, supportsWallet } from '@cex/sdk';
import { openAccount } from './account.js';

const address = 'TQn9Y2khEsLJW1ChVWFMSMeRDow5KcbLSE';
const { exchange, close } = await openAccount('mexc_spot', {
  allowWithdrawals: [{ address, asset: 'USDT', network: 'TRX' }],
});

try {
  if (process.argv.includes('--live')) throw new Error('this example moves money: it runs on the simulator only');
  if (!supportsWallet(exchange)) throw new Error('no wallet here');
  const { wallet } = exchange;
  const usdt = (await wallet.getCurrencies()).get('USDT');
  for (const { network, withdrawFee, minWithdrawal } of usdt?.networks ?? [])
    console.log(`USDT over ${network}: fee ${withdrawFee}, at least ${minWithdrawal}`);

  const sent = await wallet.withdraw({ asset: 'USDT', network: 'TRX', address, amount: '25' });
  console.log('withdrawal', sent.id, (await wallet.getWithdrawal(sent.id)).state);

  await wallet
    .withdraw({ asset: 'USDT', network: 'TRX', address: 'TSomebodyElse', amount: '25' })
    .catch((error: unknown) => {
      if (!isExchangeError(error, 'permission_denied')) throw error;
      console.log('refused before anything was sent:', error.message);
    });
} finally {
  await close();
}
