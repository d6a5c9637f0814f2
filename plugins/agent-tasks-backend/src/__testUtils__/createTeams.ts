import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Entity, RELATION_CHILD_OF } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { PermissionsService } from '@backstage/backend-plugin-api';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { Knex } from 'knex';
import { DatabaseEventStore } from '../audit/DatabaseEventStore';
import { readConfig } from '../config';
import { migrationsDirectory } from '../database/connect';
import { newId } from '../database/ids';
import { DatabaseRoundStore } from '../loops/RoundStore';
import { Wakeups } from '../loops/Wakeups';
import { DatabaseTaskStore } from '../queue/DatabaseTaskStore';
import { DatabaseRemoteStore } from '../remotes/DatabaseRemoteStore';
import { Remotes } from '../remotes/Remotes';
import { DatabaseForeignChangeStore } from '../teams/DatabaseForeignChangeStore';
import { DatabaseTeamGroupStore } from '../teams/DatabaseTeamGroupStore';
import {
  DatabaseLimitVersionStore,
  DatabaseTeamLimitStore,
} from '../teams/DatabaseTeamLimitStore';
import { DatabaseTeamTaskReader } from '../teams/DatabaseTeamTaskReader';
import { ForeignChangeWatcher } from '../teams/ForeignChangeWatcher';
import {
  limitsOfConfig,
  LimitSettingsReader,
} from '../teams/LimitSettingsReader';
import { TeamHierarchy } from '../teams/TeamHierarchy';
import { TeamService } from '../teams/TeamService';
import { InMemoryCodeHost } from './InMemoryCodeHost';
import { ManualClock } from './ManualClock';

/** A group of the catalog, below others. */
export function group(name: string, ...parents: string[]): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name },
    spec: {
      type: 'team',
      children: [],
      profile: { displayName: `The ${name}` },
    },
    relations: parents.map(parent => ({
      type: RELATION_CHILD_OF,
      targetRef: `group:default/${parent}`,
    })),
  };
}

/** The limits of teams on a database, without the stages around them. */
export async function createTeams(options: {
  knex: Knex;
  groups: Entity[];
  permissions?: PermissionsService;
}) {
  const { knex } = options;
  await knex.migrate.latest({ directory: migrationsDirectory });
  const clock = new ManualClock();
  const codeHost = new InMemoryCodeHost();
  const logger = mockServices.logger.mock();
  const wakeups = new Wakeups();
  const woken: string[] = [];
  wakeups.on('admission', () => woken.push('admission'));
  /** What the catalog holds, to be changed by tests. */
  const catalog = { entities: options.groups, requests: 0, reachable: true };
  const config = readConfig(new ConfigReader({}));
  const events = DatabaseEventStore.create({ knex });
  const stores = {
    groups: DatabaseTeamGroupStore.create({ knex }),
    limits: DatabaseTeamLimitStore.create({ knex }),
    foreign: DatabaseForeignChangeStore.create({ knex }),
    version: DatabaseLimitVersionStore.create({ knex }),
  };
  const common = {
    ...stores,
    clock,
    events,
    logger,
    wakeups,
    tasks: DatabaseTaskStore.create({ knex, events }),
    rounds: DatabaseRoundStore.create({ knex }),
  };
  const hierarchy = TeamHierarchy.create({
    ...common,
    auth: mockServices.auth(),
    catalog: {
      getEntitiesByRefs: async (
        ...request: Parameters<CatalogService['getEntitiesByRefs']>
      ) => {
        catalog.requests += 1;
        if (!catalog.reachable) {
          throw new Error('The catalog does not answer');
        }
        return catalogServiceMock({
          entities: catalog.entities,
        }).getEntitiesByRefs(...request);
      },
    } as CatalogService,
  });
  const newReader = () =>
    LimitSettingsReader.create({
      ...stores,
      config: limitsOfConfig(config.limits),
    });
  const reader = newReader();
  const remotes = Remotes.create({
    ...common,
    providers: new Map(),
    codeHosts: new Map([[codeHost.id, codeHost]]),
    store: DatabaseRemoteStore.create({ knex }),
  });
  const serviceFor = (permissions: PermissionsService) =>
    TeamService.create({
      ...common,
      reader,
      hierarchy,
      teamTasks: DatabaseTeamTaskReader.create({ knex }),
      permissions,
      defaults: config.limits.team,
    });

  return {
    ...stores,
    catalog,
    clock,
    codeHost,
    hierarchy,
    knex,
    logger,
    newReader,
    reader,
    woken,
    serviceFor,
    service: serviceFor(
      options.permissions ??
        mockServices.permissions({ result: AuthorizeResult.ALLOW }),
    ),
    watcher: ForeignChangeWatcher.create({ ...common, remotes }),
    tasks: common.tasks,

    caller: (actor = 'user:default/ada') => ({
      credentials: mockCredentials.user(actor),
      actor,
    }),

    async eventsOfType(...types: string[]) {
      const rows = await knex('events')
        .whereIn('type', types)
        .orderBy('sequence');
      return rows.map(row => ({
        type: row.type,
        actor: row.actor,
        message: row.message,
        details: JSON.parse(row.details),
      }));
    },

    /** A task as a launch and admission leave it, with its counters. */
    async addTask(task: {
      team: string;
      repository?: string;
      state?: string;
      running?: boolean;
      review?: boolean;
      minutes?: number;
      requester?: string;
    }): Promise<string> {
      const { team, state = 'queued', running = false, review = false } = task;
      const { repository = 'shop', minutes = 20 } = task;
      const at = clock.now();
      const id = newId('task');
      await addParents(knex, at);
      await knex('tasks').insert({
        id,
        campaign_id: 'camp_1',
        template: 'bump',
        template_revision_id: 'trev_1',
        team,
        requester: task.requester ?? 'user:default/dana',
        provider: 'in-memory',
        repository: `github.com/acme/${repository}`,
        repository_host: 'github.com',
        repository_owner: 'acme',
        repository_name: repository,
        repository_url: `https://github.com/acme/${repository}`,
        prompt: '{}',
        state,
        state_since: at,
        run_slot: running,
        review_slot: review,
        review_minutes: minutes,
        created_at: at,
        updated_at: at,
      });
      const counters: [string, number][] = [
        ['running', Number(running)],
        ['changes', Number(review)],
        ['minutes', review ? minutes : 0],
        ['queued', Number(state === 'queued')],
      ];
      for (const [kind, used] of counters) {
        if (used) {
          await knex('slot_counters')
            .insert({ key: `team:${team}`, [kind]: used })
            .onConflict('key')
            .merge({ [kind]: knex.raw(`slot_counters.${kind} + ?`, [used]) });
        }
      }
      return id;
    },
  };
}

async function addParents(knex: Knex, at: Date): Promise<void> {
  await knex('template_revisions')
    .insert({
      id: 'trev_1',
      template: 'bump',
      number: 1,
      entity_ref: 'agenttasktemplate:default/bump',
      content_hash: '',
      content: '{}',
      created_at: at,
    })
    .onConflict('id')
    .ignore();
  await knex('campaigns')
    .insert({
      id: 'camp_1',
      template_revision_id: 'trev_1',
      parameters: '{}',
      requester: 'user:default/dana',
      idempotency_key: 'key-0001',
      request_hash: '',
      excluded: '[]',
      created_at: at,
    })
    .onConflict('id')
    .ignore();
}
