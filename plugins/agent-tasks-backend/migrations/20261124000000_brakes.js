// @ts-check

/**
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  /**
   * @param {import('knex').Knex.CreateTableBuilder} table
   * @param {string} name
   */
  const time = (table, name) =>
    table.timestamp(name, { useTz: true, precision: 3 });

  await knex.schema.createTable('brakes', table => {
    table.comment('What holds queued tasks back, by the hand of a person');
    table.string('id').primary().comment('brake_…');
    table
      .string('scope')
      .notNullable()
      .comment('portal, provider, template, team');
    table.string('subject').comment('Absent for the portal');
    table.text('reason').notNullable();
    table.string('pulled_by').notNullable();
    time(table, 'pulled_at').notNullable();
    time(table, 'until').comment('When it comes off by itself');
    table.string('released_by');
    time(table, 'released_at');
    table.index(['released_at', 'until']);
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.dropTable('brakes');
};
