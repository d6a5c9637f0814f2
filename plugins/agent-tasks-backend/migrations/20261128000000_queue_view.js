// @ts-check

/**
 * What the queue page shows beside the present: how deep the queue was, and what was forecast.
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

  await knex.schema.createTable('queue_samples', table => {
    table.comment('How deep the queue was, minute by minute');
    time(table, 'at').primary();
    table
      .boolean('hourly')
      .notNullable()
      .comment('The first of its hour; it is kept for longer');
    table.integer('queued').notNullable();
    table.integer('running').notNullable().comment('Run slots taken');
    table.integer('started').notNullable().comment('Since the sample before');
    table.integer('settled').notNullable().comment('Since the sample before');
    table
      .text('teams')
      .notNullable()
      .comment('The deepest teams and their queued tasks, JSON');
  });

  await knex.schema.createTable('forecasts', table => {
    table.comment('When queued tasks were said to start, and when they did');
    table.string('task_id').primary();
    time(table, 'told_at').notNullable();
    time(table, 'expected_at').notNullable();
    time(table, 'earliest').notNullable();
    time(table, 'latest').notNullable();
    time(table, 'started_at').index();
    table.foreign('task_id').references('tasks.id').onDelete('CASCADE');
  });

  await knex.schema.createTable('measured_times', table => {
    table.comment('How long the last runs and reviews took');
    table.bigIncrements('sequence');
    table.string('kind').notNullable().comment('run, review');
    table
      .string('name')
      .notNullable()
      .comment('Of a run the template, of a review the team');
    table.double('seconds').notNullable();
    table
      .double('slot_seconds')
      .comment('Of a run: from admission, for how long the slot was held');
    table.index(['kind', 'sequence']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('measured_times');
  await knex.schema.dropTable('forecasts');
  await knex.schema.dropTable('queue_samples');
};
