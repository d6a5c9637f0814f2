// @ts-check

/**
 * Templates are also written in the portal; a revision says who wrote it, and may be a draft.
 *
 * @param {import('knex').Knex} knex
 */
exports.up = async function up(knex) {
  await knex.schema.alterTable('template_revisions', table => {
    table.text('yaml').comment('As it was written in the portal');
    table.string('created_by').comment('Absent: it came from the catalog');
    table
      .boolean('draft')
      .notNullable()
      .defaultTo(false)
      .comment('Written to be tried alone');
  });
  await knex.schema.alterTable('templates', table => {
    table
      .string('origin')
      .notNullable()
      .defaultTo('catalog')
      .comment('catalog, portal');
    table.text('source_url').comment('Where its source can be read');
    table
      .timestamp('archived_at', { useTz: true, precision: 3 })
      .comment('Taken out of use in the portal');
  });
};

/**
 * @param {import('knex').Knex} knex
 */
exports.down = async function down(knex) {
  await knex.schema.alterTable('templates', table => {
    table.dropColumn('archived_at');
    table.dropColumn('source_url');
    table.dropColumn('origin');
  });
  await knex.schema.alterTable('template_revisions', table => {
    table.dropColumn('draft');
    table.dropColumn('created_by');
    table.dropColumn('yaml');
  });
};
