// @ts-check

/**
 * Tasks whose template sets deadlines say when they are looked at next. Others are in no index for it, and no transition
 * of a task writes it.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('tasks', table => {
    table
      .timestamp('deadline_due_at', { useTz: true, precision: 3 })
      .comment('When it is looked whether a deadline has passed');
  });
  await knex.raw(
    'create index tasks_deadline_due on tasks (deadline_due_at) where deadline_due_at is not null',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('drop index tasks_deadline_due');
  if (knex.client.config.client === 'pg') {
    await knex.schema.alterTable('tasks', table => {
      table.dropColumn('deadline_due_at');
    });
  } else {
    // Without remaking the table, which its views and references would not survive.
    await knex.raw('alter table tasks drop column deadline_due_at');
  }
};
