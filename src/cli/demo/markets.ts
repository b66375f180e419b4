import type { MarketSymbol } from '../../model/symbol.js';
import type { SimulatedVenueId } from '../../simulator/index.js';

/** What the demo watches at one venue. */
export interface DemoVenue {
  readonly venue: SimulatedVenueId;
  readonly symbols: readonly MarketSymbol[];
}

/** A perpetual, and the spot market of the same exchange beside it. */
export interface DemoPerpetual {
  readonly venue: SimulatedVenueId;
  readonly symbol: MarketSymbol;
  readonly spotVenue: SimulatedVenueId;
  readonly spotSymbol: MarketSymbol;
}

const PERPETUAL: MarketSymbol = 'BTC/USDT:USDT';

export const VENUES: readonly DemoVenue[] = [
  { venue: 'mexc_spot', symbols: ['BTC/USDT', 'ETH/USDT'] },
  { venue: 'gateio_spot', symbols: ['BTC/USDT', 'ETH/USDT'] },
  { venue: 'mexc_futures', symbols: [PERPETUAL] },
  { venue: 'gateio_futures', symbols: [PERPETUAL] },
];

/** Where orders are placed, changed, canceled and lost. */
export const TRADED: readonly SimulatedVenueId[] = ['mexc_spot', 'gateio_spot'];

export const PERPETUALS: readonly DemoPerpetual[] = [
  { venue: 'mexc_futures', symbol: PERPETUAL, spotVenue: 'mexc_spot', spotSymbol: 'BTC/USDT' },
  { venue: 'gateio_futures', symbol: PERPETUAL, spotVenue: 'gateio_spot', spotSymbol: 'BTC/USDT' },
];
