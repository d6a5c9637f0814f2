import fc from 'fast-check';
import { assertPathParameters, isGithubName } from './pathParameters';

describe('isGithubName', () => {
  it.each([
    ['shop', true],
    ['Shop_1.x-y', true],
    ['.github', true],
    ['...', true],
    ['ada_acme', true],
    ['.', false],
    ['..', false],
    ['', false],
    ['a/b', false],
    ['a b', false],
    ['a%2e', false],
    ['a\n', false],
    ['\u202e', false],
  ])('%j: %s', (name, valid) => {
    expect(isGithubName(name)).toBe(valid);
  });
});

describe('assertPathParameters', () => {
  const start = (parameters: Record<string, unknown>) => () =>
    assertPathParameters({
      route: 'POST /agents/repos/{owner}/{repo}/tasks',
      parameters,
      doing: 'start a task',
    });

  it('lets pass what is no part of the path', () => {
    expect(
      start({ owner: 'acme', repo: 'shop', prompt: '../..', path: '..' }),
    ).not.toThrow();
  });

  it('refuses a segment that a URL resolves, whatever it stands for', () => {
    const read = (id: unknown) => () =>
      assertPathParameters({
        route: 'GET /agents/repos/{owner}/{repo}/tasks/{task_id}',
        parameters: { owner: 'acme', repo: 'shop', task_id: id },
        doing: 'read a task',
      });
    expect(read(17)).not.toThrow();
    expect(read('..')).toThrow('GitHub was not asked to read a task: ".."');
    expect(read(undefined)).toThrow('GitHub was not asked to read a task: ""');
  });

  it('says that nothing came of it', () => {
    expect(start({ owner: 'x', repo: '..' })).toThrow(
      expect.objectContaining({ name: 'ProviderError', effect: 'refused' }),
    );
  });

  it('keeps the address of the route, whatever a repository is called', () => {
    const name = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom('.', '/', '%', '2', 'e', 'a') }),
    );
    fc.assert(
      fc.property(name, name, (owner, repo) => {
        const path = `/agents/repos/${owner}/${repo}/tasks`;
        let address = path;
        try {
          start({ owner, repo })();
          address = new URL(path, 'https://api.github.com').pathname;
        } catch {
          // It is asked nowhere.
        }
        expect(address).toBe(path);
      }),
    );
  });
});
