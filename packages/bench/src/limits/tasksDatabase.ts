/** The database of the backend's plugin on a PostgreSQL server, from the connection string of the server. */
export function tasksDatabaseOf(connectionString: string): string {
  const url = new URL(connectionString);
  url.pathname = '/backstage_plugin_agent-tasks';
  return url.href;
}
