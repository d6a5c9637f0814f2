// A backend with Agent Tasks and GitHub, and nothing else: the plugins, their database and their HTTP are the real ones,
// while the catalog is a list, so that a start takes a second.
//
// The arguments are a JSON file with a `BackendSetup`, and a file that is not there yet: all sources are loaded, and the
// start begins once that file is there.
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSpecializedBackend } from '@backstage/backend-app-api';
import {
  actionsRegistryServiceFactory,
  metricsServiceFactory,
  tracingServiceFactory,
} from '@backstage/backend-defaults/alpha';
import { auditorServiceFactory } from '@backstage/backend-defaults/auditor';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { databaseServiceFactory } from '@backstage/backend-defaults/database';
import { discoveryServiceFactory } from '@backstage/backend-defaults/discovery';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { httpRouterServiceFactory } from '@backstage/backend-defaults/httpRouter';
import { lifecycleServiceFactory } from '@backstage/backend-defaults/lifecycle';
import { loggerServiceFactory } from '@backstage/backend-defaults/logger';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { permissionsRegistryServiceFactory } from '@backstage/backend-defaults/permissionsRegistry';
import { rootHealthServiceFactory } from '@backstage/backend-defaults/rootHealth';
import { rootHttpRouterServiceFactory } from '@backstage/backend-defaults/rootHttpRouter';
import { rootLifecycleServiceFactory } from '@backstage/backend-defaults/rootLifecycle';
import { WinstonLogger } from '@backstage/backend-defaults/rootLogger';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import { userInfoServiceFactory } from '@backstage/backend-defaults/userInfo';
import {
  coreServices,
  createServiceFactory,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { InMemoryCatalogClient } from '@backstage/catalog-client/testUtils';
import { ConfigReader } from '@backstage/config';
import {
  CatalogService,
  catalogServiceRef,
} from '@backstage/plugin-catalog-node';
import { eventsServiceFactory } from '@backstage/plugin-events-node';
import { createInstantModule } from '../instant/createInstantModule';
import { createReadersPermissions } from '../instant/readersPermissions';
import { BackendSetup } from './BackendSetup';

const GO_POLL_MS = 10;

/** Those of `createBackend`, without the readers of clouds' storage, whose sources take as long to load as all others. */
const defaultServiceFactories = [
  actionsRegistryServiceFactory,
  auditorServiceFactory,
  authServiceFactory,
  databaseServiceFactory,
  discoveryServiceFactory,
  eventsServiceFactory,
  httpAuthServiceFactory,
  httpRouterServiceFactory,
  lifecycleServiceFactory,
  loggerServiceFactory,
  metricsServiceFactory,
  permissionsRegistryServiceFactory,
  permissionsServiceFactory,
  rootHealthServiceFactory,
  rootHttpRouterServiceFactory,
  rootLifecycleServiceFactory,
  schedulerServiceFactory,
  tracingServiceFactory,
  userInfoServiceFactory,
];

async function main([setupFile, goFile]: string[]): Promise<void> {
  const setup: BackendSetup = JSON.parse(readFileSync(setupFile, 'utf8'));
  const features = [
    import('@agent-tasks/plugin-agent-tasks-backend'),
    ...(setup.instant
      ? []
      : [import('@agent-tasks/plugin-agent-tasks-backend-module-github')]),
    ...(setup.webhooks
      ? [
          import('@backstage/plugin-events-backend'),
          import('@backstage/plugin-events-backend-module-github'),
        ]
      : []),
  ];
  await Promise.all(features);
  while (!existsSync(goFile)) {
    await sleep(GO_POLL_MS);
  }
  const backend = createSpecializedBackend({
    defaultServiceFactories: setup.readers?.length
      ? [
          ...defaultServiceFactories.filter(
            factory => factory !== permissionsServiceFactory,
          ),
          createReadersPermissions(setup.readers),
        ]
      : defaultServiceFactories,
  });
  backend.add(
    createServiceFactory({
      service: coreServices.rootConfig,
      deps: {},
      factory: (): RootConfigService => new ConfigReader(setup.config),
    }),
  );
  backend.add(
    createServiceFactory({
      service: coreServices.rootLogger,
      deps: {},
      // The usual one compiles the schemas of all settings at each start, to know which of them are secret.
      factory: () =>
        WinstonLogger.create({
          level: process.env.LOG_LEVEL ?? 'info',
          format: WinstonLogger.colorFormat(),
        }),
    }),
  );
  backend.add(
    createServiceFactory({
      service: catalogServiceRef,
      deps: {},
      // Its methods take credentials where those of the service do, and look at none.
      factory: () =>
        new InMemoryCatalogClient({
          entities: setup.entities,
        }) as unknown as CatalogService,
    }),
  );
  features.forEach(feature => backend.add(feature));
  if (setup.instant) {
    backend.add(createInstantModule(setup.instant));
  }
  await backend.start();
}

main(process.argv.slice(2)).catch(error => {
  process.stderr.write(`\nThe backend did not start. ${error.message}\n`);
  process.exit(1);
});
