// @ts-check

/**
 * Tasks that have settled can go back to the queue, for a further attempt.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('tasks', table => {
    table
      .integer('attempts_before')
      .notNullable()
      .defaultTo(0)
      .comment('Attempts that it had when it was queued last');
  });
  await knex.schema.createTable('retries', table => {
    table.comment('Tasks that were queued again by hand');
    table.string('task_id').notNullable();
    table
      .integer('attempt_number')
      .notNullable()
      .comment('Of the attempt that follows');
    table.timestamp('at', { useTz: true, precision: 3 }).notNullable();
    table.string('requested_by').notNullable();
    table.text('reason');
    table
      .text('continuation')
      .comment('How that attempt goes on from those before; JSON');
    table.primary(['task_id', 'attempt_number']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('retries');
  if (knex.client.config.client === 'pg') {
    await knex.schema.alterTable('tasks', table => {
      table.dropColumn('attempts_before');
    });
  } else {
    // Without remaking the table, which its views and references would not survive.
    await knex.raw('alter table tasks drop column attempts_before');
  }
};
