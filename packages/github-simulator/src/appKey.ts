import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  KeyObject,
} from 'crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'fs';
import { dirname } from 'path';

/**
 * The key of a GitHub App: read from a file, or made and written there for nobody but its owner to read, so that none
 * is ever committed.
 *
 * @returns the public half, as SPKI PEM; GitHub keeps no more than that
 * @public
 */
export function ensureAppKey(path: string): string {
  if (!existsSync(path)) {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    mkdirSync(dirname(path), { recursive: true });
    // PKCS #1 is what GitHub hands out.
    const pem = privateKey.export({ type: 'pkcs1', format: 'pem' });
    writeFileSync(path, pem, { mode: 0o600, flag: 'wx' });
  }
  let key: KeyObject;
  try {
    key = createPrivateKey(readFileSync(path));
  } catch (error) {
    throw new Error(
      `${path} does not hold a private key. Delete it to have one made.`,
      { cause: error },
    );
  }
  return createPublicKey(key)
    .export({ type: 'spki', format: 'pem' })
    .toString();
}
