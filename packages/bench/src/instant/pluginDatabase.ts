import { BackendDatabase } from '../backend/backendConfig';

const DEFAULT_PREFIX = 'backstage_plugin_';

/** The connection string of the plugin's own database on PostgreSQL. */
export function pluginDatabase(
  database: Extract<BackendDatabase, { client: 'pg' }>,
): string {
  const url = new URL(database.connectionString);
  url.pathname = `/${database.prefix ?? DEFAULT_PREFIX}agent-tasks`;
  return url.href;
}
