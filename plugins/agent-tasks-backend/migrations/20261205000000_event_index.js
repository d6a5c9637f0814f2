// @ts-check

/** Actors that do most of what happens; the audit finds theirs by going through the order. */
const byPeople =
  "actor <> 'system' and actor not like 'provider:%' and actor not like 'host:%'";

/**
 * The audit reads the log from its end, with filters. What happens to tasks is most of the log, and it has no index beside
 * the order and the task, so that it is written as fast as before.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  if (knex.client.config.client === 'pg') {
    // Pages from the end need an order that can be gone through; new events go to its end, which costs little.
    await knex.raw('drop index if exists events_order');
    await knex.raw('create index events_order on events (sequence)');
  }
  await knex.raw(
    `create index events_actor on events (actor, sequence) where ${byPeople}`,
  );
  for (const column of ['type', 'campaign_id']) {
    await knex.raw(
      `create index events_${column} on events (${column}, sequence) where task_id is null`,
    );
  }
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  for (const column of ['actor', 'type', 'campaign_id']) {
    await knex.raw(`drop index events_${column}`);
  }
  if (knex.client.config.client === 'pg') {
    await knex.raw('drop index events_order');
    await knex.raw('create index events_order on events using brin (sequence)');
  }
};
