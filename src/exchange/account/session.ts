import type { PrivateVenue } from '../../adapter/private-venue.js';
import type { Credentials, Signer } from '../../adapter/signer.js';
import { type PrivateExchangeOptions, validateCredentials } from './private-options.js';

/** The account's keys, asked for when they are first needed. They live in closures only. */
export interface Session {
  credentials(): Promise<Credentials>;
  /** A promise until the keys are known. */
  signer(): Signer | Promise<Signer>;
}

export function createSession(venue: PrivateVenue, given: PrivateExchangeOptions['credentials']): Session {
  let asked: Promise<Credentials> | undefined;
  let signer: Signer | Promise<Signer> | undefined;

  async function ask(): Promise<Credentials> {
    const found = typeof given === 'function' ? await given() : given;
    validateCredentials(found);
    return { apiKey: found.apiKey, secretKey: found.secretKey };
  }

  /** A failure is not kept: the next call asks again. */
  function credentials(): Promise<Credentials> {
    asked ??= ask().catch((error: unknown) => {
      asked = undefined;
      throw error;
    });
    return asked;
  }

  return {
    credentials,
    signer() {
      signer ??= credentials()
        .then((keys) => {
          signer = venue.createSigner(keys);
          return signer;
        })
        .catch((error: unknown) => {
          signer = undefined;
          throw error;
        });
      return signer;
    },
  };
}
