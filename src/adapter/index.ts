export type { VenueErrorCode } from '../errors/kinds.js';
export { createExchangeError, MalformedResponseError, ValidationError } from '../errors/kinds.js';
export type { SequenceRule, SequenceVerdict } from '../model/book-update.js';
export { BookUpdate } from '../model/book-update.js';
export type { ContractAmounts, ContractTerms } from '../model/contracts.js';
export { amountsOfContracts, baseOfQuote, contractsOfAmount, createContractScale } from '../model/contracts.js';
export type { ReconnectPolicy, RetryPolicy } from '../transport/policies.js';
export type {
  AccountEndpoints,
  DeadManEndpoints,
  TransferRequest,
  WalletEndpoints,
  WalletListParams,
  WithdrawalRules,
  WithdrawRequest,
} from './account-endpoints.js';
export type {
  AccountChannel,
  AccountChannelContext,
  AccountStreams,
  CommandAnswer,
  CommandContext,
  ListenKeyEndpoints,
  OrderSocket,
} from './account-streams.js';
export type { BookFeed, BookRequest, ChooseBookFeed } from './book-feed.js';
export type { Channel, ChannelContext, Topic } from './channel.js';
export { defineChannel } from './channel.js';
export type { ConnectionPlan } from './connection-plan.js';
export type { DecodeContext, EncodeContext, Endpoint, Lane, QueryValue, RequestParts } from './endpoint.js';
export { defineEndpoint } from './endpoint.js';
export type { AnswerToClassify, ErrorClassifier, ErrorRow, ErrorTable, Refusal } from './error-classifier.js';
export type { Acknowledgement, FrameCodec, FrameHandler, OutgoingMessage } from './frame-codec.js';
export type { FundingHistoryParams, FundingStreams, FundingVenue } from './funding-venue.js';
export { parseJson } from './json.js';
export type { LimitBucket, LimitTable } from './limits.js';
export type {
  AmendRequest,
  BatchAnswer,
  FillsParams,
  ListRules,
  OrderEndpoints,
  OrderHistoryParams,
  OrderListParams,
  OrderPlacing,
  OrderRef,
  OrderReport,
  OrderRequest,
} from './order-endpoints.js';
export type {
  ListedPosition,
  MarginChange,
  OrderPosition,
  PositionEndpoints,
  PositionSettings,
  SettingsChange,
} from './position-endpoints.js';
export type { PrivateVenue } from './private-venue.js';
export { definePrivateVenue } from './private-venue.js';
export type { JsonObject } from './read.js';
export {
  malformed,
  readArray,
  readDecimal,
  readId,
  readInteger,
  readNumber,
  readObject,
  readOptional,
  readPrice,
  readSignedNumber,
  readText,
} from './read.js';
export type { Credentials, SignedRequest, Signer, UnsignedRequest } from './signer.js';
export type { SymbolMapper } from './symbol-mapper.js';
export type { TriggerEndpoints, TriggerListParams, TriggerRef, TriggerRequest } from './trigger-endpoints.js';
export type {
  CandleStreamParams,
  CandlesParams,
  MarketEndpoints,
  MarketStreams,
  OrderBookParams,
  RecentTradesParams,
  SymbolParams,
  Venue,
} from './venue.js';
export { defineVenue } from './venue.js';
