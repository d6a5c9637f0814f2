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
  await knex.raw(
    'create index queue_lines_open on queue_lines (team, head_rank) where queued > 0',
  );

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
  const teams = new Map();
  for (const { team } of queued) {
    teams.set(team, (teams.get(team) ?? 0) + 1);
  }
  for (const [team, used] of teams) {
    await knex('limit_slots').insert({
      kind: 'queued',
      key: `team:${team}`,
      used,
    });
  }

  await knex.raw(
    "create index tasks_line on tasks (line_id, rank, id) where state = 'queued' and not braked",
  );
  await knex.raw(
    "create index tasks_place on tasks (team, rank, id) where state = 'queued'",
  );
  await knex.raw(
    'create index tasks_running on tasks (team, id) where run_slot',
  );
  await knex.raw(
    'create index tasks_reviewed on tasks (team, id) where review_slot',
  );
  await knex.raw('create index tasks_auto on tasks (team, id) where auto_slot');
  await knex.raw('create index tasks_checked on tasks (id) where checks_slot');
  await knex.raw(
    'create index tasks_awaiting on tasks (team, rank) where awaits_review',
  );

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
    knex.client.config.client === 'pg'
      ? 'create index attempts_created on attempts using brin (created_at)'
      : 'create index attempts_created on attempts (created_at)',
  );
  // The sequence names an event well enough, and an index less is written with each.
  await remakeEvents(knex, { withId: false });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await remakeEvents(knex, { withId: true });
  await knex.raw('drop index attempts_due');
  await knex.raw('drop index attempts_seen');
  await knex.raw('drop index attempts_created');
  await knex.schema.alterTable('attempts', table => {
    table.dropColumn('continuation');
    table.index(['state', 'due_at']);
  });
  for (const index of [
    'tasks_line',
    'tasks_place',
    'tasks_running',
    'tasks_reviewed',
    'tasks_auto',
    'tasks_checked',
    'tasks_awaiting',
  ]) {
    await knex.raw(`drop index ${index}`);
  }
  await knex('limit_slots').whereNotIn('kind', ['running', 'changes']).delete();
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
  });
  await knex.schema.dropTable('admission_totals');
  await knex.schema.dropTable('queue_lines');
};
