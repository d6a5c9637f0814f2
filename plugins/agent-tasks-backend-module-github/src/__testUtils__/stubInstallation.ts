import { generateKeyPairSync } from 'node:crypto';
import { mockServices } from '@backstage/backend-test-utils';
import { z } from 'zod';
import { GithubClient } from '../client/GithubClient';
import { AppCredential } from '../credentials/AppCredential';
import { CoveredRepositories } from '../credentials/CoveredRepositories';
import { Installations } from '../credentials/Installations';
import { InstallationTokens } from '../credentials/InstallationTokens';
import { SharedReadTokens } from '../credentials/SharedReadTokens';
import { answeringFetch, ReceivedRequest, TestAnswer } from './answeringFetch';

const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** A private key for tests, and its public half. */
export const TEST_KEY = {
  pem: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  publicKey: keys.publicKey,
};

const INSTALLATION = 7;

/**
 * GitHub as far as it makes tokens for one installation of `acme`, for times and failures that a test sets; and the
 * credentials that are under test, on top of it.
 */
export function stubInstallation(options: {
  /** Names of the repositories that the installation covers. */
  covered: string[];
  /** Answers in place of the stub, where it answers at all. */
  instead?: (
    request: ReceivedRequest,
  ) => TestAnswer | Promise<TestAnswer> | undefined;
  installationId?: number;
  /** The owner of the installation's repositories. */
  owner?: string;
}) {
  const covered = new Set(options.covered);
  const minted: { repositories?: string[]; permissions: object }[] = [];
  const clock = { now: Date.parse('2026-11-22T12:00:00Z') };
  const owner = options.owner ?? 'acme';
  const answer = (request: ReceivedRequest): TestAnswer => {
    const { pathname } = request.url;
    if (pathname === '/orgs/acme/installation') {
      return { body: { id: INSTALLATION } };
    }
    const [, name] =
      /^\/repos\/acme\/([^/]+)\/installation$/.exec(pathname) ?? [];
    if (name && covered.has(name)) {
      return { body: { id: INSTALLATION } };
    }
    if (pathname === '/installation/repositories') {
      return {
        body: { repositories: [...covered].map(each => ({ name: each })) },
      };
    }
    if (pathname === `/app/installations/${INSTALLATION}/access_tokens`) {
      const body = request.body as (typeof minted)[number];
      if (body.repositories?.some(each => !covered.has(each))) {
        return { status: 422, body: { message: 'At least one repository …' } };
      }
      minted.push(body);
      return {
        status: 201,
        body: {
          token: `ghs_${minted.length}`,
          expires_at: new Date(clock.now + 3_600_000).toISOString(),
          repositories: body.repositories?.map(each => ({
            name: each,
            owner: { login: owner },
          })),
        },
      };
    }
    return pathname === '/app'
      ? { body: {} }
      : { status: 404, body: { message: 'Not Found' } };
  };
  const { fetch, requests } = answeringFetch(async request => {
    const given = (await options.instead?.(request)) ?? answer(request);
    return {
      ...given,
      headers: { date: new Date(clock.now).toUTCString(), ...given.headers },
    };
  });
  const logger = mockServices.logger.mock();
  const client = GithubClient.create({
    apiBaseUrl: 'https://api.github.com',
    fetch,
    logger,
  });
  const app = AppCredential.create({
    appId: 1,
    privateKey: { type: 'inline', pem: TEST_KEY.pem },
    now: () => clock.now,
  });
  const installations = Installations.create({
    client,
    app,
    installationId: options.installationId,
  });
  const tokens = InstallationTokens.create({ client, app, installations });
  const coveredRepositories = CoveredRepositories.create({
    client,
    app,
    tokens,
  });
  return {
    client,
    clock,
    covered,
    minted,
    requests,
    tokens,
    sharedTokens: SharedReadTokens.create({
      tokens,
      covered: coveredRepositories,
    }),
    /** Lets time pass at GitHub, as an answer tells it. */
    async advance(milliseconds: number) {
      clock.now += milliseconds;
      await client.request({
        route: 'GET /app',
        parameters: {},
        auth: await app.getAuth(),
        doing: 'read the App',
        schema: z.unknown(),
        signal: new AbortController().signal,
      });
    },
  };
}
