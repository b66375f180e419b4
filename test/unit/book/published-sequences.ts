import type { UpdateParts } from './support.js';

/** What the documentation says happens: `drop` an update, `apply` it, `replace` the book, or start again. */
type Action = 'drop' | 'apply' | 'replace' | 'again';

/** A sequence as published in a venue's documentation: a snapshot, pushes, and what a correct client does. */
export interface PublishedSequence {
  readonly source: string;
  readonly snapshot: UpdateParts | undefined;
  readonly pushes: readonly UpdateParts[];
  readonly actions: readonly Action[];
  /** The book at the end; absent where it has to be built again. */
  readonly book?: UpdateParts;
}

const MEXC: UpdateParts = {
  last: 80000000105,
  bids: [
    [64999.9, 1.2345],
    [64999.5, 0.4],
  ],
  asks: [
    [65000.12, 0.25],
    [65000.5, 1.2],
  ],
};

const GATE: UpdateParts = {
  last: 48776300,
  bids: [
    [91235, 0.4],
    [91234, 2],
  ],
  asks: [
    [91236, 0.5],
    [91237, 1],
  ],
};

/** Pushes beside a fetched snapshot: ranges may overlap it. */
export const WITH_SNAPSHOT: readonly PublishedSequence[] = [
  {
    source: 'MEXC spot, aggre.depth: drop, straddle, then contiguous',
    snapshot: MEXC,
    pushes: [
      { first: 80000000090, last: 80000000099, asks: [[65000.12, 9]] },
      { first: 80000000100, last: 80000000105, bids: [[64999.9, 7]] },
      {
        first: 80000000101,
        last: 80000000110,
        asks: [
          [65000.12, 0.3],
          [65001, 2],
        ],
        bids: [[64999.5, 0]],
      },
      { first: 80000000111, last: 80000000111, bids: [[64999.95, 0.01]] },
      { first: 80000000112, last: 80000000120, asks: [[65000.12, 0]] },
    ],
    actions: ['drop', 'drop', 'apply', 'apply', 'apply'],
    book: {
      last: 80000000120,
      bids: [
        [64999.95, 0.01],
        [64999.9, 1.2345],
      ],
      asks: [
        [65000.5, 1.2],
        [65001, 2],
      ],
    },
  },
  {
    source: 'MEXC spot, aggre.depth: the first push is the next',
    snapshot: MEXC,
    pushes: [{ last: 80000000106, asks: [[65000.5, 0]] }],
    actions: ['apply'],
    book: {
      last: 80000000106,
      bids: [
        [64999.9, 1.2345],
        [64999.5, 0.4],
      ],
      asks: [[65000.12, 0.25]],
    },
  },
  {
    source: 'MEXC spot, aggre.depth: gap',
    snapshot: MEXC,
    pushes: [
      { first: 80000000104, last: 80000000108, bids: [[64999.9, 1]] },
      { first: 80000000110, last: 80000000112, bids: [[64999.9, 5]] },
    ],
    actions: ['apply', 'again'],
  },
  {
    source: 'MEXC spot, aggre.depth: snapshot too old',
    snapshot: MEXC,
    pushes: [{ first: 80000000107, last: 80000000109 }],
    actions: ['again'],
  },
  {
    source: 'Gate.io spot, order_book_update: drop, straddle, empty, then contiguous',
    snapshot: GATE,
    pushes: [
      { first: 48776290, last: 48776298, bids: [[91230, 9]] },
      {
        first: 48776299,
        last: 48776304,
        bids: [
          [91235, 0.7],
          [91233, 1.5],
        ],
        asks: [[91236, 0]],
      },
      { last: 48776305 },
      { first: 48776306, last: 48776309, bids: [[91234, 0]], asks: [[91236.5, 0.25]] },
    ],
    actions: ['drop', 'apply', 'apply', 'apply'],
    book: {
      last: 48776309,
      bids: [
        [91235, 0.7],
        [91233, 1.5],
      ],
      asks: [
        [91236.5, 0.25],
        [91237, 1],
      ],
    },
  },
  {
    source: 'Gate.io spot, order_book_update: snapshot too old',
    snapshot: GATE,
    pushes: [{ first: 48776303, last: 48776306, bids: [[91233, 1]] }],
    actions: ['again'],
  },
  {
    source: 'Gate.io spot, order_book_update: gap',
    snapshot: GATE,
    pushes: [
      { first: 48776301, last: 48776303, bids: [[91233, 1]] },
      { first: 48776305, last: 48776306, bids: [[91232, 1]] },
    ],
    actions: ['apply', 'again'],
  },
  {
    source: 'Gate.io spot, order_book_update: whole book in mid-life',
    snapshot: GATE,
    pushes: [
      { first: 48776301, last: 48776303, bids: [[91233, 1]] },
      { last: 48776400, full: true, bids: [[91240, 3]], asks: [[91241, 2]] },
      { first: 48776401, last: 48776402, bids: [[91239, 1]] },
    ],
    actions: ['apply', 'replace', 'apply'],
    book: {
      last: 48776402,
      bids: [
        [91240, 3],
        [91239, 1],
      ],
      asks: [[91241, 2]],
    },
  },
];

/** Streams that bring the snapshot themselves: ranges must touch exactly. */
export const FROM_STREAM: readonly PublishedSequence[] = [
  {
    source: 'Gate.io spot, obu: whole book, then increments, one of them empty',
    snapshot: undefined,
    pushes: [
      {
        last: 73777715168,
        full: true,
        bids: [
          [91235, 0.4],
          [91234, 2],
        ],
        asks: [
          [91236, 0.5],
          [91237, 1],
        ],
      },
      {
        first: 73777715169,
        last: 73777715212,
        bids: [
          [91235, 0],
          [91234.5, 0.3],
        ],
        asks: [[91236, 0.8]],
      },
      { first: 73777715213, last: 73777715220 },
      { last: 73777715221, asks: [[91237, 0]] },
    ],
    actions: ['replace', 'apply', 'apply', 'apply'],
    book: {
      last: 73777715221,
      bids: [
        [91234.5, 0.3],
        [91234, 2],
      ],
      asks: [[91236, 0.8]],
    },
  },
  {
    source: 'Gate.io spot, obu: gap',
    snapshot: undefined,
    pushes: [
      { last: 100, full: true, bids: [[1, 1]], asks: [[2, 1]] },
      { first: 102, last: 105, bids: [[1, 2]] },
    ],
    actions: ['replace', 'again'],
  },
];
