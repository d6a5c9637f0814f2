// @ts-check

/**
 * Tasks hold a review slot from their admission until their change is settled; limits count per repository and team.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('tasks', table => {
    table
      .boolean('review_slot')
      .notNullable()
      .defaultTo(false)
      .comment('Whether it holds a review slot; limit_slots counts these');
    table.index(['run_slot', 'id']);
    table.index(['review_slot', 'id']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('tasks', table => {
    table.dropIndex(['run_slot', 'id']);
    table.dropIndex(['review_slot', 'id']);
    table.dropColumn('review_slot');
  });
};
