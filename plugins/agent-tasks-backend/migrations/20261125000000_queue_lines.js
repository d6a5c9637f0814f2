// @ts-check

const { createHash } = require('crypto');

/**
 * Makes the log of events again, with what it holds.
 *
 * @param {import('knex').Knex} knex
 * @param {{ withId: boolean }} options
 */
async function remakeEvents(knex, { withId }) {
  await knex.raw('create table events_copy as select * from events');
  await knex.schema.dropTable('events');
  await knex.schema.createTable('events', table => {
    table.comment('All that happened, append-only');
    table.bigIncrements('sequence');
    if (withId) {
      table.string('id').notNullable().unique().comment('evt_…');
    }
    table.timestamp('at', { useTz: true, precision: 3 }).notNullable();
    table.string('type').notNullable();
    table.string('actor').notNullable();
    table.string('campaign_id');
    table.string('task_id');
    table.string('change_id');
    table.string('from_state');
    table.string('to_state');
    table.text('message').notNullable();
    table.text('details').notNullable().comment('JSON');
    table.index(['task_id', 'sequence']);
  });
  const columns =
    'sequence, at, type, actor, campaign_id, task_id, change_id, from_state, to_state, message, details';
  await knex.raw(
    withId
      ? `insert into events (id, ${columns}) select 'evt_' || cast(sequence as varchar(20)), ${columns} from events_copy`
      : `insert into events (${columns}) select ${columns} from events_copy`,
  );
  if (knex.client.config.client === 'pg') {
    await knex.raw(
      "select setval('events_sequence_seq', (select coalesce(max(sequence), 0) + 1 from events), false)",
    );
  }
  await knex.schema.dropTable('events_copy');
}

const held = [
  'run_slot',
  'review_slot',
  'auto_slot',
  'checks_slot',
  'awaits_review',
];

const counters = ['running', 'changes', 'minutes', 'auto', 'checks', 'queued'];

/**
 * Keeps all counters of a team or repository in one row, which is one write instead of five. The former table is a view.
 *
 * @param {import('knex').Knex} knex
 * @param {{ team: string }[]} queued
 */
async function wideCounters(knex, queued) {
  const before = await knex('limit_slots').select('kind', 'key', 'used');
  await knex.schema.dropTable('limit_slots');
  await knex.schema.createTable('slot_counters', table => {
    table.comment('How many slots are taken, by whom they are counted for');
    table.string('key').primary().comment('portal, team:…, repository:…, …');
    for (const counter of counters) {
      table.integer(counter).notNullable().defaultTo(0);
    }
    table.string('day').comment('YYYY-MM-DD, UTC');
    table.integer('day_count').notNullable().defaultTo(0);
    table
      .bigInteger('last_admission')
      .comment('Of a team, milliseconds since 1970');
  });
  await knex.raw(
    `create view limit_slots as ${[
      ...counters.map(
        counter =>
          `select '${counter}' as kind, key, ${counter} as used from slot_counters${
            counter === 'running' ? '' : ` where ${counter} <> 0`
          }`,
      ),
      `select 'day ' || day as kind, key, day_count as used from slot_counters where day_count <> 0`,
    ].join(' union all ')}`,
  );
  const rows = new Map();
  /** @param {string} key */
  const rowOf = key => {
    const row = rows.get(key) ?? { key };
    rows.set(key, row);
    return row;
  };
  for (const { kind, key, used } of before) {
    rowOf(key)[kind] = used;
  }
  for (const { team } of queued) {
    const row = rowOf(`team:${team}`);
    row.queued = (row.queued ?? 0) + 1;
  }
  for (const row of rows.values()) {
    await knex('slot_counters').insert(row);
  }
}

/**
 * Lists are made from what never changes of a task: their indexes are not written when its state changes.
 *
 * @param {import('knex').Knex} knex
 */
async function makeTaskKeys(knex) {
  await knex.schema.createTable('task_keys', table => {
    table.comment('What lists of tasks are filtered by and never changes');
    table.string('task_id').primary();
    table.string('team').notNullable();
    table.string('template').notNullable();
    table.string('campaign_id').notNullable();
    table.string('requester').notNullable();
    table.index(['team', 'task_id']);
    table.index(['template', 'task_id']);
    table.index(['campaign_id', 'task_id']);
    table.index(['requester', 'task_id']);
  });
  await knex.raw(
    'insert into task_keys (task_id, team, template, campaign_id, requester) select id, team, template, campaign_id, requester from tasks',
  );
  await knex.schema.alterTable('tasks', table => {
    table.dropIndex(['team', 'id']);
    table.dropIndex(['template', 'id']);
    table.dropIndex(['campaign_id', 'id']);
    table.dropIndex(['requester', 'id']);
  });
}

/**
 * Leaves out what each write of a task would have to write as well: room in each page keeps rows that change in their
 * place, and an index less is a write less.
 *
 * @param {import('knex').Knex} knex
 */
async function trimPostgres(knex) {
  for (const [table, fill] of [
    ['slot_counters', 30],
    ['queue_lines', 50],
    ['tasks', 70],
    ['attempts', 70],
  ]) {
    await knex.raw(`alter table ${table} set (fillfactor = ${fill})`);
  }
  // An attempt is found by its task and number; its id is the marker, and nothing is looked up by it.
  await knex.raw(
    'alter table changes drop constraint changes_attempt_id_foreign',
  );
  await knex.raw('alter table attempts drop constraint attempts_pkey');
  await knex.raw(
    'alter table attempts drop constraint attempts_provider_provider_task_id_unique',
  );
  await knex.raw(
    'alter table attempts drop constraint attempts_task_id_foreign',
  );
  await knex.raw(
    'create unique index attempts_provider_task on attempts (provider, provider_task_id) where provider_task_id is not null',
  );
  // The log is written and read in its order, or by task.
  await knex.raw('alter table events drop constraint events_pkey');
  await knex.raw('create index events_order on events using brin (sequence)');
}

/** @param {import('knex').Knex} knex */
async function untrimPostgres(knex) {
  await knex.raw('drop index attempts_provider_task');
  await knex.raw('alter table attempts add primary key (id)');
  await knex.raw(
    'alter table attempts add constraint attempts_provider_provider_task_id_unique unique (provider, provider_task_id)',
  );
  await knex.raw(
    'alter table attempts add constraint attempts_task_id_foreign foreign key (task_id) references tasks (id) on delete cascade',
  );
  await knex.raw(
    'alter table changes add constraint changes_attempt_id_foreign foreign key (attempt_id) references attempts (id) on delete cascade',
  );
  await knex.raw('alter table tasks reset (fillfactor)');
  await knex.raw('alter table attempts reset (fillfactor)');
}

/**
 * Admission looks at lines instead of tasks, so that a round costs the same however deep the queue is.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  /**
   * @param {import('knex').Knex.CreateTableBuilder} table
   * @param {string} name
   */
  const time = (table, name) =>
    table.timestamp(name, { useTz: true, precision: 3 });

  const isPostgres = knex.client.config.client === 'pg';

  await knex.schema.createTable('queue_lines', table => {
    table.comment(
      'Queued tasks that the same limits hold: of one team, repository, provider, account and lane',
    );
    table.string('id').primary().comment('Hash of the five');
    table.string('team').notNullable();
    table.string('repository').notNullable();
    table.string('provider').notNullable();
    table.string('account').notNullable();
    table.string('lane').notNullable();
    table.integer('queued').notNullable().comment('Without those braked');
    table.bigInteger('head_rank').comment('The rank of the first of them');
  });
  // Neither the count nor the head is part of an index: they change with each task, and no index is written then.
  await knex.schema.alterTable('queue_lines', table => {
    table.index(['team']);
  });

  await knex.schema.createTable('admission_totals', table => {
    table.comment('What admission has done so far, in one row');
    table.string('id').primary().comment('portal');
    table.bigInteger('rounds').notNullable();
    table.bigInteger('admitted').notNullable();
    table.bigInteger('held').notNullable().comment('Looked at and left');
  });
  await knex('admission_totals').insert({
    id: 'portal',
    rounds: 0,
    admitted: 0,
    held: 0,
  });

  await knex.schema.alterTable('tasks', table => {
    table.dropIndex(['run_slot', 'id']);
    table.dropIndex(['review_slot', 'id']);
    table.string('account').notNullable().defaultTo('default');
    table
      .string('lane')
      .notNullable()
      .defaultTo('review')
      .comment('review, auto');
    table.string('line_id').comment('See queue_lines');
    table
      .bigInteger('rank')
      .notNullable()
      .defaultTo(0)
      .comment('The lowest of a team is admitted first, in microseconds');
    table.string('priority').notNullable().defaultTo('normal');
    table
      .integer('review_minutes')
      .notNullable()
      .defaultTo(20)
      .comment('What the review of its change is estimated to take');
    table
      .boolean('braked')
      .notNullable()
      .defaultTo(false)
      .comment('A brake on its template or campaign holds it');
    time(table, 'admitted_at');
    table.boolean('auto_slot').notNullable().defaultTo(false);
    table
      .boolean('checks_slot')
      .notNullable()
      .defaultTo(false)
      .comment('Its change has checks pending, or will have');
    table
      .boolean('awaits_review')
      .notNullable()
      .defaultTo(false)
      .comment('Its change fell out of the auto lane and has no review slot');
  });

  const queued = await knex('tasks').where('state', 'queued');
  const lines = new Map();
  for (const task of await knex('tasks').select(
    'id',
    'team',
    'repository',
    'provider',
    'state',
    'created_at',
    'run_slot',
  )) {
    const rank = new Date(task.created_at).getTime() * 1_000;
    const line = {
      team: task.team,
      repository: task.repository,
      provider: task.provider,
      account: 'default',
      lane: 'review',
    };
    const id = createHash('sha256')
      .update(Object.values(line).join('\n'))
      .digest('hex')
      .slice(0, 24);
    await knex('tasks')
      .where({ id: task.id })
      .update({ rank, line_id: id, checks_slot: Boolean(task.run_slot) });
    if (task.state === 'queued') {
      const known = lines.get(id) ?? { id, ...line, queued: 0 };
      known.queued += 1;
      known.head_rank = Math.min(known.head_rank ?? rank, rank);
      lines.set(id, known);
    }
  }
  for (const line of lines.values()) {
    await knex('queue_lines').insert(line);
  }
  await wideCounters(knex, queued);

  await knex.raw(
    "create index tasks_line on tasks (line_id, rank, id) where state = 'queued' and not braked",
  );
  await knex.raw(
    "create index tasks_place on tasks (team, rank, id) where state = 'queued'",
  );
  // Of tasks that hold something, whatever: few at any time, and one index to write.
  if (isPostgres) {
    await knex.raw(
      `create index tasks_held on tasks (team, id) where ${held.join(' or ')}`,
    );
  } else {
    // SQLite uses a partial index only where its condition stands in the query as it is.
    for (const column of held) {
      await knex.raw(
        `create index tasks_held_${column} on tasks (team, id) where ${column}`,
      );
    }
  }
  await makeTaskKeys(knex);

  await knex.schema.alterTable('attempts', table => {
    table.dropIndex(['state', 'due_at']);
    table
      .text('continuation')
      .comment('How it differs from the first: failure, branch; JSON');
  });
  await knex.raw(
    "create index attempts_due on attempts (due_at) where state in ('intended', 'requested')",
  );
  await knex.raw(
    "create index attempts_seen on attempts (provider, seen_at) where state = 'confirmed'",
  );
  // Attempts are stored in the order of their creation: PostgreSQL then needs to know but the first and last of each page.
  await knex.raw(
    isPostgres
      ? 'create index attempts_created on attempts using brin (created_at)'
      : 'create index attempts_created on attempts (created_at)',
  );
  // The sequence names an event well enough, and an index less is written with each.
  await remakeEvents(knex, { withId: false });
  if (isPostgres) {
    await trimPostgres(knex);
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  if (knex.client.config.client === 'pg') {
    await untrimPostgres(knex);
  }
  await remakeEvents(knex, { withId: true });
  await knex.raw('drop index attempts_due');
  await knex.raw('drop index attempts_seen');
  await knex.raw('drop index attempts_created');
  await knex.schema.alterTable('attempts', table => {
    table.dropColumn('continuation');
    table.index(['state', 'due_at']);
  });
  await knex.raw('drop index tasks_line');
  await knex.raw('drop index tasks_place');
  if (knex.client.config.client === 'pg') {
    await knex.raw('drop index tasks_held');
  } else {
    for (const column of held) {
      await knex.raw(`drop index tasks_held_${column}`);
    }
  }
  const slots = await knex('limit_slots').whereIn('kind', [
    'running',
    'changes',
  ]);
  await knex.raw('drop view limit_slots');
  await knex.schema.dropTable('slot_counters');
  await knex.schema.createTable('limit_slots', table => {
    table.comment('How many slots of each limit are taken');
    table.string('kind').notNullable();
    table.string('key').notNullable();
    table.integer('used').notNullable();
    table.primary(['kind', 'key']);
  });
  for (const slot of slots) {
    await knex('limit_slots').insert(slot);
  }
  await knex.schema.dropTable('task_keys');
  await knex.schema.alterTable('tasks', table => {
    table.dropColumn('account');
    table.dropColumn('lane');
    table.dropColumn('line_id');
    table.dropColumn('rank');
    table.dropColumn('priority');
    table.dropColumn('review_minutes');
    table.dropColumn('braked');
    table.dropColumn('admitted_at');
    table.dropColumn('auto_slot');
    table.dropColumn('checks_slot');
    table.dropColumn('awaits_review');
    table.index(['run_slot', 'id']);
    table.index(['review_slot', 'id']);
    table.index(['team', 'id']);
    table.index(['template', 'id']);
    table.index(['campaign_id', 'id']);
    table.index(['requester', 'id']);
  });
  await knex.schema.dropTable('admission_totals');
  await knex.schema.dropTable('queue_lines');
};
