import { verify } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TEST_KEY } from '../__testUtils__/stubInstallation';
import { AppCredential } from './AppCredential';

const NOW = Date.parse('2026-11-22T12:00:00Z');

function decode(part: string) {
  return JSON.parse(Buffer.from(part, 'base64url').toString());
}

describe('AppCredential', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'app-credential-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it("signs what GitHub asks of an App, by GitHub's clock", async () => {
    const app = AppCredential.create({
      appId: 17,
      privateKey: { type: 'inline', pem: TEST_KEY.pem },
      now: () => NOW,
    });
    const { token, scope } = await app.getAuth();
    const [header, payload, signature] = token.split('.');
    expect(scope).toEqual({ kind: 'app' });
    expect(decode(header)).toEqual({ alg: 'RS256', typ: 'JWT' });
    expect(decode(payload)).toEqual({
      iat: NOW / 1000 - 60,
      exp: NOW / 1000 + 540,
      iss: '17',
    });
    expect(
      verify(
        'RSA-SHA256',
        Buffer.from(`${header}.${payload}`),
        TEST_KEY.publicKey,
        Buffer.from(signature, 'base64url'),
      ),
    ).toBe(true);
  });

  it('reads a file when it is needed, and says so where there is none', async () => {
    const path = join(folder, 'app.pem');
    const app = AppCredential.create({
      appId: 17,
      privateKey: { type: 'file', path },
      now: () => NOW,
    });
    await expect(app.getAuth()).rejects.toMatchObject({
      name: 'ProviderError',
      effect: 'later',
      message: `The App's private key could not be read: there is no readable file ${path}. It is named at agentTasks.github.app.privateKeyFile.`,
    });
    await writeFile(path, 'canary, but no key');
    const error = await app.getAuth().catch(thrown => thrown);
    expect(error).toMatchObject({ name: 'ProviderError', effect: 'later' });
    expect(error.message).toContain('holds no RSA private key');
    expect(error.message).not.toContain('canary');
    await writeFile(path, TEST_KEY.pem);
    await expect(app.getAuth()).resolves.toMatchObject({
      token: expect.stringMatching(/^eyJ/),
    });
  });

  it('reads the file again after the key was refused', async () => {
    const path = join(folder, 'app.pem');
    await writeFile(path, TEST_KEY.pem);
    const app = AppCredential.create({
      appId: 17,
      privateKey: { type: 'file', path },
      now: () => NOW,
    });
    const auth = await app.getAuth();
    await rm(path);
    await expect(app.getAuth()).resolves.toBeDefined();
    auth.onRefused?.();
    await expect(app.getAuth()).rejects.toThrow('could not be read');
    await writeFile(path, TEST_KEY.pem);
  });
});
