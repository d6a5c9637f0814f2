// @ts-check

/**
 * What launches by itself, and each of its runs.
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

  await knex.schema.createTable('triggers', table => {
    table.comment('Schedules and webhooks that launch');
    table.string('id').primary().comment('trg_…');
    table.string('name').notNullable().unique();
    table.string('type').notNullable().comment('schedule, webhook');
    table.string('owner').notNullable().comment('Entity ref of the Group');
    table.string('template').notNullable();
    table
      .text('definition')
      .notNullable()
      .comment('What it does, as JSON; of a secret the name alone');
    table.text('paused_reason');
    table.string('paused_by');
    time(table, 'paused_at');
    time(table, 'due_at').comment('When the schedule is due next');
    time(table, 'run_at').comment('Due, and put off by the jitter');
    table.string('created_by').notNullable();
    time(table, 'created_at').notNullable();
    table.string('updated_by').notNullable();
    time(table, 'updated_at').notNullable();
    table.integer('version').notNullable();
    table.index(['run_at']);
  });

  await knex.schema.createTable('trigger_runs', table => {
    table.comment('What triggers launched, and what they did not, and why');
    table.string('id').primary().comment('trun_…');
    table.string('trigger_id').notNullable();
    table
      .string('run_key')
      .notNullable()
      .comment('Makes it happen once: the due time, or the delivery');
    table.string('cause').notNullable().comment('schedule, webhook, manual');
    table
      .string('outcome')
      .notNullable()
      .comment('pending, launched, skipped, refused, failed');
    table.text('reason').comment('For people');
    time(table, 'due_at');
    time(table, 'created_at').notNullable();
    time(table, 'finished_at');
    table.string('campaign_id');
    table.integer('tasks').comment('How many were launched');
    table.string('requested_by').comment('Of a run by hand');
    table.string('event').comment('The kind of event of a webhook');
    table.string('delivery_id').comment('As the sender names it');
    table.text('subject').comment('What the event is about');
    time(table, 'happened_at').comment('When, as the event says');
    table.text('payload').comment('JSON, until the run has ended');
    table.integer('tries').notNullable().defaultTo(0);
    time(table, 'try_at').notNullable().comment('When it is tried next');
    table.string('lease_id');
    time(table, 'lease_until');
    table.unique(['trigger_id', 'run_key']);
    table.index(['trigger_id', 'id']);
    table.foreign('trigger_id').references('triggers.id').onDelete('CASCADE');
  });
  await knex.raw(
    `create index trigger_runs_pending on trigger_runs (try_at) where outcome = 'pending'`,
  );
  await knex.raw(
    `create index trigger_runs_launched on trigger_runs (trigger_id, finished_at) where outcome = 'launched'`,
  );
  await knex.raw(
    `create index trigger_runs_subject on trigger_runs (trigger_id, subject, happened_at) where subject is not null`,
  );

  // Counted at each launch of a trigger; tasks of people are not in it.
  await knex.raw(
    `create index tasks_open_of_triggers on tasks (requester) where settled_at is null and requester like 'trigger:%'`,
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('drop index tasks_open_of_triggers');
  for (const table of ['trigger_runs', 'triggers']) {
    await knex.schema.dropTable(table);
  }
};
