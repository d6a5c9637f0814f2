/**
 * Each round of admission looks for changes that wait for a review slot: there are few, among many tasks that hold one.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.raw(
    'create index tasks_awaiting_review on tasks (rank) where awaits_review',
  );
};

/** @param {import('knex').Knex} knex */
exports.down = async function down(knex) {
  await knex.raw('drop index tasks_awaiting_review');
};
