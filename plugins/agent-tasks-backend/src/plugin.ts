import { agentTasksPermissions } from '@agent-tasks/plugin-agent-tasks-common';
import {
  AgentProvider,
  AgentTasksEvent,
  AgentTasksHint,
  agentTasksCodeHostsExtensionPoint,
  agentTasksEventsExtensionPoint,
  agentTasksHintsExtensionPoint,
  agentTasksProvidersExtensionPoint,
  CodeHost,
} from '@agent-tasks/plugin-agent-tasks-node';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { Permission } from '@backstage/plugin-permission-common';
import { signalsServiceRef } from '@backstage/plugin-signals-node';
import { registerActions } from './actions/registerActions';
import { createAgentTasks } from './createAgentTasks';
import { readConfig } from './config';
import { connect } from './database/connect';
import { createRouter } from './http/createRouter';
import { DatabaseClock } from './loops/DatabaseClock';
import {
  taskPermissionRules,
  taskPermissions,
  taskResourceRef,
} from './permissions/taskPermissions';

/**
 * The backend of Agent Tasks.
 *
 * @public
 */
export const agentTasksPlugin = createBackendPlugin({
  pluginId: 'agent-tasks',
  register(env) {
    const providers = new Map<string, AgentProvider>();
    const codeHosts = new Map<string, CodeHost>();
    let onHint: ((hint: AgentTasksHint) => void) | undefined;
    let onEvent: ((event: AgentTasksEvent) => Promise<void>) | undefined;

    env.registerExtensionPoint(agentTasksProvidersExtensionPoint, {
      addProvider(provider) {
        if (providers.has(provider.id)) {
          throw new Error(`Two providers have the id '${provider.id}'`);
        }
        providers.set(provider.id, provider);
      },
    });
    env.registerExtensionPoint(agentTasksCodeHostsExtensionPoint, {
      addCodeHost(codeHost) {
        if (codeHosts.has(codeHost.id)) {
          throw new Error(`Two code hosts have the id '${codeHost.id}'`);
        }
        codeHosts.set(codeHost.id, codeHost);
      },
    });
    env.registerExtensionPoint(agentTasksHintsExtensionPoint, {
      hint: hint => onHint?.(hint),
    });
    env.registerExtensionPoint(agentTasksEventsExtensionPoint, {
      publish: async event => onEvent?.(event),
    });

    env.registerInit({
      deps: {
        actions: actionsRegistryServiceRef,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        signals: signalsServiceRef,
        userInfo: coreServices.userInfo,
      },
      async init(deps) {
        const { httpAuth, httpRouter, lifecycle, permissionsRegistry } = deps;
        const config = readConfig(deps.config);
        const knex = await connect(deps.database);
        const agentTasks = createAgentTasks({
          ...deps,
          config,
          knex,
          providers,
          codeHosts,
          clock: await DatabaseClock.create({ knex }),
        });

        permissionsRegistry.addResourceType({
          resourceRef: taskResourceRef,
          permissions: taskPermissions,
          rules: Object.values(taskPermissionRules),
          getResources: async ids =>
            Promise.all(ids.map(id => agentTasks.taskStore.get(id))),
        });
        // Also the one on catalog entities, so that tools which list permissions know it.
        const ofTasks = new Set<Permission>(taskPermissions);
        permissionsRegistry.addPermissions(
          agentTasksPermissions.filter(permission => !ofTasks.has(permission)),
        );
        registerActions({ ...agentTasks, registry: deps.actions });
        httpRouter.use(
          createRouter({ ...agentTasks, httpAuth, logger: deps.logger }),
        );

        // Who sends a webhook has no token; each is proved by its signature.
        httpRouter.addAuthPolicy({ path: '/hooks', allow: 'unauthenticated' });
        onHint = hint => agentTasks.onHint(hint);
        onEvent = event => agentTasks.inbox.publish(event);
        lifecycle.addStartupHook(() => agentTasks.start());
        lifecycle.addShutdownHook(() => agentTasks.stop());
      },
    });
  },
});
