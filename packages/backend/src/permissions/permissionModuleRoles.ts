import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { CatalogRoles } from './CatalogRoles';
import { RolePolicy } from './RolePolicy';

/** Decides permissions by the roles that users have in the catalog. */
export const permissionModuleRoles = createBackendModule({
  pluginId: 'permission',
  moduleId: 'roles',
  register(reg) {
    reg.registerInit({
      deps: {
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        policies: policyExtensionPoint,
        userInfo: coreServices.userInfo,
      },
      async init({ auth, catalog, policies, userInfo }) {
        policies.setPolicy(
          RolePolicy.create({
            roles: CatalogRoles.create({ auth, catalog, userInfo }),
          }),
        );
      },
    });
  },
});
