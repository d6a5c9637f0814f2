// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.createTable('account_throttles', table => {
    table.comment('How fast each account may start tasks at its provider');
    table.string('provider').notNullable().comment('Id of the provider');
    table.string('account').notNullable();
    table
      .text('state')
      .notNullable()
      .comment(
        'JSON: what it started and created lately, and how far it is slowed down',
      );
    table.timestamp('updated_at', { useTz: true, precision: 3 }).notNullable();
    table.primary(['provider', 'account']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('account_throttles');
};
