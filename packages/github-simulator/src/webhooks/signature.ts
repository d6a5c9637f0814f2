import { createHmac } from 'crypto';

/**
 * The value of `X-Hub-Signature-256` for the exact bytes of a body.
 *
 * @public
 */
export function webhookSignature(options: {
  secret: string;
  body: string;
}): string {
  const digest = createHmac('sha256', options.secret)
    .update(options.body, 'utf8')
    .digest('hex');
  return `sha256=${digest}`;
}
