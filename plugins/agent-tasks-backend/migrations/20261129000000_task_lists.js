// @ts-check

/**
 * Each filter of the list of tasks is answered from an index that has the tasks in the order of the list. What is
 * written more than once of a task is in none of them.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('task_keys', table => {
    table.index(['team', 'template', 'task_id'], 'task_keys_team_template');
  });
  for (const column of ['team', 'template']) {
    await knex.raw(
      `create index tasks_listed_${column} on tasks (${column}, state, id) where settled_at is not null`,
    );
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const column of ['team', 'template']) {
    await knex.raw(`drop index tasks_listed_${column}`);
  }
  await knex.schema.alterTable('task_keys', table => {
    table.dropIndex([], 'task_keys_team_template');
  });
};
