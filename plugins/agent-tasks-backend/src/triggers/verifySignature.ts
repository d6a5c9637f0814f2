import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a sender signed, as far as the request says. */
export interface SignedRequest {
  body: Buffer;
  /** The value of a header, by its name in small letters. */
  header(name: string): string | undefined;
}

/** What is known of a delivery whose signature is right. */
export interface VerifiedDelivery {
  /** As the sender names it. */
  deliveryId?: string;
  /** When it was sent, where that was signed too. */
  sentAt?: Date;
  /** Part of what was signed, and so the same for the same delivery alone. */
  signed: Buffer;
}

const hexSignature = /^sha256=([0-9a-f]{64})$/i;
const unixSeconds = /^\d{1,12}$/;
const printable = /^[\x21-\x7e]{1,200}$/;

/**
 * Whether a request was signed with a secret: by GitHub over its body (`X-Hub-Signature-256`), or by any sender over
 * `timestamp.body`, or `timestamp.delivery.body` where it names the delivery (`X-Agent-Tasks-Signature`,
 * `X-Agent-Tasks-Timestamp`, `X-Agent-Tasks-Delivery`). A timestamp has to be within the window. `undefined`: no.
 *
 * @remarks
 *
 * Takes the same time whatever is wrong: the signature is reckoned in any case, and compared in constant time.
 */
export function verifySignature(options: {
  scheme: 'github' | 'generic';
  secret: string;
  request: SignedRequest;
  now: Date;
  windowSeconds: number;
}): VerifiedDelivery | undefined {
  const { scheme, secret, request, now, windowSeconds } = options;
  const isGithub = scheme === 'github';
  const timestamp = request.header('x-agent-tasks-timestamp') ?? '';
  const deliveryId = request.header(
    isGithub ? 'x-github-delivery' : 'x-agent-tasks-delivery',
  );
  const signed = isGithub
    ? request.body
    : Buffer.concat([
        Buffer.from(
          `${timestamp}.${deliveryId === undefined ? '' : `${deliveryId}.`}`,
        ),
        request.body,
      ]);
  const expected = createHmac('sha256', secret).update(signed).digest();
  const given = hexSignature.exec(
    request.header(
      isGithub ? 'x-hub-signature-256' : 'x-agent-tasks-signature',
    ) ?? '',
  );
  const isSigned = timingSafeEqual(
    expected,
    given ? Buffer.from(given[1], 'hex') : Buffer.alloc(expected.length),
  );
  const isInTime =
    isGithub ||
    (unixSeconds.test(timestamp) &&
      Math.abs(now.getTime() - Number(timestamp) * 1000) <=
        windowSeconds * 1000);
  const isNamed = deliveryId === undefined || printable.test(deliveryId);
  return given && isSigned && isInTime && isNamed
    ? {
        ...(deliveryId !== undefined && { deliveryId }),
        ...(!isGithub && { sentAt: new Date(Number(timestamp) * 1000) }),
        signed,
      }
    : undefined;
}
