// @ts-check

/**
 * Limits that were set for groups, where the groups stand in the catalog, and the changes that agents opened elsewhere in
 * their repositories.
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

  await knex.schema.createTable('team_limits', table => {
    table.comment('What was set for a group; NULL: the default');
    table.string('team').primary().comment('Entity ref of the Group');
    table.integer('running');
    table.integer('borrow').comment('Run slots beyond the own, of its cohort');
    table.string('cohort');
    table.integer('open_changes');
    table.integer('review_minutes');
    table.integer('auto_changes');
    table.integer('launches_per_day');
    table.double('weight');
    table
      .text('origins')
      .notNullable()
      .comment('Who set each value and when, as JSON');
    table.text('paused_reason').comment('NULL: not paused');
    table.string('paused_by');
    time(table, 'paused_at');
    time(table, 'paused_until').comment('When the pause ends by itself');
    table
      .boolean('paused_by_manager')
      .notNullable()
      .defaultTo(false)
      .comment('Whoever may only lower limits may not end it');
    table.integer('version').notNullable();
    table.string('updated_by').notNullable();
    time(table, 'updated_at').notNullable();
  });

  await knex.schema.createTable('team_groups', table => {
    table.comment('Groups with tasks or limits, and those above them');
    table.string('ref').primary().comment('Entity ref of the Group');
    table.string('title');
    table.text('parents').notNullable().comment('Entity refs as JSON');
    table
      .text('ancestors')
      .notNullable()
      .comment('All groups above it, the nearest first, as JSON');
    table.boolean('has_tasks').notNullable().comment('Has or had tasks');
    table.boolean('gone').notNullable().comment('The catalog has it no more');
  });

  await knex.schema.createTable('team_repositories', table => {
    table.comment('Repositories and the team of the newest task in each');
    table.string('repository').primary().comment('host/owner/name');
    table.string('repository_host').notNullable();
    table.string('repository_owner').notNullable();
    table.string('repository_name').notNullable();
    table.string('team').notNullable();
    table.string('task_id').notNullable();
  });

  await knex.schema.createTable('foreign_changes', table => {
    table.comment('Changes that agents opened, and no task of ours');
    table.string('code_host').notNullable();
    table.string('global_id').notNullable().comment("The host's own id");
    table.string('repository').notNullable();
    table.string('team').notNullable().comment('Whose budget it counts in');
    table.string('author').notNullable();
    table.text('title').notNullable();
    table.text('url').notNullable();
    table.integer('minutes').notNullable().comment('Of its review, estimated');
    time(table, 'opened_at').notNullable();
    time(table, 'seen_at').notNullable().comment('When it was first seen');
    time(table, 'closed_at').comment('When it was first seen to be settled');
    table.primary(['code_host', 'global_id']);
    table.index(['closed_at', 'team']);
  });

  await knex.schema.createTable('limit_version', table => {
    table.comment('Grows with every change of what limits are made of');
    table.string('id').primary().comment('portal');
    table.bigInteger('version').notNullable();
  });
  await knex('limit_version').insert({ id: 'portal', version: 1 });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'limit_version',
    'foreign_changes',
    'team_repositories',
    'team_groups',
    'team_limits',
  ]) {
    await knex.schema.dropTable(table);
  }
};
