/** A request that the venue refuses: `{"label":"…","message":"…"}`. Clients branch on the label only. */
export class RestRefusal extends Error {
  readonly status: number;
  /** Source: Gate.io API v4 docs, error handling, label list. */
  readonly label: string;
  /** What the text is called over REST: futures use both words. */
  readonly word: 'message' | 'detail';

  constructor(status: number, label: string, message: string, word: 'message' | 'detail' = 'message') {
    super(message);
    this.name = 'RestRefusal';
    this.status = status;
    this.label = label;
    this.word = word;
  }
}

/** A parameter is there but has no legal value. */
export function invalidValue(name: string): RestRefusal {
  return new RestRefusal(400, 'INVALID_PARAM_VALUE', `Invalid param value: ${name}`);
}

export function missing(name: string): RestRefusal {
  return new RestRefusal(400, 'MISSING_REQUIRED_PARAM', `Missing required param: ${name}`);
}

export function unknownPair(pair: string): RestRefusal {
  return new RestRefusal(400, 'INVALID_CURRENCY_PAIR', `Invalid currency pair ${pair}`);
}

export function unknownCurrency(currency: string): RestRefusal {
  return new RestRefusal(400, 'INVALID_CURRENCY', `Invalid currency ${currency}`);
}

export function notFound(): RestRefusal {
  return new RestRefusal(404, 'NOT_FOUND', 'The requested URL does not exist');
}

export function methodNotAllowed(method: string): RestRefusal {
  return new RestRefusal(405, 'METHOD_NOT_ALLOWED', `${method} is not allowed here`);
}

/** @param code the venue's code of the limit, which ends the text: 211 = spot, 311 = futures. */
export function tooManyRequests(code = 211): RestRefusal {
  return new RestRefusal(429, 'TOO_MANY_REQUESTS', `Request Rate Limit Exceeded (${code})`);
}
