import { generateKeyPairSync } from 'node:crypto';
import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { readGithubConfig } from './readGithubConfig';

const { privateKey: rsa } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PEM = rsa.export({ type: 'pkcs1', format: 'pem' }).toString();
const CANARY = 'github_pat_canary0123456789';

function read(github: unknown) {
  return readGithubConfig({
    config: new ConfigReader({ agentTasks: { github } } as JsonObject),
  });
}

const valid = {
  starter: { token: CANARY },
  app: { appId: 1, privateKeyFile: '/run/app.pem' },
};

describe('readGithubConfig', () => {
  it('fills in what has a default', () => {
    expect(read(valid)).toEqual({
      host: 'github.com',
      apiBaseUrl: 'https://api.github.com',
      starter: { token: CANARY },
      app: {
        appId: 1,
        privateKey: { type: 'file', path: '/run/app.pem' },
        installationId: undefined,
      },
    });
  });

  it('takes every key', () => {
    expect(
      read({
        host: 'GitHub.Example.com',
        apiBaseUrl: 'https://github.example.com/api/v3/',
        starter: { token: ` ${CANARY}\n` },
        app: { appId: '17', privateKey: PEM, installationId: '18' },
      }),
    ).toEqual({
      host: 'github.example.com',
      apiBaseUrl: 'https://github.example.com/api/v3',
      starter: { token: CANARY },
      app: {
        appId: 17,
        privateKey: { type: 'inline', pem: PEM.trim() },
        installationId: 18,
      },
    });
  });

  it('takes a key whose line ends were escaped for an environment variable', () => {
    const escaped = PEM.replace(/\n/g, '\\n');
    expect(
      read({ ...valid, app: { appId: 1, privateKey: escaped } }).app.privateKey,
    ).toEqual({ type: 'inline', pem: PEM.trim() });
  });

  it('takes plain http for this machine alone', () => {
    const at = (apiBaseUrl: string) => read({ ...valid, apiBaseUrl });
    expect(at('http://localhost:7010/api/v3').apiBaseUrl).toBe(
      'http://localhost:7010/api/v3',
    );
    expect(at('http://127.0.0.1:7010/api/v3').apiBaseUrl).toBe(
      'http://127.0.0.1:7010/api/v3',
    );
    expect(() => at('http://github.example.com/api/v3')).toThrow(
      'agentTasks.github.apiBaseUrl: must begin with https://',
    );
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'agentTasks.github: missing'],
    ['text', 'yes', 'agentTasks.github: must be an object'],
    [
      'a misspelt key',
      { ...valid, starter: { tokn: CANARY } },
      "agentTasks.github.starter.tokn: unknown key, did you mean 'token'?",
    ],
    [
      'a misspelt section',
      { ...valid, strater: {} },
      "agentTasks.github.strater: unknown key, did you mean 'starter'?",
    ],
    [
      'a key that nothing resembles',
      { ...valid, app: { ...valid.app, colour: 'red' } },
      'agentTasks.github.app.colour: unknown key; known are appId, privateKey, privateKeyFile, installationId',
    ],
    [
      'the secret of webhooks',
      { ...valid, webhookSecret: CANARY },
      'agentTasks.github.webhookSecret: unknown key; the secret of webhooks belongs to events.modules.github.webhookSecret',
    ],
    [
      'no starter',
      { app: valid.app },
      'agentTasks.github.starter: missing; if it refers to an environment variable, set that',
    ],
    [
      'no token',
      { ...valid, starter: {} },
      'agentTasks.github.starter.token: missing; if it refers to an environment variable, set that',
    ],
    [
      'an empty token',
      { ...valid, starter: { token: ' ' } },
      'agentTasks.github.starter.token: must be a token: text without spaces',
    ],
    [
      'a token that is no text',
      { ...valid, starter: { token: 17 } },
      'agentTasks.github.starter.token: must be a token',
    ],
    ['no App', { starter: valid.starter }, 'agentTasks.github.app: missing'],
    [
      'no id of the App',
      { ...valid, app: { privateKeyFile: 'x' } },
      'agentTasks.github.app.appId: missing',
    ],
    [
      'an id of the App that is no number',
      { ...valid, app: { ...valid.app, appId: 'Iv1.abc' } },
      "agentTasks.github.app.appId: must be the App's id: a whole number",
    ],
    [
      'an id of an installation that is no number',
      { ...valid, app: { ...valid.app, installationId: -1 } },
      "agentTasks.github.app.installationId: must be the installation's id: a whole number",
    ],
    [
      'no private key',
      { ...valid, app: { appId: 1 } },
      'agentTasks.github.app.privateKey: missing, and so is privateKeyFile',
    ],
    [
      'two private keys',
      { ...valid, app: { ...valid.app, privateKey: PEM } },
      'agentTasks.github.app.privateKeyFile: stands beside privateKey; keep one of them',
    ],
    [
      'a private key that is none',
      { ...valid, app: { appId: 1, privateKey: CANARY } },
      'agentTasks.github.app.privateKey: must be a private key in PEM format',
    ],
    [
      'an address as the host',
      { ...valid, host: 'https://github.com' },
      'agentTasks.github.host: must be a host name such as github.com',
    ],
    [
      'another host without its API',
      { ...valid, host: 'github.example.com' },
      'agentTasks.github.apiBaseUrl: missing; it is needed where host is not github.com',
    ],
    [
      'an API address that is none',
      { ...valid, apiBaseUrl: 'localhost' },
      'agentTasks.github.apiBaseUrl: must be an address such as https://api.github.com',
    ],
    [
      'an API address with a password',
      { ...valid, apiBaseUrl: `https://x:${CANARY}@api.github.com` },
      'agentTasks.github.apiBaseUrl: must hold neither a user, a query nor a fragment',
    ],
  ])('stops the start at %s', (_, github, message) => {
    let error: unknown;
    try {
      read(github);
    } catch (thrown) {
      error = thrown;
    }
    expect(String(error)).toContain(message);
    expect(String(error)).not.toContain(CANARY);
  });

  it('names everything that is wrong at once', () => {
    expect(() => read({ hots: 'x', starter: {}, app: { appId: 'x' } })).toThrow(
      /starter\.token: missing[^]*app\.appId: must be[^]*hots: unknown key, did you mean 'host'\?/,
    );
  });
});
