// @ts-check

/** Foreign keys of tables that large launches write. */
const lookUps = [
  [
    'task_components',
    'task_components_task_id_foreign',
    '(task_id) references tasks (id) on delete cascade',
  ],
  [
    'tasks',
    'tasks_campaign_id_foreign',
    '(campaign_id) references campaigns (id)',
  ],
  [
    'tasks',
    'tasks_template_revision_id_foreign',
    '(template_revision_id) references template_revisions (id)',
  ],
];

/**
 * Campaigns go in waves, may be added to, and say how far they are.
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

  await knex.schema.alterTable('campaigns', table => {
    table
      .string('state')
      .notNullable()
      .defaultTo('running')
      .comment('As it was when it was last looked at; a brake is not in it');
    table.string('priority').notNullable().defaultTo('normal');
    table.text('selection').comment('What was asked for, JSON');
    table.text('trigger').comment('What launched it by itself, JSON');
    table.text('rollout').comment('Steps and rules, JSON');
    table.integer('task_count').notNullable().defaultTo(0);
    table
      .text('states')
      .comment('Tasks by state when it was last looked at, JSON');
    time(table, 'looked_at');
    time(table, 'due_at').comment('When it is looked at next; absent: never');
    time(table, 'planned_end').comment('As it was expected at launch');
    time(table, 'cancelled_at');
    table.string('cancelled_by');
    table.text('cancel_reason');
  });
  await knex.raw(
    'create index campaigns_due on campaigns (due_at) where due_at is not null',
  );
  await knex.raw('create index campaigns_state on campaigns (state, id)');
  const counts = await knex('tasks')
    .groupBy('campaign_id')
    .select('campaign_id')
    .count({ count: '*' });
  for (const {
    campaign_id: id,
    count,
  } of /** @type {{ campaign_id: string, count: number | string }[]} */ (
    /** @type {unknown} */ (counts)
  )) {
    await knex('campaigns')
      .where({ id })
      .update({ task_count: Number(count), due_at: new Date(0) });
  }

  await knex.schema.createTable('campaign_waves', table => {
    table.comment('The steps of a campaign');
    table.string('campaign_id').notNullable();
    table.integer('number').notNullable().comment('1, 2, 3, …');
    table.string('size').notNullable().comment('As the rollout has it');
    table.integer('tasks').notNullable();
    time(table, 'released_at');
    time(table, 'approved_at');
    table.string('approved_by');
    table.text('stop').comment('Why a rule stopped the campaign here, JSON');
    table.string('stop_brake').comment('The brake that came with the stop');
    time(table, 'continued_at');
    table.string('continued_by');
    table.primary(['campaign_id', 'number']);
    table.foreign('campaign_id').references('campaigns.id');
  });
  await knex.raw(
    `insert into campaign_waves (campaign_id, number, size, tasks, released_at)
     select id, 1, '100%', task_count, created_at from campaigns`,
  );

  await knex.schema.createTable('campaign_teams', table => {
    table.comment('Whose tasks a campaign has, which decides who may see it');
    table.string('campaign_id').notNullable();
    table.string('team').notNullable();
    table.string('requester').notNullable();
    table.primary(['campaign_id', 'team', 'requester']);
    table.index(['team', 'campaign_id']);
    table.foreign('campaign_id').references('campaigns.id');
  });
  await knex.raw(
    `insert into campaign_teams (campaign_id, team, requester)
     select distinct campaign_id, team, requester from tasks`,
  );

  await knex.schema.createTable('campaign_parts', table => {
    table.comment('Components that were added to a campaign later');
    table.string('campaign_id').notNullable();
    table.string('requester').notNullable();
    table.string('idempotency_key').notNullable();
    table.string('request_hash').notNullable().comment('SHA-256');
    table.text('selection').notNullable().comment('What was asked for, JSON');
    table.text('excluded').notNullable().comment('JSON');
    table.integer('tasks').notNullable();
    time(table, 'created_at').notNullable();
    table.primary(['campaign_id', 'requester', 'idempotency_key']);
    table.foreign('campaign_id').references('campaigns.id');
  });

  await knex.schema.alterTable('tasks', table => {
    table.integer('wave').comment('Of its campaign');
    time(table, 'held_until').comment(
      'While it is held: the end of its batching window; absent: it waits for its wave',
    );
    table.string('joined_to').comment('The task that it went into');
  });
  if (knex.client.config.client === 'pg') {
    // What is written together and never deleted: to look all of it up again took longer than all else of a large launch.
    for (const [table, name] of lookUps) {
      await knex.raw(`alter table ${table} drop constraint ${name}`);
    }
  }
  await knex.raw(
    "create index tasks_held_wave on tasks (campaign_id, wave, id) where state = 'held'",
  );
  await knex.raw(
    "create index tasks_held_until on tasks (held_until) where state = 'held' and held_until is not null",
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  /**
   * Without remaking the table, which its views and references would not survive on SQLite.
   *
   * @param {string} table
   * @param {string[]} columns
   */
  const drop = async (table, columns) => {
    for (const column of columns) {
      await knex.raw(`alter table ${table} drop column "${column}"`);
    }
  };
  if (knex.client.config.client === 'pg') {
    for (const [table, name, definition] of lookUps) {
      await knex.raw(
        `alter table ${table} add constraint ${name} foreign key ${definition}`,
      );
    }
  }
  await knex.raw('drop index tasks_held_wave');
  await knex.raw('drop index tasks_held_until');
  await drop('tasks', ['wave', 'held_until', 'joined_to']);
  await knex.schema.dropTable('campaign_parts');
  await knex.schema.dropTable('campaign_teams');
  await knex.schema.dropTable('campaign_waves');
  await knex.raw('drop index campaigns_due');
  await knex.raw('drop index campaigns_state');
  await drop('campaigns', [
    'state',
    'priority',
    'selection',
    'trigger',
    'rollout',
    'task_count',
    'states',
    'looked_at',
    'due_at',
    'planned_end',
    'cancelled_at',
    'cancelled_by',
    'cancel_reason',
  ]);
};
