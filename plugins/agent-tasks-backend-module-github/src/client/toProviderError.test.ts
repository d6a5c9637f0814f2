import fc from 'fast-check';
import { CredentialScope } from './GithubAuth';
import { GithubFailure, toGithubFailure } from './GithubFailure';
import { RedirectRefusedError } from './pooledFetch';
import { effectOf, toProviderError } from './toProviderError';

const STARTER: CredentialScope = { kind: 'starter' };
const CANARY = 'github_pat_canary0123456789';
const purpose = {
  doing: 'start a task in acme/payments',
  scope: STARTER,
  secrets: [CANARY],
};

function answer(
  status: number,
  options: { headers?: Record<string, string>; message?: string } = {},
): GithubFailure {
  return { kind: 'answer', status, headers: {}, message: '', ...options };
}

describe('effectOf', () => {
  it.each<[string, GithubFailure, string]>([
    ['400', answer(400), 'refused'],
    ['401', answer(401), 'later'],
    ['403', answer(403), 'refused'],
    [
      '403 with retry-after',
      answer(403, { headers: { 'retry-after': '1' } }),
      'later',
    ],
    ['404', answer(404), 'refused'],
    ['408', answer(408), 'unknown'],
    ['422', answer(422), 'refused'],
    ['429', answer(429), 'later'],
    ['500', answer(500), 'unknown'],
    ['502', answer(502), 'unknown'],
    [
      '503 with retry-after',
      answer(503, { headers: { 'retry-after': '1' } }),
      'unknown',
    ],
    ['no connection', { kind: 'not_connected', code: 'ECONNREFUSED' }, 'later'],
    [
      'a broken connection',
      { kind: 'interrupted', code: 'ECONNRESET' },
      'unknown',
    ],
    ['a time-out', { kind: 'aborted', sent: true }, 'unknown'],
    ['no time left to begin', { kind: 'aborted', sent: false }, 'later'],
    ['a redirect', { kind: 'redirected', message: '' }, 'refused'],
    ['an unreadable answer', { kind: 'unreadable', message: '' }, 'unknown'],
  ])('is certain of no more than it can be after %s', (_, failure, effect) => {
    expect(effectOf(failure)).toBe(effect);
  });

  it('never says that a request had no effect when the server failed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 500, max: 599 }),
        fc.dictionary(
          fc.constantFrom('retry-after', 'x-ratelimit-remaining'),
          fc.constantFrom('0', '10'),
        ),
        fc.string(),
        (status, headers, message) => {
          expect(effectOf({ kind: 'answer', status, headers, message })).toBe(
            'unknown',
          );
        },
      ),
    );
  });
});

describe('toProviderError', () => {
  it('keeps what the backend needs', () => {
    const error = toProviderError(
      answer(429, {
        headers: { 'retry-after': '30', 'x-github-request-id': 'AB:12' },
        message: 'You have exceeded a secondary rate limit.',
      }),
      purpose,
    );
    expect(error).toMatchObject({
      name: 'ProviderError',
      effect: 'later',
      status: 429,
      requestId: 'AB:12',
      retryAfterSeconds: 30,
      cause: undefined,
    });
    expect(error.message).toBe(
      "GitHub's rate limit is used up, so it did not start a task in acme/payments (429): You have exceeded a secondary rate limit. It may be asked again in 30 s.",
    );
  });

  it.each<[string, GithubFailure, CredentialScope, string]>([
    [
      'a token that was refused',
      answer(401, { message: 'Bad credentials' }),
      STARTER,
      'put it at agentTasks.github.starter.token',
    ],
    [
      "an App's key that was refused",
      answer(401),
      { kind: 'app' },
      "compare agentTasks.github.app with the App's settings",
    ],
    [
      'a permission that is missing',
      answer(403, {
        headers: { 'x-accepted-github-permissions': 'contents=write' },
      }),
      {
        kind: 'installation',
        installationId: 1,
        repositories: [],
        permissions: {},
      },
      'Needed: contents=write.',
    ],
    [
      'a repository that is not covered',
      answer(404),
      STARTER,
      'the token does not cover the repository',
    ],
    [
      'no connection',
      { kind: 'not_connected', code: 'ECONNREFUSED' },
      STARTER,
      'Check the network, the proxy, and agentTasks.github.apiBaseUrl.',
    ],
    [
      'a server that failed',
      answer(502),
      STARTER,
      'Whether it did so is not known.',
    ],
    [
      'a version of the API that has ended',
      answer(410),
      STARTER,
      'update @agent-tasks/plugin-agent-tasks-backend-module-github',
    ],
  ])('says what to do about %s', (_, failure, scope, advice) => {
    expect(toProviderError(failure, { ...purpose, scope }).message).toContain(
      advice,
    );
  });

  it('never repeats a credential, whatever GitHub says', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(400, 401, 403, 404, 422, 429, 500, 502),
        fc.string(),
        fc.string(),
        (status, before, after) => {
          const error = toProviderError(
            answer(status, { message: `${before}${CANARY}${after}` }),
            purpose,
          );
          expect(
            JSON.stringify([error, error.message, error.stack]),
          ).not.toContain(CANARY);
        },
      ),
    );
  });
});

describe('toGithubFailure', () => {
  /** As Octokit throws it: with the whole request. */
  function octokitError(fields: object): Error {
    return Object.assign(new Error(`failed with ${CANARY}`), {
      name: 'HttpError',
      status: 500,
      request: { headers: { authorization: `Bearer ${CANARY}` } },
      ...fields,
    });
  }

  it('takes the status from the answer, not from the error', () => {
    const failure = toGithubFailure(
      octokitError({
        response: {
          status: 403,
          headers: { 'Retry-After': 5 },
          data: { message: 'No.' },
        },
      }),
    );
    expect(failure).toEqual({
      kind: 'answer',
      status: 403,
      headers: { 'retry-after': '5' },
      message: 'No.',
    });
  });

  it.each<[string, unknown, GithubFailure]>([
    [
      'a refused connection',
      Object.assign(new TypeError('fetch failed'), {
        cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
      }),
      { kind: 'not_connected', code: 'ECONNREFUSED' },
    ],
    [
      'a reset',
      Object.assign(new TypeError('fetch failed'), {
        cause: Object.assign(new Error('read'), { code: 'ECONNRESET' }),
      }),
      { kind: 'interrupted', code: 'ECONNRESET' },
    ],
    [
      'a time-out',
      new DOMException('too late', 'TimeoutError'),
      { kind: 'aborted', sent: true },
    ],
    [
      'an abort',
      new DOMException('enough', 'AbortError'),
      { kind: 'aborted', sent: true },
    ],
    [
      'a redirect',
      new RedirectRefusedError('redirected to another host'),
      { kind: 'redirected', message: 'redirected to another host' },
    ],
    [
      'something else',
      new Error(`odd ${CANARY}`),
      { kind: 'interrupted', code: 'no reason given' },
    ],
    [
      'no error at all',
      undefined,
      { kind: 'interrupted', code: 'no reason given' },
    ],
  ])('tells %s', (_, cause, failure) => {
    expect(toGithubFailure(octokitError({ cause }))).toEqual(failure);
  });
});
