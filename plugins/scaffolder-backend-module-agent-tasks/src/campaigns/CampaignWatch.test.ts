import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { InMemoryAgentTasks } from '../__testUtils__/InMemoryAgentTasks';
import { WaitGoal } from './campaignProgress';
import { CampaignWatch } from './CampaignWatch';

const credentials = mockCredentials.user('user:default/dana');

function refusal(statusCode: number): Error {
  return Object.assign(new Error(`Refused with ${statusCode}`), { statusCode });
}

function setUp() {
  const backend = new InMemoryAgentTasks();
  const pauses: number[] = [];
  let now = 0;
  const logger = mockServices.logger.mock();
  const watch = CampaignWatch.create({
    access: backend.access(),
    now: () => now,
    pause: async ms => {
      pauses.push(ms);
      now += ms;
    },
  });
  const wait = (
    options: {
      goal?: WaitGoal;
      timeoutSeconds?: number;
      allowMissed?: boolean;
      signal?: AbortSignal;
    } = {},
  ) =>
    watch.wait({
      credentials,
      campaignId: 'camp_1',
      goal: 'settled',
      timeoutSeconds: 3_600,
      allowMissed: false,
      logger,
      ...options,
    });
  return { backend, pauses, logger, wait };
}

describe('CampaignWatch', () => {
  it('waits until every task is settled, and tells when something has changed', async () => {
    const { backend, logger, wait } = setUp();
    backend.answers = [
      { queued: 2 },
      { queued: 2 },
      { running: 1, merged: 1 },
      { failed: 1, merged: 1 },
    ];
    await expect(wait()).resolves.toMatchObject({ waitedSeconds: 15 });
    expect(logger.info.mock.calls.map(([message]) => message)).toEqual([
      '0 of 2 settled: 2 queued.',
      '1 of 2 settled: 1 running, 1 merged.',
      '2 of 2 settled: 1 failed, 1 merged.',
    ]);
  });

  it.each([
    ['in_review', { in_review: 1, merged: 1, closed: 1 }],
    ['merged', { no_change: 1, merged: 1 }],
  ] as const)('has waited for %s: %j', async (goal, states) => {
    const { backend, wait } = setUp();
    backend.answers = [states];
    await expect(wait({ goal })).resolves.toBeDefined();
  });

  it.each([
    ['in_review', { in_review: 1, failed: 1 }],
    ['merged', { merged: 1, closed: 1 }],
    ['merged', { running: 4, cancelled: 1 }],
  ] as const)('waits in vain for %s: %j', async (goal, states) => {
    const { backend, wait } = setUp();
    backend.answers = [states];
    await expect(wait({ goal })).rejects.toThrow('will not get there');
  });

  it('waits for the others where it is allowed that some fail', async () => {
    const { backend, wait } = setUp();
    backend.answers = [
      { failed: 1, in_review: 1 },
      { failed: 1, merged: 1 },
    ];
    await expect(
      wait({ goal: 'merged', allowMissed: true }),
    ).resolves.toMatchObject({
      campaign: { states: { failed: 1, merged: 1 } },
    });
  });

  it('asks the rarer the longer it takes, and never longer than it may', async () => {
    const { pauses, wait } = setUp();
    await expect(wait({ timeoutSeconds: 7_200 })).rejects.toThrow(
      'Waited for 7200 seconds. The campaign camp_1 goes on: 0 of 1 settled: 1 queued.',
    );
    expect(Math.min(...pauses.slice(0, -1))).toBe(5_000);
    expect(Math.max(...pauses)).toBe(60_000);
    expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBe(7_200_000);
    expect(pauses.length).toBeLessThan(150);
  });

  it('stops at once when the scaffolder task is cancelled', async () => {
    const backend = new InMemoryAgentTasks();
    const watch = CampaignWatch.create({ access: backend.access() });
    const cancel = new AbortController();
    const waiting = watch.wait({
      credentials,
      campaignId: 'camp_1',
      goal: 'settled',
      timeoutSeconds: 3_600,
      allowMissed: false,
      logger: mockServices.logger.mock(),
      signal: cancel.signal,
    });
    cancel.abort();
    await expect(waiting).rejects.toThrow(
      'No longer waiting for the campaign camp_1, which goes on.',
    );
  });

  it('goes on while Agent Tasks does not answer', async () => {
    const { backend, logger, wait } = setUp();
    backend.answers = [
      refusal(503),
      new TypeError('fetch failed'),
      { merged: 1 },
    ];
    await expect(wait()).resolves.toBeDefined();
    expect(logger.warn).toHaveBeenCalledTimes(2);
  });

  it.each([401, 403, 404])(
    'ends when it is not shown the campaign (%d)',
    async status => {
      const { backend, wait } = setUp();
      backend.answers = [refusal(status)];
      await expect(wait()).rejects.toThrow(`Refused with ${status}`);
      expect(backend.looks).toBe(1);
    },
  );

  it('goes on by itself when the sign-in of who was shown the campaign ends, once', async () => {
    const { backend, wait } = setUp();
    backend.answers = [{ running: 1 }, refusal(401), { merged: 1 }];
    await expect(wait()).resolves.toBeDefined();
    const asInitiator = mockCredentials.service.token({
      onBehalfOf: credentials,
      targetPluginId: 'agent-tasks',
    });
    expect(backend.tokens.slice(0, 2)).toEqual([asInitiator, asInitiator]);
    expect(backend.tokens[2]).not.toBe(asInitiator);

    const refused = setUp();
    refused.backend.answers = [{ running: 1 }, refusal(401)];
    await expect(refused.wait()).rejects.toThrow('Refused with 401');
    expect(refused.backend.looks).toBe(3);
  });

  it('does not take over where permission was withdrawn', async () => {
    const { backend, wait } = setUp();
    backend.answers = [{ running: 1 }, refusal(403)];
    await expect(wait()).rejects.toThrow('Refused with 403');
    expect(backend.looks).toBe(2);
  });
});
