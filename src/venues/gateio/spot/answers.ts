import { createGateioClassifier } from '../classify.js';
import { createOrderAnswers } from '../order-answers.js';
import { GATEIO_SPOT_ERRORS } from './errors.js';
import { decodeOrder } from './order-decode.js';

/** Answers to the order commands of Gate.io spot. */
export const gateioSpotAnswers = createOrderAnswers({
  venue: 'gateio_spot',
  field: 'currency_pair',
  classify: createGateioClassifier(GATEIO_SPOT_ERRORS),
  decodeOrder,
});
