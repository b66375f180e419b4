import { describe, expect, it } from 'vitest';
import { type Answers, perpetualWorld, refusal } from '../../support/perpetual-world.js';

const symbol = 'BTC/USDT:USDT';
const DAY = 86_400_000;
const stop = {
  symbol,
  side: 'sell',
  type: 'market',
  quantity: '0.01',
  triggerPrice: '48000',
  direction: 'falls_to',
  reduceOnly: true,
} as const;
const position = { mode: 'one_way', marginMode: 'cross', leverage: '10' };
const row = (id: string, createdAt = 1) => ({ id, symbol, side: 'sell', type: 'market', state: 'waiting', createdAt });

describe('a trigger order', () => {
  it('is placed with everything said, and told as the venue lists it', async () => {
    const world = perpetualWorld({ 'POST /triggers': '"9"', 'GET /triggers': [row('8'), row('9')] });
    const { triggers } = world.openPrivate();
    expect(await world.settled(triggers.placeTriggerOrder(stop))).toEqual(row('9'));
    expect(world.of('POST /triggers')).toEqual([
      {
        ...stop,
        timeInForce: 'IOC',
        closesPosition: false,
        triggerBy: 'last',
        position: { ...position, side: 'long' },
      },
    ]);
  });

  it('is told as it was asked for where the venue does not list it yet, or cannot be asked', async () => {
    const world = perpetualWorld({ 'POST /triggers': '"9"', 'GET /triggers': [], 'GET /mode': '"hedge"' });
    const { triggers } = world.openPrivate();
    const entry = {
      symbol,
      side: 'buy',
      type: 'limit',
      quantity: '0.01',
      price: '51000',
      triggerPrice: '50500',
      triggerBy: 'mark',
      direction: 'rises_to',
      positionSide: 'long',
      lifeMs: DAY,
    } as const;
    const told = await world.settled(triggers.placeTriggerOrder(entry));
    const { lifeMs, ...said } = entry;
    const expected = {
      ...said,
      id: '9',
      timeInForce: 'GTC',
      closesPosition: false,
      reduceOnly: false,
      state: 'waiting',
      receivedAt: told.receivedAt,
    };
    expect(told).toEqual(expected);
    world.script['GET /triggers'] = refusal('server', 'unknown');
    expect(await world.settled(triggers.placeTriggerOrder(entry))).toEqual({
      ...expected,
      receivedAt: expect.any(Number),
    });
    expect(world.errors).toHaveLength(1);
    expect(world.of('POST /triggers')[0]).toMatchObject({ lifeMs: DAY, position: { mode: 'hedge', side: 'long' } });
  });

  it('of inverse contracts is sized in quote asset', async () => {
    const world = perpetualWorld({ 'POST /triggers': '"9"', 'GET /triggers': [] });
    const { triggers } = world.openPrivate();
    const { quantity, ...rest } = stop;
    await world.settled(triggers.placeTriggerOrder({ ...rest, symbol: 'BTC/USD:BTC', quoteQuantity: '120' }));
    const limit = { ...rest, symbol: 'BTC/USD:BTC', type: 'limit', price: '48000', quantity: '0.01' } as const;
    await world.settled(triggers.placeTriggerOrder(limit));
    expect(world.of('POST /triggers').map((one) => [one['quoteQuantity'], one['quantity']])).toEqual([
      ['120', undefined],
      ['480', undefined],
    ]);
  });

  it('may close the whole position, whatever its size will be', async () => {
    const world = perpetualWorld({ 'POST /triggers': '"9"', 'GET /triggers': [] });
    const { triggers } = world.openPrivate({ caps: { maxNotional: '1' } });
    const { quantity, reduceOnly, ...rest } = stop;
    await world.settled(triggers.placeTriggerOrder({ ...rest, closesPosition: true }));
    expect(world.of('POST /triggers')).toEqual([
      {
        ...rest,
        timeInForce: 'IOC',
        closesPosition: true,
        reduceOnly: true,
        triggerBy: 'last',
        position: { ...position, side: 'long' },
      },
    ]);
  });

  const whole = { symbol, side: 'sell', type: 'market', closesPosition: true, triggerPrice: 1, direction: 'falls_to' };
  it.each([
    ['triggerPrice', { ...stop, triggerPrice: '48000.05' }],
    ['triggerPrice', { ...stop, triggerPrice: undefined }],
    ['triggerPrice', { ...stop, triggerPrice: 0 }],
    ['direction', { ...stop, direction: undefined }],
    ['direction', { ...stop, direction: 'down' }],
    ['triggerBy', { ...stop, triggerBy: 'fair' }],
    ['side', { ...stop, side: 'short' }],
    ['type', { ...stop, type: 'stop' }],
    ['quantity', { ...stop, quantity: '0.0105' }],
    ['quantity', { ...stop, quantity: undefined }],
    ['price', { ...stop, price: '48000' }],
    ['price', { ...stop, type: 'limit' }],
    ['lifeMs', { ...stop, lifeMs: 1_000 }],
    ['lifeMs', { ...stop, lifeMs: 0.5 }],
    ['positionSide', { ...stop, positionSide: 'long' }],
    ['clientOrderId', { ...stop, clientOrderId: 'mine' }],
    ['rounding', { ...stop, rounding: 'down' }],
    ['symbol', { ...stop, symbol: 'BTC_USDT' }],
    ['trigger', null],
    ['quantity', { ...whole, quantity: 1 }],
    ['quoteQuantity', { ...whole, quoteQuantity: 1 }],
    ['reduceOnly', { ...whole, reduceOnly: false }],
    ['closesPosition', { ...whole, closesPosition: 'yes' }],
    ['price', { ...whole, price: 1 }],
    ['price', { ...whole, type: 'limit' }],
    ['timeInForce', { ...whole, timeInForce: 'GTC' }],
    ['positionSide', { ...whole, positionSide: 'up' }],
  ])('with a wrong %s is refused before anything is sent: %o', async (field, trigger) => {
    const world = perpetualWorld({}, { lifetimesMs: [DAY, 7 * DAY] });
    const { triggers } = world.openPrivate();
    expect(await world.failure(() => triggers.placeTriggerOrder(trigger as never))).toEqual({
      code: 'validation',
      outcome: 'not_sent',
      field,
    });
    expect(world.of('POST /triggers')).toEqual([]);
  });

  it('is held to the caps of the client by the trigger price, and to what the venue can do', async () => {
    const world = perpetualWorld({}, { closesPosition: false });
    const { triggers } = world.openPrivate({ caps: { maxNotional: '100', symbols: [symbol] } });
    const entry = { ...stop, reduceOnly: false, side: 'buy' } as const;
    expect(await world.failure(() => triggers.placeTriggerOrder(entry))).toMatchObject({ field: 'quantity' });
    const other = { ...stop, symbol: 'ETH/USDT:USDT' } as const;
    expect(await world.failure(() => triggers.placeTriggerOrder(other))).toMatchObject({ field: 'symbol' });
    expect(await world.failure(() => triggers.placeTriggerOrder(whole as never))).toEqual({
      code: 'unsupported',
      outcome: 'not_sent',
    });
  });

  it('needs a side in hedge mode that fits what it does', async () => {
    const world = perpetualWorld({ 'GET /mode': '"hedge"' });
    const { triggers } = world.openPrivate();
    expect(await world.failure(() => triggers.placeTriggerOrder(stop))).toMatchObject({ field: 'positionSide' });
    const wrong = { ...stop, positionSide: 'short' } as const;
    expect(await world.failure(() => triggers.placeTriggerOrder(wrong))).toMatchObject({ field: 'side' });
  });

  it.each(['rejected', 'unknown'] as const)('is sent once, and its failure says what is known: %s', async (outcome) => {
    const world = perpetualWorld({ 'POST /triggers': refusal('server', outcome) });
    const { triggers } = world.openPrivate({ retry: { maxAttempts: 3 } });
    expect(await world.failure(() => triggers.placeTriggerOrder(stop))).toEqual({ code: 'server', outcome });
    expect(world.of('POST /triggers')).toHaveLength(1);
  });

  it('asks again how the account trades after the venue has refused one for its position', async () => {
    const world = perpetualWorld({ 'POST /triggers': refusal('position') });
    const { triggers } = world.openPrivate();
    for (let i = 0; i < 2; i++) await world.failure(() => triggers.placeTriggerOrder(stop));
    expect([world.of('GET /mode').length, world.of('GET /settings').length]).toEqual([2, 2]);
  });

  it('is canceled by its id and market, and all of them in one market or in all', async () => {
    const world = perpetualWorld({ 'POST /triggers/cancel': null, 'POST /triggers/cancel-all': null });
    const { triggers } = world.openPrivate();
    await world.settled(triggers.cancelTriggerOrder({ symbol, id: '9' }));
    await world.settled(triggers.cancelAllTriggerOrders(symbol));
    await world.settled(triggers.cancelAllTriggerOrders());
    expect([world.of('POST /triggers/cancel'), world.of('POST /triggers/cancel-all')]).toEqual([
      [{ symbol, id: '9' }],
      [{ symbol }, {}],
    ]);
    for (const [field, ref] of [
      ['id', { symbol, id: '' }],
      ['id', { symbol, id: '1/2' }],
      ['symbol', { id: '9' }],
      ['ref', 9],
    ] as const) {
      expect(await world.failure(() => triggers.cancelTriggerOrder(ref as never))).toMatchObject({ field });
    }
  });

  describe('whose canceling is answered alike whatever became of it', () => {
    const cancelOf = async (answers: Answers): Promise<{ told: unknown; looks: number }> => {
      const world = perpetualWorld({ 'POST /triggers/cancel': null, ...answers }, { cancelTellsNothing: true });
      const { triggers } = world.openPrivate();
      let told: unknown = 'canceled';
      await world.settled(
        triggers.cancelTriggerOrder({ symbol, id: '9' }).catch((error: unknown) => {
          told = error;
        }),
      );
      expect(world.of('POST /triggers/cancel')).toHaveLength(1);
      return { told, looks: world.of('GET /triggers').length };
    };
    const ended = (more: object) => [row('8'), { ...row('9'), ...more }];

    it('is canceled where the venue lists it so, however late', async () => {
      expect(await cancelOf({ 'GET /triggers': ended({ state: 'canceled' }) })).toEqual({ told: 'canceled', looks: 1 });
      let looks = 0;
      const late = () => ended({ state: ++looks > 2 ? 'canceled' : 'waiting' });
      expect(await cancelOf({ 'GET /triggers': late })).toEqual({ told: 'canceled', looks: 3 });
    });

    it('is not, and says how it ended, where it came too late', async () => {
      const fired = await cancelOf({ 'GET /triggers': ended({ state: 'triggered', orderId: '77' }) });
      expect(fired.told).toMatchObject({
        code: 'order_not_found',
        outcome: 'rejected',
        message: 'trigger 9 was not canceled: it ended as triggered, with order 77',
      });
      expect((await cancelOf({ 'GET /triggers': ended({ state: 'failed', reason: '2008' }) })).told).toMatchObject({
        code: 'order_not_found',
        outcome: 'rejected',
        message: 'trigger 9 was not canceled: it ended as failed, 2008',
      });
    });

    it('is left open where it waits on, is listed nowhere, or cannot be looked at', async () => {
      expect((await cancelOf({ 'GET /triggers': [row('9')] })).told).toMatchObject({
        code: 'unknown',
        outcome: 'unknown',
      });
      expect((await cancelOf({ 'GET /triggers': [row('8')] })).told).toMatchObject({
        code: 'order_not_found',
        outcome: 'unknown',
      });
      expect((await cancelOf({ 'GET /triggers': refusal('permission_denied') })).told).toMatchObject({
        code: 'permission_denied',
        outcome: 'unknown',
      });
    });

    it('is looked for on as many pages as there are', async () => {
      const page = ({ page: number }: Record<string, unknown>) =>
        number === 3 ? ended({ state: 'canceled' }) : [1, 2, 3].map((at) => row(`${number}-${at}`));
      expect(await cancelOf({ 'GET /triggers': page })).toEqual({ told: 'canceled', looks: 3 });
    });
  });

  it('is listed page by page, waiting ones by default, the newest where there are more', async () => {
    const all = [1, 2, 3, 4, 5].map((at) => row(`${at}`, at));
    const page = ({ page: number, state }: Record<string, unknown>) => {
      const end = all.length - ((number as number) - 1) * 3;
      // Some venues list ended ones beside those that wait.
      const told = (one: ReturnType<typeof row>) =>
        state === 'ended' && one.id !== '5' ? { ...one, state: 'canceled' } : one;
      return all.slice(Math.max(0, end - 3), Math.max(0, end)).map(told);
    };
    const world = perpetualWorld({ 'GET /triggers': page });
    const { triggers } = world.openPrivate();
    const ids = async (request?: object) =>
      (await world.settled(triggers.getTriggerOrders(request))).map(({ id }) => id);
    expect([await ids(), await ids({ limit: 2, state: 'ended', symbol })]).toEqual([
      ['1', '2', '3', '4', '5'],
      ['3', '4'],
    ]);
    expect(world.of('GET /triggers')).toEqual([
      { state: 'waiting', page: 1, limit: 3 },
      { state: 'waiting', page: 2, limit: 3 },
      { symbol, state: 'ended', page: 1, limit: 3 },
    ]);
    expect(await world.failure(() => triggers.getTriggerOrders({ state: 'all' as never }))).toMatchObject({
      field: 'state',
    });
    expect(await world.failure(() => triggers.getTriggerOrders({ limit: 0 }))).toMatchObject({ field: 'limit' });
  });
});
