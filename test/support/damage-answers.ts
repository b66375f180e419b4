import type { HttpRequest } from '../../src/transport/http/http.js';
import type { Runtime } from '../../src/transport/runtime.js';

/** What comes in place of a body; `undefined` leaves it as it is. */
export type DamageBody = (body: string, request: HttpRequest) => string | undefined;

/** The same runtime, but for answers that are changed on their way. */
export function damageAnswers(runtime: Runtime, damage: DamageBody): Runtime {
  return {
    ...runtime,
    createHttp(options) {
      const http = runtime.createHttp(options);
      const send: typeof http = async (request, signal) => {
        const response = await http(request, signal);
        return { ...response, body: damage(response.body, request) ?? response.body };
      };
      return Object.assign(send, { close: async () => http.close?.() });
    },
  };
}
