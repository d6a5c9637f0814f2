// @ts-check

/**
 * Merged changes may be reverted later, which stops campaigns that have a rule for it.
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

  await knex.schema.alterTable('changes', table => {
    time(table, 'reverted_at').comment('When what took it back was merged');
    table.string('revert_url').comment('Page of what took it back');
    time(table, 'reverts_looked_at').comment(
      'When its host was last asked whether it was reverted',
    );
  });
  await knex.raw(
    "create index changes_merged on changes (coalesce(settled_at, seen_at)) where state = 'merged' and reverted_at is null",
  );
  await knex.raw(
    'create index changes_reverted on changes (task_id) where reverted_at is not null',
  );
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.raw('drop index changes_merged');
  await knex.raw('drop index changes_reverted');
  // Without remaking the table, which its views and references would not survive on SQLite.
  for (const column of ['reverted_at', 'revert_url', 'reverts_looked_at']) {
    await knex.raw(`alter table changes drop column "${column}"`);
  }
};
