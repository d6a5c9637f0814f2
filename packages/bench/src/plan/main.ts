// A backend with Agent Tasks beside the real catalog of Backstage in one process. What the plugins ask of the catalog goes
// over HTTP, to where the configuration says that it is.
//
// The argument is a JSON file with a `PlanSetup`.
import { readFileSync } from 'node:fs';
import { createBackend } from '@backstage/backend-defaults';
import { WinstonLogger } from '@backstage/backend-defaults/rootLogger';
import {
  coreServices,
  createServiceFactory,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { createInstantModule } from '../instant/createInstantModule';
import { createOwnersPermissions } from './ownersPermissions';
import { PlanSetup } from './PlanSetup';

async function main([setupFile]: string[]): Promise<void> {
  const setup: PlanSetup = JSON.parse(readFileSync(setupFile, 'utf8'));
  const backend = createBackend();
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
      factory: () =>
        WinstonLogger.create({
          level: process.env.LOG_LEVEL ?? 'warn',
          format: WinstonLogger.colorFormat(),
        }),
    }),
  );
  backend.add(createOwnersPermissions(setup.claims));
  backend.add(import('@backstage/plugin-catalog-backend'));
  backend.add(import('@agent-tasks/plugin-agent-tasks-backend'));
  backend.add(createInstantModule({}));
  await backend.start();
}

main(process.argv.slice(2)).catch(error => {
  process.stderr.write(`\nThe backend did not start. ${error.message}\n`);
  process.exit(1);
});
