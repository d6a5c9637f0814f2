import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  authProvidersExtensionPoint,
  createProxyAuthProviderFactory,
} from '@backstage/plugin-auth-node';
import { checkPersonasAllowed } from './checkPersonasAllowed';
import {
  personaAuthenticator,
  PERSONA_PROVIDER_ID,
} from './personaAuthenticator';

/**
 * Sign-in by choosing a user of the catalog: for development and demonstrations. It asks for no proof, so wherever it is
 * configured outside of development the start stops.
 */
export const authModulePersonas = createBackendModule({
  pluginId: 'auth',
  moduleId: 'personas',
  register(reg) {
    reg.registerInit({
      deps: {
        config: coreServices.rootConfig,
        logger: coreServices.logger,
        providers: authProvidersExtensionPoint,
      },
      async init({ config, logger, providers }) {
        if (!config.has(`auth.providers.${PERSONA_PROVIDER_ID}`)) {
          return;
        }
        checkPersonasAllowed({ nodeEnv: process.env.NODE_ENV });
        logger.warn(
          'Persona sign-in is on: whoever reaches this portal can sign in as any user of the catalog.',
        );
        providers.registerProvider({
          providerId: PERSONA_PROVIDER_ID,
          factory: createProxyAuthProviderFactory({
            authenticator: personaAuthenticator,
            async signInResolver({ result }, ctx) {
              return ctx.signInWithCatalogUser({
                entityRef: result.userEntityRef,
              });
            },
          }),
        });
      },
    });
  },
});
