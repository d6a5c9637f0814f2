import { createPublicKey } from 'crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ensureAppKey } from './appKey';

describe('ensureAppKey', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('makes a key that only its owner reads, and keeps to it', () => {
    const path = join(folder, 'below', 'app.pem');
    const publicKey = ensureAppKey(path);
    const pem = readFileSync(path, 'utf8');
    // eslint-disable-next-line no-bitwise
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(createPublicKey(pem).export({ type: 'spki', format: 'pem' })).toBe(
      publicKey,
    );

    expect(ensureAppKey(path)).toBe(publicKey);
    expect(readFileSync(path, 'utf8')).toBe(pem);
  });

  it('says that a file is no key', () => {
    const path = join(folder, 'app.pem');
    writeFileSync(path, 'hello');
    expect(() => ensureAppKey(path)).toThrow(
      /app\.pem does not hold a private key/,
    );
  });
});
