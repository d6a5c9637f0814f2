import { createPrivateKey } from 'crypto';
import { SignJWT } from 'jose';
import { TEST_APP_ID, TEST_APP_KEY } from './testSeed';

/** A JWT of the test App, as a client makes it. Times are in seconds since 1970. */
export async function appJwt(options: {
  now: number;
  issuedAt?: number;
  expiresAt?: number;
  issuer?: string;
  key?: string;
}): Promise<string> {
  const { now } = options;
  return new SignJWT({})
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(options.issuer ?? String(TEST_APP_ID))
    .setIssuedAt(options.issuedAt ?? now - 30)
    .setExpirationTime(options.expiresAt ?? now + 540)
    .sign(createPrivateKey(options.key ?? TEST_APP_KEY));
}
