import {
  agentTaskCreatePermission,
  agentTaskTriggerManagePermission,
  TriggerRequest,
} from '@agent-tasks/plugin-agent-tasks-common';
import { PermissionsService } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import {
  createTriggers,
  onAlert,
  weekly,
} from '../__testUtils__/createTriggers';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

async function setUp(
  options: Omit<Parameters<typeof createTriggers>[0], 'knex'> = {},
) {
  const knex = await databases.init('SQLITE_3');
  return { knex, ...(await createTriggers({ ...options, knex })) };
}

describe('A trigger is refused, with the reason,', () => {
  it.each<[string, Partial<TriggerRequest>, string]>([
    [
      'whose schedule never fires',
      { schedule: { ...weekly.schedule!, cron: '0 0 30 2 *' } },
      'never fires',
    ],
    [
      'whose schedule fires every second',
      { schedule: { ...weekly.schedule!, cron: '* * * * * *' } },
      'more often than once a minute',
    ],
    ['without a schedule', { schedule: undefined }, "has a 'schedule'"],
    ['without components', { components: undefined }, 'which components'],
    [
      'with components in two ways',
      { selection: { search: 'shop' } },
      'in one way',
    ],
    [
      'that selects everything',
      { components: undefined, selection: { filter: [{}] } },
      'would choose everything',
    ],
    ['with a template that there is not', { template: 'x' }, "template 'x'"],
    ['with an owner that is no group', { owner: 'user:dana' }, 'no group'],
    ['with an owner that is no ref', { owner: '::' }, 'no entity ref'],
    ['with parameters that do not fit', { parameters: {} }, 'required'],
  ])('%s', async (_what, change, reason) => {
    const { triggers, caller } = await setUp();
    await expect(
      triggers.create(caller, { ...weekly, ...change }),
    ).rejects.toThrow(reason);
  });

  it.each<[string, object, string]>([
    ['of no event', { events: [] }, "'webhook.events' is empty"],
    ['of another event', { events: ['issues'] }, "no event 'issues'"],
    [
      'with a filter that cannot be read',
      { filter: '1 +' },
      "'webhook.filter'",
    ],
    ['with a filter that is text', { filter: "'yes'" }, 'type string'],
    [
      'with a parameter that the template does not have',
      { parameters: { version: "'1'", constraints: "'none'" } },
      "'constraints' is not a parameter",
    ],
    ['without a parameter that it needs', { parameters: {} }, "'dependency'"],
    ['with a secret that there is not', { secret: 'x' }, "no secret 'x'"],
  ])('on a webhook %s', async (_what, change, reason) => {
    const { triggers, caller } = await setUp();
    await expect(
      triggers.create(caller, {
        ...onAlert,
        webhook: { ...onAlert.webhook!, ...change },
      }),
    ).rejects.toThrow(reason);
  });

  it('whose name is taken, or that somebody changed meanwhile', async () => {
    const { triggers, caller } = await setUp();
    const { id } = await triggers.create(caller, weekly);
    await expect(triggers.create(caller, weekly)).rejects.toThrow(
      "the name 'weekly-bump'",
    );
    await triggers.update(caller, id, { ...weekly, expectedVersion: 1 });
    await expect(
      triggers.update(caller, id, { ...weekly, expectedVersion: 1 }),
    ).rejects.toThrow('changed this trigger meanwhile');
    await expect(
      triggers.update(caller, id, {
        ...weekly,
        name: 'other',
        expectedVersion: 2,
      }),
    ).rejects.toThrow('The name and the type of a trigger stay');
  });

  it('by who may not launch on its components', async () => {
    const permissions = (
      create: AuthorizeResult.ALLOW | AuthorizeResult.CONDITIONAL,
      manage: AuthorizeResult.ALLOW | AuthorizeResult.DENY,
    ): PermissionsService => ({
      authorize: async requests =>
        requests.map(({ permission }) => ({
          result:
            permission.name === agentTaskTriggerManagePermission.name
              ? manage
              : AuthorizeResult.ALLOW,
        })),
      authorizeConditional: async requests =>
        requests.map(({ permission }) =>
          permission.name === agentTaskCreatePermission.name &&
          create === AuthorizeResult.CONDITIONAL
            ? {
                result: AuthorizeResult.CONDITIONAL,
                pluginId: 'catalog',
                resourceType: 'catalog-entity',
                conditions: {
                  rule: 'IS_ENTITY_OWNER',
                  resourceType: 'catalog-entity',
                },
              }
            : { result: AuthorizeResult.ALLOW },
        ),
    });
    const lead = await setUp({
      permissions: permissions(
        AuthorizeResult.CONDITIONAL,
        AuthorizeResult.ALLOW,
      ),
      ownershipEntityRefs: ['user:default/dana', 'group:default/shop'],
    });
    const { triggers, caller, credentials } = lead;
    const own = await triggers.create(caller, weekly);
    expect(own.mayManage).toBe(true);
    await expect(
      triggers.create(caller, {
        ...weekly,
        name: 'everything',
        scope: 'all',
      }),
    ).rejects.toThrow('launch on every component');
    for (const change of [
      () =>
        triggers.create(caller, {
          ...weekly,
          name: 'of-others',
          owner: 'group:default/bank',
        }),
      () =>
        triggers.update(caller, own.id, {
          ...weekly,
          owner: 'group:default/bank',
          expectedVersion: 1,
        }),
    ]) {
      await expect(change()).rejects.toThrow('of group:default/bank');
    }
    const reader = await createTriggers({
      knex: lead.knex,
      clock: lead.clock,
      permissions: permissions(AuthorizeResult.ALLOW, AuthorizeResult.DENY),
    });
    expect(await reader.triggers.list(credentials)).toMatchObject({
      mayCreate: false,
      secrets: [],
      items: [{ name: 'weekly-bump', mayManage: false }],
    });
    for (const change of [
      () => reader.triggers.create(caller, { ...weekly, name: 'more' }),
      () => reader.triggers.pause(caller, own.id, { reason: 'x' }),
      () => reader.triggers.resume(caller, own.id),
      () => reader.triggers.run(caller, own.id, 'run-number-1'),
      () => reader.triggers.remove(caller, own.id),
    ]) {
      await expect(change()).rejects.toThrow('You may not make or change');
    }
  });
});
