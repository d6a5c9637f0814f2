import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { NavContentBlueprint } from '@backstage/plugin-app-react';
import { PortalSidebar } from './PortalSidebar';

/** The portal's sidebar; on narrow screens a bar at the bottom. */
export const navModule = createFrontendModule({
  pluginId: 'app',
  extensions: [
    NavContentBlueprint.make({ params: { component: PortalSidebar } }),
  ],
});
