import { inspect } from 'node:util';
import {
  MARKER,
  repository,
  signal,
  startGithub,
  STARTER_TOKEN,
} from './__testUtils__/startGithub';
import { TEST_KEY } from './__testUtils__/stubInstallation';

/** Anything that looks like a credential of GitHub, and the two that are configured. */
const CREDENTIALS = [
  /ghs_\w{10}/,
  /\beyJ[\w-]{10}/,
  /github_pat_/,
  /CANARY/,
  /PRIVATE KEY/,
  new RegExp(TEST_KEY.pem.split('\n')[2].slice(0, 20).replace(/\W/g, '.')),
];

describe('createGithub', () => {
  let github: Awaited<ReturnType<typeof startGithub>>;

  beforeEach(async () => {
    github = await startGithub();
  });

  afterEach(async () => {
    await github.close();
  });

  /** Everything that the provider and the code host do, and what each came to. */
  async function callEverything(): Promise<unknown[]> {
    const { provider, codeHost } = github;
    const { change, branch, id } = await github.startAndFinish();
    const calls: (() => Promise<unknown>)[] = [
      () => github.start('closed'),
      () => github.start('blog', `${MARKER}1`),
      () =>
        provider.findTask({
          repository: repository('shop'),
          marker: MARKER,
          startedAfter: new Date(github.clock.now()).toISOString(),
          knownIds: new Set(),
          signal,
        }),
      () => provider.listChangedTasks({ signal }),
      () => provider.getTask({ repository: repository('shop'), id, signal }),
      () =>
        codeHost.getRepositories({
          repositories: [repository('shop'), repository('secret')],
          signal,
        }),
      () => codeHost.getChanges({ changes: [change], signal }),
      () => codeHost.markReadyForReview({ change, signal }),
      () => codeHost.stop({ ...change, branch, change, signal }),
    ];
    const results: unknown[] = [];
    for (const call of calls) {
      results.push(await call().catch((error: unknown) => error));
    }
    return results;
  }

  function everythingSaid(results: unknown[]): string {
    const options = { depth: 20, showHidden: true, maxStringLength: Infinity };
    const { debug, info, warn, error } = github.logger;
    return [results, debug, info, warn, error]
      .map(value =>
        inspect(
          'mock' in Object(value)
            ? Reflect.get(Object(value), 'mock').calls
            : value,
          options,
        ),
      )
      .join('\n');
  }

  it('needs no permission that it does not have', async () => {
    await callEverything();
    // The one repository in which the agent is switched off is refused by the agent, not for a permission.
    expect(github.simulator.counters.values.refusals).toEqual([]);
  });

  it('keeps every credential to itself', async () => {
    const said = everythingSaid(await callEverything());
    expect(said).toContain('Asking GitHub to');
    expect(said).toContain('pull_requests:write');
    for (const credential of CREDENTIALS) {
      expect(said).not.toMatch(credential);
    }
  });

  it.each([
    { kind: 'status', status: 401, when: 'before' },
    { kind: 'status', status: 403, when: 'before' },
    { kind: 'status', status: 502, when: 'after' },
    { kind: 'reset', when: 'before' },
    { kind: 'malformed' },
  ] as const)('keeps every credential to itself after %j', async fault => {
    const { change } = await github.startAndFinish();
    github.simulator.faults.add({ fault });
    const results: unknown[] = [];
    for (const call of [
      () => github.start(),
      () => github.provider.listChangedTasks({ signal }),
      () => github.codeHost.getChanges({ changes: [change], signal }),
      () => github.codeHost.markReadyForReview({ change, signal }),
      () => github.codeHost.stop({ ...change, change, signal }),
    ]) {
      results.push(await call().catch((error: unknown) => error));
    }
    const said = everythingSaid(results);
    expect(said).toContain('ProviderError');
    for (const credential of CREDENTIALS) {
      expect(said).not.toMatch(credential);
    }
  });

  it('finds credentials where there are any', () => {
    const said = everythingSaid([
      new Error('x', { cause: { headers: { authorization: STARTER_TOKEN } } }),
    ]);
    expect(CREDENTIALS.some(credential => credential.test(said))).toBe(true);
  });
});
