// @ts-check

/**
 * Times are absolute; identifiers are ULIDs with a prefix that tells what they are.
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

  await knex.schema.createTable('template_revisions', table => {
    table.comment('Immutable revisions of templates');
    table.string('id').primary().comment('trev_…');
    table.string('template').notNullable().comment('Name in the API');
    table.integer('number').notNullable().comment('1, 2, 3, … per template');
    table.string('entity_ref').notNullable();
    table.string('content_hash').notNullable().comment('SHA-256 of content');
    table.text('content').notNullable().comment('Metadata and spec as JSON');
    time(table, 'created_at').notNullable();
    table.unique(['template', 'number']);
  });

  await knex.schema.createTable('templates', table => {
    table.comment('Templates that the catalog holds or has held');
    table.string('name').primary();
    table.string('revision_id').notNullable().comment('The newest revision');
    table.boolean('available').notNullable().comment('In the catalog now');
    time(table, 'updated_at').notNullable();
    table.foreign('revision_id').references('template_revisions.id');
  });

  await knex.schema.createTable('campaigns', table => {
    table.comment('One row a launch');
    table.string('id').primary().comment('camp_…');
    table.string('template_revision_id').notNullable();
    table.text('parameters').notNullable().comment('JSON, defaults filled in');
    table
      .string('requester')
      .notNullable()
      .comment('Entity ref, or external:…');
    table.string('idempotency_key').notNullable();
    table
      .string('request_hash')
      .notNullable()
      .comment('SHA-256 of the request');
    table
      .text('excluded')
      .notNullable()
      .comment('Components left out, as JSON');
    time(table, 'created_at').notNullable();
    table.unique(['requester', 'idempotency_key']);
    table.foreign('template_revision_id').references('template_revisions.id');
  });

  await knex.schema.createTable('tasks', table => {
    table.comment('One agent run on one repository');
    table.string('id').primary().comment('task_…');
    table.string('campaign_id').notNullable();
    table.string('template').notNullable();
    table.string('template_revision_id').notNullable();
    table.string('team').notNullable().comment('Entity ref of the Group');
    table.string('requester').notNullable();
    table.string('provider').notNullable();
    table.string('repository').notNullable().comment('host/owner/name');
    table.string('repository_host').notNullable();
    table.string('repository_owner').notNullable();
    table.string('repository_name').notNullable();
    table.string('repository_url').notNullable();
    table.text('prompt').notNullable().comment('As rendered at launch, JSON');
    table.string('state').notNullable().comment('See policy/taskStates');
    table.text('state_reason').comment('Why it is in this state, for people');
    time(table, 'state_since').notNullable();
    table
      .boolean('run_slot')
      .notNullable()
      .comment('Whether it holds a run slot; limit_slots counts these');
    table.string('cancelled_by').comment('Who asked to cancel it');
    time(table, 'stop_due_at').comment('When the stop is tried next');
    time(table, 'created_at').notNullable();
    time(table, 'updated_at').notNullable();
    time(table, 'settled_at');
    table.foreign('campaign_id').references('campaigns.id');
    table.foreign('template_revision_id').references('template_revisions.id');
    table.index(['state', 'id']);
    table.index(['team', 'id']);
    table.index(['template', 'id']);
    table.index(['campaign_id', 'id']);
    table.index(['requester', 'id']);
  });

  await knex.schema.createTable('task_components', table => {
    table.comment('The components that a task is for');
    table.string('task_id').notNullable();
    table.string('entity_ref').notNullable();
    table.text('path').comment('Folder in the repository');
    table.primary(['task_id', 'entity_ref']);
    table.index(['entity_ref', 'task_id']);
    table.foreign('task_id').references('tasks.id').onDelete('CASCADE');
  });

  await knex.schema.createTable('attempts', table => {
    table.comment('Starts of tasks at a provider');
    table.string('id').primary().comment('att_…, the marker in the prompt');
    table.string('task_id').notNullable();
    table.integer('number').notNullable();
    table
      .string('state')
      .notNullable()
      .comment('intended, requested, confirmed, refused, withdrawn, ended');
    table.string('provider').notNullable();
    table.string('provider_task_id');
    table.string('url').comment('Page of the task at the provider');
    table.string('branch').comment("The agent's branch, once it is known");
    table.integer('requests').notNullable().defaultTo(0);
    table.integer('problems').notNullable().defaultTo(0).comment('In a row');
    table.text('problem').comment('What went wrong last, for people');
    table.string('lease_id');
    time(table, 'lease_until');
    time(table, 'due_at').notNullable().comment('When it is looked at next');
    time(table, 'requested_at').comment('Before the last request left');
    time(table, 'first_requested_at').comment('Before the first request left');
    time(table, 'confirmed_at');
    time(table, 'seen_at').comment('When the provider last reported it');
    time(table, 'ended_at');
    time(table, 'created_at').notNullable();
    table.float('ai_credits');
    table.foreign('task_id').references('tasks.id').onDelete('CASCADE');
    table.unique(['task_id', 'number']);
    table.unique(['provider', 'provider_task_id']);
    table.index(['state', 'due_at']);
  });

  await knex.schema.createTable('changes', table => {
    table.comment('Pull requests that tasks produced');
    table.string('id').primary().comment('chg_…');
    table.string('task_id').notNullable();
    table.string('attempt_id').notNullable();
    table.string('code_host').notNullable();
    table.string('global_id').notNullable().comment("The host's own id");
    table.string('state').notNullable().comment('found, open, merged, closed');
    table.boolean('draft').notNullable();
    table.integer('number');
    table.string('url');
    table.text('title');
    table.string('head_branch');
    table.string('head_commit');
    table.string('base_branch');
    table.integer('additions');
    table.integer('deletions');
    table.integer('changed_files');
    table.string('checks');
    table.string('review');
    table.string('merged_by');
    time(table, 'offered_at').comment('When it was marked ready for review');
    table.integer('problems').notNullable().defaultTo(0).comment('In a row');
    time(table, 'opened_at');
    time(table, 'settled_at');
    time(table, 'seen_at');
    time(table, 'due_at').notNullable().comment('When the host is read next');
    time(table, 'created_at').notNullable();
    table.foreign('task_id').references('tasks.id').onDelete('CASCADE');
    table.foreign('attempt_id').references('attempts.id').onDelete('CASCADE');
    table.unique(['code_host', 'global_id']);
    table.index(['state', 'due_at']);
    table.index(['task_id']);
  });
  // One task has at most one open change, whatever two replicas do at once.
  await knex.raw(
    `create unique index changes_one_open on changes (task_id) where state in ('found', 'open')`,
  );

  await knex.schema.createTable('limit_slots', table => {
    table.comment('How many slots of each limit are taken');
    table.string('kind').notNullable();
    table.string('key').notNullable();
    table.integer('used').notNullable();
    table.primary(['kind', 'key']);
  });
  await knex('limit_slots').insert({ kind: 'running', key: 'portal', used: 0 });

  await knex.schema.createTable('events', table => {
    table.comment('All that happened, append-only');
    table.bigIncrements('sequence');
    table.string('id').notNullable().unique().comment('evt_…');
    time(table, 'at').notNullable();
    table.string('type').notNullable();
    table.string('actor').notNullable();
    table.string('campaign_id');
    table.string('task_id');
    table.string('change_id');
    table.string('from_state');
    table.string('to_state');
    table.text('message').notNullable();
    table.text('details').notNullable().comment('JSON');
    table.index(['task_id', 'sequence']);
  });

  await knex.schema.createTable('rounds', table => {
    table.comment('Loops that one replica at a time runs, and where they are');
    table.string('name').primary();
    table.string('lease_id');
    time(table, 'lease_until');
    time(table, 'due_at');
    table.text('cursor');
    table.integer('begun').notNullable().defaultTo(0);
  });

  await knex.schema.createTable('remotes', table => {
    table.comment('Whether providers and code hosts answer');
    table.string('id').primary();
    table.string('state').notNullable().comment('available, unavailable');
    time(table, 'since').notNullable();
    table.text('message');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const table of [
    'remotes',
    'rounds',
    'events',
    'limit_slots',
    'changes',
    'attempts',
    'task_components',
    'tasks',
    'campaigns',
    'templates',
    'template_revisions',
  ]) {
    await knex.schema.dropTable(table);
  }
};
