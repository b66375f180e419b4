export { asLive, type BookSource, type LiveBook } from './detector/book-source.js';
export { Detector, type DetectorEvents, type MarketHandle } from './detector/detector.js';
export type { DetectorOptions } from './detector/detector-options.js';
export {
  type CoinIdentity,
  type CommonCoin,
  type DiscoverOptions,
  discoverSymbols,
} from './detector/discover-symbols.js';
export { expectFunding, type FundingTerms } from './detector/expect-funding.js';
export type * from './detector/opportunity.js';
export { createRecordedBook, type RecordedBook } from './detector/recorded-book.js';
export { type Walk, type WalkTerms, walkBooks } from './detector/walk-books.js';
export { type OpportunityWatch, type ScannedVenue, watchOpportunities } from './detector/watch-opportunities.js';
export type { MarketFeed, WatchableBook } from './engine/task-markets.js';
export type { RiskLimits } from './risk/risk-limits.js';
export { firstState } from './strategy/first-state.js';
export { planTrade } from './strategy/plan-trade.js';
export { reduce } from './strategy/reduce.js';
export * from './strategy/strategy-event.js';
export * from './strategy/strategy-state.js';
export type * from './strategy/strategy-terms.js';
export { TRANSITIONS } from './strategy/transition-table.js';
export { type FileJournalOptions, openFileJournal } from './tasks/file-journal.js';
export {
  LIVE_CONFIRMATION,
  type TaskManagerOptions,
  type TradingMode,
  type TradingVenue,
} from './tasks/manager-options.js';
export { createMemoryJournal } from './tasks/memory-journal.js';
export type { TaskManagerEvents } from './tasks/task-events.js';
export type { TaskJournal, TaskRecord } from './tasks/task-journal.js';
export { createTaskManager, type TaskManager } from './tasks/task-manager.js';
export type { TaskDetails, TaskReport } from './tasks/task-report.js';
export type { TaskSpec } from './tasks/task-spec.js';
