import { mockServices } from '@backstage/backend-test-utils';
import { z } from 'zod';
import { answeringFetch, TestAnswer } from '../__testUtils__/answeringFetch';
import { GithubAuth } from './GithubAuth';
import { GithubClient } from './GithubClient';

const CANARY = 'github_pat_canary0123456789';
const signal = new AbortController().signal;

function setUp(answer: () => TestAnswer | Promise<TestAnswer>) {
  const logger = mockServices.logger.mock();
  const { fetch, requests } = answeringFetch(answer);
  const client = GithubClient.create({
    apiBaseUrl: 'https://github.example.com/api/v3',
    fetch,
    logger,
  });
  const auth: GithubAuth = {
    token: CANARY,
    scope: { kind: 'starter' },
    onRefused: jest.fn(),
  };
  const read = () =>
    client.request({
      route: 'GET /repos/{owner}/{repo}',
      parameters: { owner: 'acme', repo: 'payments' },
      auth,
      doing: 'read acme/payments',
      schema: z.object({ name: z.string() }),
      signal,
    });
  const query = (tolerate?: string[]) =>
    client.graphql({
      query: '{ viewer { login } }',
      variables: { a: 1 },
      tolerate,
      auth,
      doing: 'read acme/payments',
      schema: z.object({ viewer: z.object({}).nullable() }),
      signal,
    });
  return { auth, client, logger, query, read, requests };
}

describe('GithubClient', () => {
  it('sends the version of the API, and the credential as a header alone', async () => {
    const { read, requests, logger } = setUp(() => ({
      body: { name: 'payments', more: 1 },
    }));
    await expect(read()).resolves.toMatchObject({
      status: 200,
      data: { name: 'payments' },
    });
    expect(requests).toHaveLength(1);
    expect(requests[0].url.href).toBe(
      'https://github.example.com/api/v3/repos/acme/payments',
    );
    expect(requests[0].headers).toMatchObject({
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${CANARY}`,
      'x-github-api-version': '2026-03-10',
    });
    expect(JSON.stringify(logger.debug.mock.calls)).toContain('starter');
    expect(JSON.stringify(logger.debug.mock.calls)).not.toContain(CANARY);
  });

  it('sends GraphQL beside REST', async () => {
    const { query, requests } = setUp(() => ({
      body: { data: { viewer: {} } },
    }));
    await query();
    expect(requests[0].url.href).toBe('https://github.example.com/api/graphql');
    expect(requests[0].body).toEqual({
      query: '{ viewer { login } }',
      variables: { a: 1 },
    });
  });

  it.each<[string, TestAnswer, object]>([
    [
      'no JSON',
      { body: '{"name": "pay' },
      { effect: 'unknown', status: undefined },
    ],
    ['another shape', { body: { name: 17 } }, { effect: 'unknown' }],
    ['nothing', { status: 204 }, { effect: 'unknown' }],
    [
      'a next page elsewhere',
      {
        body: { name: 'payments' },
        headers: { link: '<https://evil.example.com/2>; rel="next"' },
      },
      { effect: 'unknown' },
    ],
    [
      'a bad gateway in HTML',
      {
        status: 502,
        body: '<html></html>',
        headers: { 'content-type': 'text/html' },
      },
      { effect: 'unknown', status: 502 },
    ],
    [
      'a refusal that repeats the credential',
      { status: 422, body: { message: `no ${CANARY}` } },
      { effect: 'refused', status: 422 },
    ],
  ])(
    'throws what is certain after an answer with %s',
    async (_, answer, error) => {
      const { read, logger } = setUp(() => answer);
      const thrown = await read().catch(caught => caught);
      expect(thrown).toMatchObject({ name: 'ProviderError', ...error });
      expect(
        JSON.stringify([thrown, thrown.message, thrown.stack, logger]),
      ).not.toContain(CANARY);
      expect(thrown.cause).toBeUndefined();
    },
  );

  it('says that a credential was refused', async () => {
    const { auth, read } = setUp(() => ({
      status: 401,
      body: { message: 'Bad credentials' },
    }));
    await expect(read()).rejects.toMatchObject({
      effect: 'later',
      status: 401,
    });
    expect(auth.onRefused).toHaveBeenCalledTimes(1);
  });

  it('sends nothing when the time has run out before', async () => {
    const { client, auth, requests } = setUp(() => ({}));
    await expect(
      client.request({
        route: 'GET /repos/{owner}/{repo}',
        parameters: { owner: 'acme', repo: 'payments' },
        auth,
        doing: 'read acme/payments',
        schema: z.unknown(),
        signal: AbortSignal.abort(),
      }),
    ).rejects.toMatchObject({ effect: 'later' });
    expect(requests).toEqual([]);
  });

  it('tells the time at GitHub', async () => {
    const { client, read } = setUp(() => ({
      body: { name: 'payments' },
      headers: { date: new Date(Date.now() + 3_600_000).toUTCString() },
    }));
    await read();
    expect(client.now() - Date.now()).toBeGreaterThan(3_590_000);
    expect(client.now() - Date.now()).toBeLessThan(3_610_000);
  });

  it.each([
    ['FORBIDDEN', 'refused'],
    ['NOT_FOUND', 'refused'],
    ['RATE_LIMITED', 'later'],
    [undefined, 'unknown'],
  ])(
    'throws what is certain after a GraphQL error %s',
    async (type, effect) => {
      const { query } = setUp(() => ({
        body: { data: { viewer: null }, errors: [{ type, message: 'No.' }] },
      }));
      await expect(query()).rejects.toMatchObject({ effect });
    },
  );

  it('leaves out what may be missing in GraphQL', async () => {
    const { query } = setUp(() => ({
      body: {
        data: { viewer: null },
        errors: [{ type: 'NOT_FOUND', message: 'No.' }],
      },
    }));
    await expect(query(['NOT_FOUND'])).resolves.toEqual({ viewer: null });
  });
});
