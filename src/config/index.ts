export type { Config, ConfiguredOptions, VenueConfig } from './config.js';
export type { Environment } from './environment.js';
export type { LoadConfigOptions } from './load-config.js';
export { loadConfig } from './load-config.js';
export type { ConfigFormat } from './read-text.js';
