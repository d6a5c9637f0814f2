import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();

backend.add(import('@backstage/plugin-app-backend'));

backend.add(import('@backstage/plugin-auth-backend'));
backend.add(import('./personas'));

backend.add(import('@backstage/plugin-catalog-backend'));
backend.add(import('@agent-tasks/plugin-catalog-backend-module-agent-tasks'));

backend.add(import('@backstage/plugin-permission-backend'));
backend.add(import('./permissions'));

backend.add(import('@backstage/plugin-events-backend'));
backend.add(import('@backstage/plugin-events-backend-module-github'));
backend.add(import('@backstage/plugin-signals-backend'));
backend.add(import('@backstage/plugin-user-settings-backend'));

backend.add(import('@agent-tasks/plugin-agent-tasks-backend'));
backend.add(import('@agent-tasks/plugin-agent-tasks-backend-module-github'));

backend.start().catch(error => {
  // Without this a backend that failed to start would stay: it answers nothing, and nothing restarts it.
  process.stderr.write(`\nThe backend did not start. ${error.message}\n`);
  process.exit(1);
});
