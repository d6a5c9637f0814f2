import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { Knex } from 'knex';

/** A transaction that several stores take part in. Only stores look inside. */
export type Transaction = Knex.Transaction;

export const migrationsDirectory = resolvePackagePath(
  '@agent-tasks/plugin-agent-tasks-backend',
  'migrations',
);

/** Connects to the plugin's database and brings it to the newest version. */
export async function connect(database: DatabaseService): Promise<Knex> {
  const knex = await database.getClient();
  if (!database.migrations?.skip) {
    await knex.migrate.latest({ directory: migrationsDirectory });
  }
  return knex;
}
