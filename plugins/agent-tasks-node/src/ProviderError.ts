import { CustomErrorBase } from '@backstage/errors';

/**
 * What is certain about a request that did not succeed.
 *
 * - `refused`: it had no effect, and the same request would be refused again.
 * - `later`: it had no effect, and may succeed later (rate limit, credentials that are being renewed).
 * - `unknown`: it may have had its effect (connection lost, time-out, a server error).
 *
 * @public
 */
export type ProviderErrorEffect = 'refused' | 'later' | 'unknown';

/**
 * A request to a provider or code host that did not succeed.
 *
 * @remarks
 *
 * The message is shown to people: it says what failed and what to do, and never holds a credential.
 *
 * @public
 */
export class ProviderError extends CustomErrorBase {
  name = 'ProviderError' as const;

  readonly effect: ProviderErrorEffect;
  /** The HTTP status of the answer, where there was one. */
  readonly status?: number;
  /** The remote's id of the request, for its support. */
  readonly requestId?: string;
  /** How long to wait, in seconds, where the remote said so. */
  readonly retryAfterSeconds?: number;

  constructor(
    message: string,
    options: {
      effect: ProviderErrorEffect;
      status?: number;
      requestId?: string;
      retryAfterSeconds?: number;
      cause?: unknown;
    },
  ) {
    super(message, options.cause);
    this.effect = options.effect;
    this.status = options.status;
    this.requestId = options.requestId;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
