import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { Rollout } from '@agent-tasks/plugin-agent-tasks-common';
import { createCampaignStages } from './__testUtils__/createCampaignStages';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

describe.each(databases.eachSupportedId())(
  'Reverts on %p',
  (databaseId: TestDatabaseId) => {
    const create = async (
      options: Parameters<typeof createCampaignStages>[1] = {},
    ) => {
      const knex = await databases.init(databaseId);
      return { knex, ...(await createCampaignStages(knex, options)) };
    };
    type Stages = Awaited<ReturnType<typeof create>>;

    /** Lets the tasks of the first wave work, and merges their changes `PR_1`, `PR_2`, … */
    async function mergeFirstWave(stages: Stages, id: string): Promise<void> {
      const { until, get, provider, codeHost, clock } = stages;
      const states = async () => (await get(id)).waves[0].states;
      const { tasks } = (await get(id)).waves[0];
      await until(async () => (await states()).running === tasks);
      for (let n = 1; n <= tasks; n += 1) {
        codeHost.set(`PR_${n}`, {
          state: 'merged',
          // A host may not tell when.
          ...(n === 1 && { settledAt: clock.now().toISOString() }),
        });
        provider.report(`shop-${n}`, {
          state: 'completed',
          artifacts: [{ type: 'change', globalId: `PR_${n}` }],
        });
      }
      await until(async () => (await states()).merged === tasks);
    }

    async function launch(stages: Stages, rollout: Rollout): Promise<string> {
      const { id } = await stages.launch(rollout);
      await mergeFirstWave(stages, id);
      return id;
    }

    function revert(stages: Stages, globalId: string, number = 90): void {
      stages.codeHost.reverts.set(globalId, {
        number,
        url: `https://host.example.com/acme/shop/pull/${number}`,
        mergedAt: stages.clock.now().toISOString(),
      });
    }

    const rollout: Rollout = {
      waves: [2, '100%'],
      soakSeconds: 86_400,
      stopOn: { revertedPercent: 20 },
    };

    it('stop a campaign whose rollout says so, with the evidence', async () => {
      const stages = await create({ components: 4 });
      const { round, clock, get, codeHost, eventsOf, knex } = stages;
      const id = await launch(stages, rollout);
      await round('reverts', 'campaigns');
      expect(codeHost.revertRequests).toEqual([['PR_1', 'PR_2']]);
      expect((await get(id)).waves[0].state).toBe('soaking');

      clock.advance(601);
      revert(stages, 'PR_2');
      await round('reverts', 'campaigns');
      clock.advance(2);
      await round('campaigns');
      const stopped = await get(id);
      const second = stopped.tasks[1];
      expect(stopped.state).toBe('stopped');
      expect(stopped.waves[0].stop).toMatchObject({
        rule: 'reverted',
        actualPercent: 50,
        limitPercent: 20,
        counted: 2,
        message: expect.stringContaining('50 % of 2 tasks were reverted'),
        evidence: [{ taskId: second, what: 'Its change was reverted.' }],
      });
      clock.advance(90_000);
      await round('campaigns');
      expect((await get(id)).waves[1].states).toEqual({ held: 2 });

      const events = await eventsOf(second);
      expect(events[events.length - 1]).toMatchObject({
        type: 'change.reverted',
        actor: 'host:in-memory',
        message: expect.stringMatching(/^#\d+ was reverted by #90\.$/),
        details: {
          team: 'group:default/shop',
          url: 'https://host.example.com/acme/shop/pull/90',
        },
      });
      expect(await stages.stateOf(second)).toBe('merged');
      expect(
        await knex('changes')
          .orderBy('global_id')
          .select('global_id', 'revert_url'),
      ).toEqual([
        { global_id: 'PR_1', revert_url: null },
        {
          global_id: 'PR_2',
          revert_url: 'https://host.example.com/acme/shop/pull/90',
        },
      ]);
    });

    it('do not stop it at its limit', async () => {
      const stages = await create({ components: 4 });
      const id = await launch(stages, {
        ...rollout,
        stopOn: { revertedPercent: 50 },
      });
      revert(stages, 'PR_1');
      await stages.round('reverts', 'campaigns');
      stages.clock.advance(2);
      await stages.round('campaigns');
      expect(await stages.get(id)).toMatchObject({ state: 'running' });
      expect(
        await stages.eventsOf((await stages.get(id)).tasks[0]),
      ).toContainEqual(expect.objectContaining({ type: 'change.reverted' }));
    });

    it('are asked for every ten minutes, for fourteen days, and not once they are known', async () => {
      const stages = await create({ components: 4 });
      const { round, clock, codeHost } = stages;
      await launch(stages, rollout);
      const asked = async (seconds: number) => {
        clock.advance(seconds);
        codeHost.revertRequests.length = 0;
        await round('reverts');
        return codeHost.revertRequests;
      };
      expect(await asked(0)).toEqual([['PR_1', 'PR_2']]);
      expect(await asked(599)).toEqual([]);
      expect(await asked(61)).toEqual([['PR_1', 'PR_2']]);
      revert(stages, 'PR_1');
      expect(await asked(660)).toEqual([['PR_1', 'PR_2']]);
      expect(await asked(660)).toEqual([['PR_2']]);
      expect(await asked(13 * 86_400)).toEqual([['PR_2']]);
      expect(await asked(86_400)).toEqual([]);
    });

    it('are not asked for where no campaign stops at them, or where it was cancelled', async () => {
      const stages = await create({ components: 4 });
      await launch(stages, { ...rollout, stopOn: { failedPercent: 20 } });
      await stages.round('reverts');
      expect(stages.codeHost.revertRequests).toEqual([]);

      const other = await create({ components: 4 });
      const id = await launch(other, rollout);
      await other.campaigns.cancel(other.caller, id, { reason: 'Enough.' });
      await other.round('reverts');
      expect(other.codeHost.revertRequests).toEqual([]);
    });

    it('are asked for fifty at a time', async () => {
      const stages = await create({ components: 3 });
      const { round, codeHost, knex, clock } = stages;
      await launch(stages, rollout);
      const [{ id: _id, global_id: _global, ...change }] =
        await knex('changes').limit(1);
      await knex.batchInsert(
        'changes',
        Array.from({ length: 118 }, (_, index) => ({
          ...change,
          id: `chg_more_${index}`,
          global_id: `more_${index}`,
        })),
        20,
      );
      await round('reverts');
      expect(codeHost.revertRequests.map(ids => ids.length)).toEqual([
        50, 50, 20,
      ]);
      expect(new Set(codeHost.revertRequests.flat()).size).toBe(120);
      // Another replica that looks at the same time finds the round taken or done.
      clock.advance(1);
      await round('reverts');
      expect(codeHost.revertRequests).toHaveLength(3);
    });

    it('are found later where the host does not answer, whose trouble is told', async () => {
      const stages = await create({ components: 4 });
      const { round, clock, codeHost, get, knex } = stages;
      const id = await launch(stages, rollout);
      revert(stages, 'PR_1');
      codeHost.unreachable = true;
      await round('reverts');
      expect(
        await knex('remotes').where({ id: 'code-host:in-memory' }).first(),
      ).toMatchObject({ state: 'unavailable' });
      codeHost.unreachable = false;
      clock.advance(601);
      await round('reverts', 'campaigns');
      clock.advance(2);
      await round('campaigns');
      expect((await get(id)).state).toBe('stopped');
    });

    it('are written down once, though two replicas find one at the same time', async () => {
      const stages = await create({ components: 4 });
      const { round, codeHost, eventsOf, get, knex } = stages;
      const id = await launch(stages, rollout);
      revert(stages, 'PR_1');
      revert(stages, 'PR_2');
      const find = codeHost.findReverts.bind(codeHost);
      jest.spyOn(codeHost, 'findReverts').mockImplementation(async options => {
        // The other one is faster.
        await knex('changes')
          .where({ global_id: 'PR_1' })
          .update({ reverted_at: new Date(0), revert_url: 'https://other' });
        return find(options);
      });
      await round('reverts');
      const { tasks } = await get(id);
      const told = await Promise.all(
        tasks.slice(0, 2).map(async task => {
          const events = await eventsOf(task);
          return events.some(event => event.type === 'change.reverted');
        }),
      );
      expect(told).toEqual([false, true]);
      expect(
        await knex('changes').where({ global_id: 'PR_1' }).first(),
      ).toMatchObject({ revert_url: 'https://other' });
    });
  },
);
