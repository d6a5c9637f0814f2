import agentTasksPlugin from '@agent-tasks/plugin-agent-tasks/alpha';
import { createApp } from '@backstage/frontend-defaults';
import userSettingsModule from '@backstage/plugin-app-module-user-settings';
import catalogPlugin from '@backstage/plugin-catalog/alpha';
import orgPlugin from '@backstage/plugin-org/alpha';
import signalsPlugin from '@backstage/plugin-signals/alpha';
import userSettingsPlugin from '@backstage/plugin-user-settings/alpha';
import { navModule } from './modules/nav';
import { signInModule } from './modules/signIn';
import { themesModule } from './modules/themes';

/** Everything that the portal consists of. */
export function createPortalApp() {
  return createApp({
    features: [
      catalogPlugin,
      orgPlugin,
      signalsPlugin,
      userSettingsPlugin,
      userSettingsModule,
      agentTasksPlugin,
      navModule,
      signInModule,
      themesModule,
    ],
  });
}
