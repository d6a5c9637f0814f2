import { JsonObject } from '@backstage/types';
import { BenchOrganization } from '../github/benchOrganization';

/** The bearer token with which a bench calls the backend. */
export const CLIENT_TOKEN = 'bench-client-token';

/**
 * Where the backend of a bench keeps its data. The names of databases of PostgreSQL begin with `prefix`
 * (`backstage_plugin_`).
 */
export type BackendDatabase =
  | { client: 'better-sqlite3'; directory: string }
  | { client: 'pg'; connectionString: string; prefix?: string };

/** The setting `backend.database`. */
export function databaseConfig(database: BackendDatabase): JsonObject {
  return database.client === 'pg'
    ? {
        client: 'pg',
        connection: database.connectionString,
        ...(database.prefix && { prefix: database.prefix }),
      }
    : {
        client: 'better-sqlite3',
        connection: { directory: database.directory },
      };
}

/**
 * The configuration of a backend on a port of this machine, with GitHub at `apiBaseUrl`. `agentTasks` are settings other
 * than the defaults.
 */
export function backendConfig(options: {
  port: number;
  database: BackendDatabase;
  apiBaseUrl: string;
  organization: BenchOrganization;
  agentTasks: JsonObject;
}): JsonObject {
  const { port, database, apiBaseUrl, organization, agentTasks } = options;
  const { app, starterToken, webhookSecret } = organization;
  return {
    app: { baseUrl: `http://127.0.0.1:${port}` },
    backend: {
      baseUrl: `http://127.0.0.1:${port}`,
      listen: { host: '127.0.0.1', port },
      database: databaseConfig(database),
      auth: {
        externalAccess: [
          {
            type: 'static',
            options: { token: CLIENT_TOKEN, subject: 'bench' },
          },
        ],
      },
    },
    permission: { enabled: false },
    events: { modules: { github: { webhookSecret } } },
    agentTasks: {
      ...agentTasks,
      github: {
        apiBaseUrl,
        starter: { token: starterToken },
        app: {
          appId: app.id,
          privateKey: app.privateKeyPem,
          installationId: app.installationId,
        },
      },
    },
  };
}
