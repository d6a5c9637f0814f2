// @ts-check

/**
 * A change of which webhooks tell is read less often by itself.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('changes', table => {
    table
      .timestamp('hinted_at', { useTz: true, precision: 3 })
      .comment('When its host last told that there is something to read');
  });
  await knex.raw(
    'create index changes_hinted on changes (code_host, hinted_at) where hinted_at is not null',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('drop index changes_hinted');
  if (knex.client.config.client === 'pg') {
    await knex.schema.alterTable('changes', table => {
      table.dropColumn('hinted_at');
    });
  } else {
    // Without remaking the table, which its views and references would not survive.
    await knex.raw('alter table changes drop column hinted_at');
  }
};
