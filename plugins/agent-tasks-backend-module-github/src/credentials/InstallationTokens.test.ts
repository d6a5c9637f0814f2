import { stubInstallation } from '../__testUtils__/stubInstallation';

const signal = new AbortController().signal;
const scope = {
  repositories: ['payments'],
  permissions: { contents: 'write' },
} as const;
const request = { owner: 'acme', scope, signal };

describe('InstallationTokens', () => {
  it('makes a token for the repositories and permissions of the call alone', async () => {
    const { tokens, minted } = stubInstallation({ covered: ['payments'] });
    await expect(tokens.get(request)).resolves.toMatchObject({
      token: 'ghs_1',
      scope: {
        kind: 'installation',
        installationId: 7,
        repositories: ['acme/payments'],
        permissions: { contents: 'write' },
      },
    });
    expect(minted).toEqual([
      { repositories: ['payments'], permissions: { contents: 'write' } },
    ]);
  });

  it('keeps a token until five minutes before it expires', async () => {
    const { tokens, minted, advance } = stubInstallation({
      covered: ['payments'],
    });
    await tokens.get(request);
    await advance(54 * 60_000);
    await tokens.get(request);
    expect(minted).toHaveLength(1);
    await advance(2 * 60_000);
    await tokens.get(request);
    expect(minted).toHaveLength(2);
  });

  it('uses no token for what it was not made for', async () => {
    const { tokens, minted } = stubInstallation({
      covered: ['payments', 'ledger'],
    });
    await tokens.get(request);
    await tokens.get({
      ...request,
      scope: { ...scope, repositories: ['ledger'] },
    });
    await tokens.get({
      ...request,
      scope: { ...scope, permissions: { contents: 'read' } },
    });
    expect(minted).toEqual([
      { repositories: ['payments'], permissions: { contents: 'write' } },
      { repositories: ['ledger'], permissions: { contents: 'write' } },
      { repositories: ['payments'], permissions: { contents: 'read' } },
    ]);
  });

  it('gives up a token that was refused', async () => {
    const { tokens } = stubInstallation({ covered: ['payments'] });
    const auth = await tokens.get(request);
    auth.onRefused?.();
    await expect(tokens.get(request)).resolves.toMatchObject({
      token: 'ghs_2',
    });
  });

  it('makes one token for callers that ask at the same time, whoever of them gives up', async () => {
    const { tokens, minted } = stubInstallation({ covered: ['payments'] });
    const impatient = new AbortController();
    const first = tokens.get({ ...request, signal: impatient.signal });
    const second = tokens.get(request);
    impatient.abort();
    await expect(first).rejects.toMatchObject({ effect: 'later' });
    await expect(second).resolves.toMatchObject({ token: 'ghs_1' });
    expect(minted).toHaveLength(1);
  });

  it('knows that nothing happened when there was no token', async () => {
    const { tokens } = stubInstallation({
      covered: ['payments'],
      instead: ({ method }) =>
        method === 'POST' ? { status: 502, body: {} } : undefined,
    });
    await expect(tokens.get(request)).rejects.toMatchObject({
      effect: 'later',
      status: 502,
    });
  });

  it('says where the App is not installed', async () => {
    const { tokens } = stubInstallation({ covered: [] });
    await expect(
      tokens.get({ ...request, owner: 'somebody' }),
    ).rejects.toMatchObject({
      effect: 'refused',
      message:
        'The GitHub App is not installed for somebody. Install it there, for payments.',
    });
  });

  it("does not take a namesake in somebody else's installation", async () => {
    const { tokens } = stubInstallation({
      covered: ['payments'],
      installationId: 7,
      owner: 'somebody',
    });
    await expect(tokens.get(request)).rejects.toMatchObject({
      effect: 'refused',
      message: expect.stringContaining('is for somebody, not for acme'),
    });
  });

  it('looks the installation up once', async () => {
    const { tokens, requests } = stubInstallation({
      covered: ['payments', 'ledger'],
    });
    await tokens.get(request);
    await tokens.get({
      ...request,
      scope: { ...scope, repositories: ['ledger'] },
    });
    expect(
      requests.filter(({ url }) => url.pathname === '/orgs/acme/installation'),
    ).toHaveLength(1);
  });

  it('looks the installation up again when it is gone', async () => {
    let gone = true;
    const { tokens, requests } = stubInstallation({
      covered: ['payments'],
      instead: ({ method }) =>
        method === 'POST' && gone
          ? { status: 404, body: { message: 'Not Found' } }
          : undefined,
    });
    await expect(tokens.get(request)).rejects.toMatchObject({ status: 404 });
    gone = false;
    await tokens.get(request);
    expect(
      requests.filter(({ url }) => url.pathname === '/orgs/acme/installation'),
    ).toHaveLength(2);
  });
});
