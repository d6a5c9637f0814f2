import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import {
  BackendDatabase,
  CLIENT_TOKEN,
  databaseConfig,
} from '../backend/backendConfig';
import { BackendSetup } from '../backend/BackendSetup';
import { InstantReader, InstantSetup } from './InstantSetup';

/** A backend on a port of this machine whose agent is in its own process. */
export function instantBackend(options: {
  port: number;
  database: BackendDatabase;
  entities: Entity[];
  instant: InstantSetup;
  readers?: InstantReader[];
  /** Settings other than the defaults. */
  agentTasks: JsonObject;
}): BackendSetup {
  const { port, database, entities, instant, readers = [] } = options;
  return {
    config: {
      app: { baseUrl: `http://127.0.0.1:${port}` },
      backend: {
        baseUrl: `http://127.0.0.1:${port}`,
        listen: { host: '127.0.0.1', port },
        database: databaseConfig(database),
        auth: {
          externalAccess: [
            { token: CLIENT_TOKEN, subject: 'bench' },
            ...readers,
          ].map(({ token, subject }) => ({
            type: 'static',
            options: { token, subject },
          })),
        },
      },
      permission: { enabled: false },
      agentTasks: options.agentTasks,
    },
    entities,
    webhooks: false,
    instant,
    readers,
  };
}
