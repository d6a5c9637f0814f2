import { TeamLimitsRequest } from '@agent-tasks/plugin-agent-tasks-common';
import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  agentTaskLimitsLowerPermission,
  agentTaskReadPermission,
} from '@agent-tasks/plugin-agent-tasks-common';
import { createTeams, group } from '../__testUtils__/createTeams';
import { policyOf } from '../__testUtils__/policyOf';
import {
  agentTaskConditions,
  createAgentTaskConditionalDecision,
} from '../permissions/taskPermissions';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });

const cart = 'group:default/cart';
const pay = 'group:default/pay';
const shop = 'group:default/shop';
const lead = 'user:default/lee';
const admin = 'user:default/ada';

const deny: PolicyDecision = { result: AuthorizeResult.DENY };

/** May see everything, and lower what is the cart's. */
const leadOfCart = policyOf({
  'agent-tasks.limits.lower': createAgentTaskConditionalDecision(
    agentTaskLimitsLowerPermission,
    agentTaskConditions.hasTeam({ teams: [cart, shop] }),
  ),
  'agent-tasks.limits.manage': deny,
});

const nobody = policyOf({
  'agent-tasks.limits.lower': deny,
  'agent-tasks.limits.manage': deny,
});

describe.each(databases.eachSupportedId())(
  'TeamService on %p',
  (databaseId: TestDatabaseId) => {
    async function start() {
      const teams = await createTeams({
        knex: await databases.init(databaseId),
        groups: [
          group('shop'),
          group('cart', 'shop'),
          group('pay', 'shop'),
          group('new'),
        ],
      });
      const asLead = teams.serviceFor(leadOfCart);
      return {
        ...teams,
        asLead,
        set: (team: string, request: TeamLimitsRequest) =>
          teams.service.setLimits(teams.caller(admin), team, request),
        lower: (request: TeamLimitsRequest, team = cart) =>
          asLead.setLimits(teams.caller(lead), team, request),
        get: (team: string) =>
          teams.service.get(teams.caller().credentials, team),
      };
    }

    describe('shows', () => {
      it('a group of the catalog that has no task yet, and stores nothing of it', async () => {
        const teams = await start();
        expect(await teams.get('group:default/new')).toMatchObject({
          team: 'group:default/new',
          title: 'The new',
          gone: false,
          version: 0,
          settings: {
            running: { value: 10, default: 10, from: 'default' },
            borrow: { value: 0, from: 'default' },
            cohort: { from: 'default' },
            reviewMinutes: { value: 300, from: 'default' },
            weight: { value: 1, from: 'default' },
          },
          running: { used: 0, max: 10, nominal: 10, borrowed: 0, lent: 0 },
          changes: { used: 0, max: 10, foreign: 0 },
          queued: 0,
          slots: [],
          permissions: { lower: true, raise: true, pause: true },
        });
        expect(await teams.groups.list()).toEqual([]);
        await expect(teams.get('group:default/none')).rejects.toThrow(
          "There is no group 'group:default/none'",
        );
        await expect(teams.get('user:default/ada')).rejects.toThrow(
          'Limits are those of groups',
        );
      });

      it('what is taken, by which tasks, and what was opened elsewhere', async () => {
        const teams = await start();
        const task = await teams.addTask({
          team: cart,
          state: 'in_review',
          review: true,
          minutes: 45,
        });
        teams.clock.advance(10);
        await teams.addTask({
          team: cart,
          state: 'running',
          running: true,
          review: true,
          repository: 'bank',
        });
        await teams.addTask({ team: cart });
        await teams.addTask({ team: pay, state: 'running', running: true });
        await teams.hierarchy.round();
        const at = teams.clock.now();
        await teams.knex('attempts').insert({
          id: 'att_1',
          task_id: task,
          number: 1,
          state: 'ended',
          provider: 'in-memory',
          due_at: at,
          created_at: at,
        });
        await teams.knex('changes').insert({
          id: 'chg_1',
          task_id: task,
          attempt_id: 'att_1',
          code_host: 'in-memory',
          global_id: 'ours',
          state: 'open',
          draft: false,
          number: 12,
          url: 'https://host.example.com/acme/shop/pull/12',
          title: 'Bump left-pad',
          offered_at: at,
          due_at: at,
          created_at: at,
        });
        teams.codeHost.agentChanges.set('github.com/acme/bank', [
          {
            globalId: 'theirs',
            number: 3,
            url: 'https://host.example.com/acme/bank/pull/3',
            title: 'Add tests',
            author: 'devin-ai-integration',
            headBranch: 'devin/3',
            additions: 100,
            deletions: 0,
            createdAt: '2026-02-01T08:00:00.000Z',
          },
        ]);
        await teams.watcher.round(new AbortController().signal);

        const details = await teams.get(cart);
        expect(details).toMatchObject({
          running: { used: 1, max: 10 },
          changes: { used: 3, max: 10, foreign: 1 },
          reviewMinutes: { used: 45 + 20 + 12, max: 300, foreign: 12 },
          queued: 1,
          slotsTotal: 2,
          slots: [
            {
              task,
              template: 'bump',
              state: 'in_review',
              repository: 'github.com/acme/shop',
              holds: ['changes'],
              minutes: 45,
              change: { number: 12, title: 'Bump left-pad' },
            },
            {
              repository: 'github.com/acme/bank',
              holds: ['running', 'changes'],
            },
          ],
          foreignChangesTotal: 1,
          foreignChanges: [
            { title: 'Add tests', author: 'devin-ai-integration', minutes: 12 },
          ],
          oldestWaiting: {
            since: '2026-02-01T08:00:00.000Z',
            title: 'Add tests',
          },
          parents: [
            {
              team: shop,
              running: { used: 2 },
              changes: { used: 3, foreign: 1 },
            },
          ],
        });
        expect(details.slots[0]).not.toHaveProperty('team');
        expect(details.parents[0].running).not.toHaveProperty('max');

        const above = await teams.get(shop);
        expect(above).toMatchObject({
          isParent: true,
          running: { used: 2 },
          changes: { used: 3, foreign: 1 },
          slotsTotal: 3,
          slots: [{ team: cart }, { team: cart }, { team: pay }],
          children: [
            { team: cart, changes: { used: 3 } },
            { team: pay, running: { used: 1, max: 10 } },
          ],
        });
        expect(above.settings.running).toEqual({ from: 'default' });
        expect(above.running).not.toHaveProperty('nominal');

        const list = await teams.service.list(teams.caller().credentials);
        expect(
          list.items.map(({ team, isParent, queued, running }) => [
            team,
            isParent,
            queued,
            running.used,
          ]),
        ).toEqual([
          [cart, false, 1, 1],
          [pay, false, 0, 1],
          [shop, true, 1, 2],
        ]);
      });

      it('what a cohort lends', async () => {
        const teams = await start();
        for (const team of [cart, pay]) {
          await teams.set(team, {
            expectedVersion: 0,
            running: 2,
            borrow: 1,
            cohort: 'web',
          });
        }
        for (let n = 0; n < 3; n += 1) {
          await teams.addTask({ team: cart, state: 'running', running: true });
        }
        expect((await teams.get(cart)).running).toEqual({
          used: 3,
          max: 3,
          nominal: 2,
          borrowed: 1,
          lent: 0,
          cohort: 'web',
        });
        expect((await teams.get(pay)).running).toMatchObject({
          used: 0,
          borrowed: 0,
          lent: 1,
        });
      });

      it('that more runs than the limit, and that a group is gone, and loses neither', async () => {
        const teams = await start();
        await teams.addTask({ team: cart, state: 'running', running: true });
        await teams.addTask({ team: cart, state: 'running', running: true });
        await teams.addTask({ team: cart });
        await teams.hierarchy.round();
        const lowered = await teams.set(cart, {
          expectedVersion: 0,
          running: 1,
        });
        expect(lowered.problem).toBe(
          '2 tasks run, and the limit is 1 now. What runs goes on; the next one starts when fewer than 1 run.',
        );
        teams.catalog.entities = [group('shop')];
        teams.clock.advance(60);
        await teams.hierarchy.round();
        const gone = await teams.get(cart);
        expect(gone).toMatchObject({
          gone: true,
          title: 'The cart',
          running: { used: 2, max: 1 },
          queued: 1,
          parents: [{ team: shop, running: { used: 2 } }],
        });
        expect(gone.problem).toMatch(
          /^The catalog no longer has this group\..* 2 run slots and 0 open changes; 1 queued task will still start\./,
        );
        // Its limits can still be changed.
        await teams.set(cart, { expectedVersion: 1, running: 2 });
      });

      it('tasks and foreign changes to those alone who may see them', async () => {
        const teams = await start();
        await teams.addTask({ team: cart, state: 'running', running: true });
        const mine = await teams.addTask({
          team: cart,
          state: 'running',
          running: true,
          requester: lead,
        });
        await teams.hierarchy.round();
        teams.codeHost.agentChanges.set('github.com/acme/shop', [
          {
            globalId: 'theirs',
            number: 3,
            url: 'https://host.example.com/acme/shop/pull/3',
            title: 'Secret',
            author: 'claude',
            headBranch: 'claude/3',
            additions: 1,
            deletions: 0,
            createdAt: '2026-02-01T08:00:00.000Z',
          },
        ]);
        await teams.watcher.round(new AbortController().signal);
        const read = (decision: PolicyDecision) =>
          teams
            .serviceFor(policyOf({ 'agent-tasks.task.read': decision }))
            .get(teams.caller().credentials, cart);
        const conditional = (
          condition: Parameters<typeof createAgentTaskConditionalDecision>[1],
        ) =>
          createAgentTaskConditionalDecision(
            agentTaskReadPermission,
            condition,
          );
        const own = await read(
          conditional(agentTaskConditions.isRequester({ claims: [lead] })),
        );
        expect(own.slots.map(slot => slot.task)).toEqual([mine]);
        expect(own).toMatchObject({
          slotsTotal: 2,
          foreignChanges: [],
          foreignChangesTotal: 1,
        });
        expect(JSON.stringify(own)).not.toContain('Secret');
        const ofTeam = await read(
          conditional(agentTaskConditions.hasTeam({ teams: [cart] })),
        );
        expect(ofTeam.slots).toHaveLength(2);
        expect(ofTeam.foreignChanges).toHaveLength(1);
        const none = await read(deny);
        expect(none).toMatchObject({ slots: [], foreignChanges: [] });
      });
    });

    describe('sets limits', () => {
      it('with who and when, an event, and a wake-up', async () => {
        const teams = await start();
        const details = await teams.set(cart, {
          expectedVersion: 0,
          running: 3,
          openChanges: 12,
          reason: 'Quarter end.',
        });
        expect(details).toMatchObject({
          version: 1,
          settings: {
            running: {
              value: 3,
              default: 10,
              from: 'set',
              by: admin,
              at: teams.clock.now().toISOString(),
            },
            openChanges: { value: 12, default: 10, from: 'set' },
            weight: { value: 1, from: 'default' },
          },
          running: { max: 3 },
          changes: { max: 12 },
        });
        expect(await teams.eventsOfType('limits.changed')).toEqual([
          {
            type: 'limits.changed',
            actor: admin,
            message: `Changed the limits of ${cart}: running from 10 to 3, openChanges from 10 to 12. Quarter end.`,
            details: expect.objectContaining({
              team: cart,
              before: {},
              after: { running: 3, openChanges: 12 },
              reason: 'Quarter end.',
            }),
          },
        ]);
        expect(teams.woken).toEqual(['admission']);

        // What is not named stays, with its author; null goes back.
        teams.clock.advance(60);
        const next = await teams.service.setLimits(
          teams.caller('user:default/bo'),
          cart,
          { expectedVersion: 1, openChanges: null },
        );
        expect(next.settings).toMatchObject({
          running: { value: 3, from: 'set', by: admin },
          openChanges: { value: 10, from: 'default' },
        });
        expect(next.settings.openChanges).not.toHaveProperty('by');
      });

      it('refuses what somebody else changed meanwhile, and writes nothing', async () => {
        const teams = await start();
        await teams.set(cart, { expectedVersion: 0, running: 3 });
        await expect(
          teams.set(cart, { expectedVersion: 0, running: 4 }),
        ).rejects.toThrow(
          `The limits of ${cart} were changed by ${admin} at ${teams.clock
            .now()
            .toISOString()} since you read them.`,
        );
        expect((await teams.get(cart)).settings.running.value).toBe(3);
        expect(await teams.eventsOfType('limits.changed')).toHaveLength(1);
      });

      it('lets one of two at the same moment win', async () => {
        const teams = await start();
        const results = await Promise.allSettled(
          [3, 4, 5].map(running =>
            teams.set(cart, { expectedVersion: 0, running }),
          ),
        );
        expect(results.filter(one => one.status === 'fulfilled')).toHaveLength(
          1,
        );
        expect(
          results
            .filter(one => one.status === 'rejected')
            .map(one => one.reason.name),
        ).toEqual(['ConflictError', 'ConflictError']);
        expect(await teams.eventsOfType('limits.changed')).toHaveLength(1);
      });

      it('writes nothing where nothing changes', async () => {
        const teams = await start();
        await teams.set(cart, { expectedVersion: 0, running: 3 });
        const same = await teams.set(cart, { expectedVersion: 1, running: 3 });
        expect(same.version).toBe(1);
        expect(await teams.eventsOfType('limits.changed')).toHaveLength(1);
      });

      it('refuses what cannot be, and a group that is not there', async () => {
        const teams = await start();
        await expect(
          teams.set(cart, { expectedVersion: 0, running: -1, weight: 0 }),
        ).rejects.toThrow("'running' must be a whole number");
        await expect(
          teams.set('group:default/none', { expectedVersion: 0, running: 1 }),
        ).rejects.toThrow("There is no group 'group:default/none'");
        expect((await teams.get(cart)).version).toBe(0);
      });

      it('writes the limits of a group above others for their sum', async () => {
        const teams = await start();
        await teams.addTask({ team: cart });
        await teams.hierarchy.round();
        const details = await teams.set(shop, {
          expectedVersion: 0,
          openChanges: 15,
        });
        expect(details).toMatchObject({
          isParent: true,
          settings: { openChanges: { value: 15, from: 'set' } },
          changes: { used: 0, max: 15 },
        });
        await expect(
          teams.set(shop, { expectedVersion: 1, cohort: 'web' }),
        ).rejects.toThrow("'cohort' cannot be set for a group that has");
      });
    });

    describe('lets a lead', () => {
      it('lower what is the own, and raise nothing', async () => {
        const teams = await start();
        const lowered = await teams.lower({
          expectedVersion: 0,
          running: 4,
          openChanges: 2,
          weight: 0.5,
        });
        expect(lowered.permissions).toEqual({
          lower: true,
          raise: false,
          pause: true,
        });
        await expect(
          teams.lower({ expectedVersion: 1, running: 3, openChanges: 5 }),
        ).rejects.toThrow(
          `You may lower the limits of ${cart}, and this would raise one: openChanges from 2 to 5. A platform admin can do it, or can grant the permission agent-tasks.limits.manage. Nothing was changed.`,
        );
        // The default is higher.
        await expect(
          teams.lower({ expectedVersion: 1, running: null }),
        ).rejects.toThrow('running from 4 to 10');
        await expect(
          teams.lower({ expectedVersion: 1, cohort: 'web' }),
        ).rejects.toThrow('cohort from none to web');
        expect((await teams.get(cart)).settings.running.value).toBe(4);
        expect(await teams.eventsOfType('limits.changed')).toHaveLength(1);
      });

      it('do nothing to other teams, nor to a group above others that is the own', async () => {
        const teams = await start();
        await expect(
          teams.lower({ expectedVersion: 0, running: 1 }, pay),
        ).rejects.toThrow(
          `You may not change the limits of ${pay}. A platform admin can, or can grant the permission agent-tasks.limits.lower.`,
        );
        await teams.addTask({ team: pay });
        await teams.hierarchy.round();
        await expect(
          teams.lower({ expectedVersion: 0, running: 1 }, shop),
        ).rejects.toThrow('hold for the groups below it as well');
        await expect(
          teams.asLead.pause(teams.caller(lead), shop, { reason: 'x' }),
        ).rejects.toThrow('hold for the groups below it as well');
        const { permissions } = await teams.asLead.get(
          teams.caller(lead).credentials,
          shop,
        );
        expect(permissions).toEqual({
          lower: false,
          raise: false,
          pause: false,
        });
      });

      it('pause and resume the own team, but not end the pause of an admin', async () => {
        const teams = await start();
        const paused = await teams.asLead.pause(teams.caller(lead), cart, {
          reason: ' Too much to review. ',
        });
        expect(paused.pause).toEqual({
          reason: 'Too much to review.',
          by: lead,
          at: teams.clock.now().toISOString(),
          mayResume: true,
        });
        // The limit is shown as it is, beside the pause.
        expect(paused.running.max).toBe(10);
        const resumed = await teams.asLead.resume(teams.caller(lead), cart);
        expect(resumed).not.toHaveProperty('pause');
        await teams.service.pause(teams.caller(admin), cart, {
          reason: 'Incident.',
        });
        const details = await teams.asLead.get(
          teams.caller(lead).credentials,
          cart,
        );
        expect(details.pause).toMatchObject({ by: admin, mayResume: false });
        for (const attempt of [
          () => teams.asLead.resume(teams.caller(lead), cart),
          () => teams.asLead.pause(teams.caller(lead), cart, { reason: 'x' }),
        ]) {
          await expect(attempt()).rejects.toThrow(
            `${admin}, who manages limits, paused the team: Incident. You may not`,
          );
        }
        await teams.service.resume(teams.caller(admin), cart);
        // Off already.
        await teams.service.resume(teams.caller(admin), cart);
        expect(
          (await teams.eventsOfType('team.paused', 'team.resumed')).map(
            one => `${one.type} ${one.actor}`,
          ),
        ).toEqual([
          `team.paused ${lead}`,
          `team.resumed ${lead}`,
          `team.paused ${admin}`,
          `team.resumed ${admin}`,
        ]);
      });
    });

    it('keeps the limits over a pause', async () => {
      const teams = await start();
      await teams.set(cart, { expectedVersion: 0, running: 3 });
      await teams.service.pause(teams.caller(), cart, { reason: 'x' });
      const details = await teams.service.resume(teams.caller(), cart);
      expect(details).toMatchObject({
        version: 3,
        settings: { running: { value: 3, by: admin } },
      });
    });

    it.each(['  ', '\n'])(
      'refuses a pause without a reason %j',
      async reason => {
        const teams = await start();
        await expect(
          teams.service.pause(teams.caller(), cart, { reason }),
        ).rejects.toThrow("'reason' is empty");
      },
    );

    it.each(['2020-01-01T00:00:00Z', '2040-01-01T00:00:00Z'])(
      'refuses a pause until %s',
      async until => {
        const teams = await start();
        await expect(
          teams.service.pause(teams.caller(), cart, { reason: 'x', until }),
        ).rejects.toThrow("'until' must be a time within the next year");
      },
    );

    it('refuses those who may nothing, before it says anything of the group', async () => {
      const teams = await start();
      const service = teams.serviceFor(nobody);
      for (const attempt of [
        () =>
          service.setLimits(teams.caller(), 'group:default/none', {
            expectedVersion: 0,
            running: 1,
          }),
        () => service.pause(teams.caller(), cart, { reason: 'x' }),
        () => service.resume(teams.caller(), cart),
      ]) {
        await expect(attempt()).rejects.toThrow(/^You may not change/);
      }
      const blind = teams.serviceFor(
        policyOf({ 'agent-tasks.template.read': deny }),
      );
      for (const attempt of [
        () => blind.list(teams.caller().credentials),
        () => blind.get(teams.caller().credentials, cart),
        () => blind.setLimits(teams.caller(), cart, { expectedVersion: 0 }),
      ]) {
        await expect(attempt()).rejects.toThrow(
          'You may not see the limits of teams. A platform admin can grant the permission agent-tasks.template.read.',
        );
      }
    });
  },
);
