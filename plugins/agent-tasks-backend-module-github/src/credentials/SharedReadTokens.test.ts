import { stubInstallation } from '../__testUtils__/stubInstallation';

const signal = new AbortController().signal;
const permissions = { pull_requests: 'read' } as const;

function needing(...repositories: string[]) {
  return { owner: 'acme', repositories, permissions, signal };
}

describe('SharedReadTokens', () => {
  it('uses one token for every part of what was read within the hour', async () => {
    const { sharedTokens, minted } = stubInstallation({
      covered: ['a', 'b', 'c'],
    });
    await sharedTokens.get(needing('a', 'b'));
    await sharedTokens.get(needing('b'));
    await sharedTokens.get(needing('c'));
    await sharedTokens.get(needing('a', 'c'));
    await sharedTokens.get(needing('B'));
    expect(minted.map(({ repositories }) => repositories?.sort())).toEqual([
      ['a', 'b'],
      ['a', 'b', 'c'],
    ]);
  });

  it('uses no token with other permissions', async () => {
    const { sharedTokens, minted } = stubInstallation({ covered: ['a'] });
    await sharedTokens.get(needing('a'));
    await sharedTokens.get({
      ...needing('a'),
      permissions: { metadata: 'read' },
    });
    expect(minted.map(each => each.permissions)).toEqual([
      { pull_requests: 'read' },
      { metadata: 'read' },
    ]);
  });

  it('leaves out what the installation does not cover, and remembers that', async () => {
    const { sharedTokens, requests } = stubInstallation({
      covered: ['a', 'b'],
    });
    const shared = await sharedTokens.get(needing('a', 'gone', 'b'));
    expect(shared?.covered).toEqual(new Set(['a', 'b']));
    const sent = requests.length;
    const again = await sharedTokens.get(needing('a', 'gone'));
    expect(again?.covered).toEqual(new Set(['a']));
    expect(requests).toHaveLength(sent);
    await expect(sharedTokens.get(needing('gone'))).resolves.toBeUndefined();
    expect(requests).toHaveLength(sent);
  });

  it('goes on when a repository that was read before is covered no more', async () => {
    const { sharedTokens, covered, minted } = stubInstallation({
      covered: ['a', 'b'],
    });
    await sharedTokens.get(needing('a'));
    covered.delete('a');
    const shared = await sharedTokens.get(needing('b'));
    expect(shared?.covered).toEqual(new Set(['b']));
    expect(minted.at(-1)?.repositories).toEqual(['b']);
  });

  it('lists the installation rather than ask for each of many', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `r${index}`);
    const { sharedTokens, requests, minted } = stubInstallation({
      covered: names.slice(1),
    });
    const shared = await sharedTokens.get(needing(...names));
    expect(shared?.covered.size).toBe(59);
    expect(requests.length).toBeLessThan(7);
    expect(minted[0]).toEqual({ permissions: { metadata: 'read' } });
  });

  it('knows nothing of an owner without the App', async () => {
    const { sharedTokens } = stubInstallation({ covered: ['a'] });
    await expect(
      sharedTokens.get({ ...needing('a'), owner: 'somebody' }),
    ).resolves.toBeUndefined();
  });

  it('does not take trouble for an answer', async () => {
    const { sharedTokens } = stubInstallation({
      covered: ['a'],
      instead: ({ method }) =>
        method === 'POST' ? { status: 500, body: {} } : undefined,
    });
    await expect(sharedTokens.get(needing('a'))).rejects.toMatchObject({
      status: 500,
      effect: 'later',
    });
  });
});
