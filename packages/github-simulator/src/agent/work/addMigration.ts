import { AgentWork, WorkRequest } from './AgentWork';

/** A database migration, numbered after those that are there. */
export function addMigration({ files, name }: WorkRequest): AgentWork {
  const existing = Object.keys(files).filter(path =>
    /(^|\/)migrations\/[^/]+$/.test(path),
  );
  const folder = existing[0]?.replace(/[^/]+$/, '') ?? 'migrations/';
  const extension = /\.[cm]?js$/.test(existing[0] ?? '') ? 'js' : 'sql';
  const highest = existing
    .map(path => Number(/\/(\d+)[^/]*$/.exec(path)?.[1] ?? 0))
    .reduce((a, b) => Math.max(a, b), 0);
  const slug =
    name
      .toLocaleLowerCase('en-US')
      .replace(/[^a-z0-9]+/g, '_')
      .replace(/^_|_$/g, '')
      .slice(0, 30) || 'change';
  const path = `${folder}${String(highest + 1).padStart(4, '0')}_${slug}.${extension}`;
  const content =
    extension === 'js'
      ? [
          'exports.up = async function up(knex) {',
          "  await knex.schema.alterTable('orders', table => {",
          "    table.string('external_reference', 64).nullable();",
          "    table.index(['external_reference'], 'orders_external_reference_idx');",
          '  });',
          '};',
          '',
          'exports.down = async function down(knex) {',
          "  await knex.schema.alterTable('orders', table => {",
          "    table.dropIndex(['external_reference'], 'orders_external_reference_idx');",
          "    table.dropColumn('external_reference');",
          '  });',
          '};',
          '',
        ].join('\n')
      : [
          'ALTER TABLE orders ADD COLUMN external_reference varchar(64);',
          'CREATE INDEX orders_external_reference_idx ON orders (external_reference);',
          '',
        ].join('\n');
  return {
    kind: 'migration',
    title: 'Add the migration for external references of orders',
    summary: `Adds \`${path}\`: a nullable column with an index, so that it can run while the service does.`,
    commits: [{ message: `Add ${path}`, files: { [path]: content } }],
    breaksChecks: [],
  };
}
