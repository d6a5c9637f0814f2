import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { migrationsDirectory } from './connect';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_18'] });
const directory = { directory: migrationsDirectory };

/** Everything that the schema consists of, in an order of its own. */
async function describeSchema(knex: Knex): Promise<string[]> {
  if (knex.client.config.client !== 'pg') {
    const rows = await knex('sqlite_master')
      .whereNot('name', 'like', 'knex_%')
      .whereNot('name', 'like', 'sqlite_%')
      .select('type', 'name', 'sql');
    // A table that was changed and changed back is spelt differently, and is the same.
    return rows
      .map(({ type, name, sql }) =>
        `${type} ${name} ${sql ?? ''}`.toLowerCase().replace(/["`\s]/g, ''),
      )
      .sort();
  }
  const { rows } = await knex.raw(`
    select 'column' as type, c.table_name || '.' || c.column_name as name,
      concat_ws(' ', c.data_type, c.character_maximum_length, c.datetime_precision, c.is_nullable, c.column_default,
        col_description((c.table_schema || '.' || c.table_name)::regclass, c.ordinal_position)) as what
    from information_schema.columns c
    where c.table_schema = current_schema() and c.table_name not like 'knex_%'
    union all
    select 'index', i.indexname, i.indexdef
    from pg_indexes i
    where i.schemaname = current_schema() and i.tablename not like 'knex_%'
    union all
    select 'constraint', k.conname, pg_get_constraintdef(k.oid)
    from pg_constraint k
    where k.connamespace = current_schema()::regnamespace and k.conrelid::regclass::text not like 'knex_%'
    union all
    select 'table', t.tablename, obj_description(t.tablename::regclass)
    from pg_tables t
    where t.schemaname = current_schema() and t.tablename not like 'knex_%'
  `);
  return rows.map((row: object) => JSON.stringify(row)).sort();
}

describe.each(databases.eachSupportedId())(
  'The migrations on %p',
  (databaseId: TestDatabaseId) => {
    let knex: Knex;

    beforeEach(async () => {
      knex = await databases.init(databaseId);
    });

    it('can be taken back one by one, and leave the same schema when they are made again', async () => {
      const steps: string[][] = [];
      for (;;) {
        steps.push(await describeSchema(knex));
        const [, made] = await knex.migrate.up(directory);
        if (!made.length) {
          break;
        }
      }
      const newest = steps[steps.length - 1];
      expect(newest.length).toBeGreaterThan(0);
      for (const step of steps.slice(0, -1).reverse()) {
        await knex.migrate.down(directory);
        expect(await describeSchema(knex)).toEqual(step);
      }
      expect(await describeSchema(knex)).toEqual([]);
      await knex.migrate.latest(directory);
      expect(await describeSchema(knex)).toEqual(newest);
    });

    it('count no slot as taken at first', async () => {
      await knex.migrate.latest(directory);
      expect(await knex('limit_slots').where('used', '>', 0)).toEqual([]);
    });

    it('allow one open change of a task, and any number of settled ones', async () => {
      await knex.migrate.latest(directory);
      const at = new Date();
      await insertTask(knex, at);
      const insert = (id: string, state: string) =>
        knex('changes').insert({
          id,
          task_id: 'task_1',
          attempt_id: 'att_1',
          code_host: 'in-memory',
          global_id: id,
          state,
          draft: false,
          due_at: at,
          created_at: at,
        });
      await insert('chg_1', 'closed');
      await insert('chg_2', 'merged');
      await insert('chg_3', 'found');
      await expect(insert('chg_4', 'open')).rejects.toThrow(/unique/i);
      await knex('changes').where({ id: 'chg_3' }).update({ state: 'open' });
      await expect(insert('chg_5', 'found')).rejects.toThrow(/unique/i);
      expect(await knex('changes').select('id').orderBy('id')).toHaveLength(3);
    });
  },
);

async function insertTask(knex: Knex, at: Date): Promise<void> {
  await knex('template_revisions').insert({
    id: 'trev_1',
    template: 'bump',
    number: 1,
    entity_ref: 'agenttasktemplate:default/bump',
    content_hash: '',
    content: '{}',
    created_at: at,
  });
  await knex('campaigns').insert({
    id: 'camp_1',
    template_revision_id: 'trev_1',
    parameters: '{}',
    requester: 'user:default/dana',
    idempotency_key: 'key-0001',
    request_hash: '',
    excluded: '[]',
    created_at: at,
  });
  await knex('tasks').insert({
    id: 'task_1',
    campaign_id: 'camp_1',
    template: 'bump',
    template_revision_id: 'trev_1',
    team: 'group:default/shop',
    requester: 'user:default/dana',
    provider: 'in-memory',
    repository: 'github.com/acme/shop',
    repository_host: 'github.com',
    repository_owner: 'acme',
    repository_name: 'shop',
    repository_url: 'https://github.com/acme/shop',
    prompt: '{}',
    state: 'running',
    state_since: at,
    run_slot: true,
    created_at: at,
    updated_at: at,
  });
  await knex('attempts').insert({
    id: 'att_1',
    task_id: 'task_1',
    number: 1,
    state: 'confirmed',
    provider: 'in-memory',
    due_at: at,
    created_at: at,
  });
}
