import agentTasks from '@agent-tasks/plugin-agent-tasks-backend';
import agentTasksGithub from '@agent-tasks/plugin-agent-tasks-backend-module-github';
import {
  AgentTasksApi,
  AgentTasksClient,
} from '@agent-tasks/plugin-agent-tasks-common';
import catalogAgentTasks from '@agent-tasks/plugin-catalog-backend-module-agent-tasks';
import { auditorServiceFactory } from '@backstage/backend-defaults/auditor';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { databaseServiceFactory } from '@backstage/backend-defaults/database';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import { permissionsServiceFactory } from '@backstage/backend-defaults/permissions';
import { schedulerServiceFactory } from '@backstage/backend-defaults/scheduler';
import { userInfoServiceFactory } from '@backstage/backend-defaults/userInfo';
import {
  BackendFeature,
  RootLoggerService,
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import auth from '@backstage/plugin-auth-backend';
import catalog from '@backstage/plugin-catalog-backend';
import events from '@backstage/plugin-events-backend';
import eventsGithub from '@backstage/plugin-events-backend-module-github';
import { eventsServiceFactory } from '@backstage/plugin-events-node';
import permission from '@backstage/plugin-permission-backend';
import signals from '@backstage/plugin-signals-backend';
import { JsonObject } from '@backstage/types';
import permissionRoles from '../src/permissions';
import personas from '../src/personas';
import {
  DemoCredentials,
  readDemoConfig,
  readDemoEntities,
} from './demoOrganization';
import { eventually } from './eventually';

/** The portal as a test uses it. */
export interface Portal {
  /** Without a slash at the end. */
  url: string;
  /** Signs in as a user of the demo organisation. */
  signIn(persona: string): Promise<{ token: string; api: AgentTasksApi }>;
  stop(): Promise<void>;
}

export interface PortalOptions {
  credentials: DemoCredentials;
  /** Where GitHub's REST API is, or will be. */
  apiBaseUrl: string;
  /** Settings below `agentTasks`, over those that make a test quick. */
  agentTasks?: JsonObject;
  /** Settings below `backend`, over SQLite in memory. */
  backend?: JsonObject;
  /** More files of the catalog, by their absolute paths, with users or templates of the scaffolder. */
  catalogFiles?: string[];
  /** In place of the permission policy of the demo. */
  policy?: BackendFeature;
  /** What the portal has beside its own plugins. */
  features?: BackendFeature[];
  logger?: RootLoggerService;
}

/**
 * The backend of `src/index.ts` in this process, on a free port: its plugins, its permission policy, the services that
 * it runs on, and the demo organisation. Left out is what serves the app. It is ready when the catalog holds everything
 * and the templates can be launched.
 */
export async function startPortal(options: PortalOptions): Promise<Portal> {
  const { logger } = options;
  const backend = await startTestBackend({
    features: [
      mockServices.rootConfig.factory({ data: portalConfig(options) }),
      ...(logger
        ? [
            createServiceFactory({
              service: coreServices.rootLogger,
              deps: {},
              factory: () => logger,
            }),
          ]
        : []),
      auditorServiceFactory,
      authServiceFactory,
      databaseServiceFactory,
      eventsServiceFactory,
      httpAuthServiceFactory,
      permissionsServiceFactory,
      schedulerServiceFactory,
      userInfoServiceFactory,
      auth,
      personas,
      catalog,
      catalogAgentTasks,
      permission,
      options.policy ?? permissionRoles,
      events,
      eventsGithub,
      signals,
      agentTasks,
      agentTasksGithub,
      ...(options.features ?? []),
    ],
  });
  const url = `http://localhost:${backend.server.port()}`;
  const portal: Portal = {
    url,
    signIn: persona => signIn({ url, persona }),
    stop: () => backend.stop(),
  };
  await untilReady(portal);
  return portal;
}

function portalConfig(options: PortalOptions): JsonObject {
  const { credentials, apiBaseUrl } = options;
  const { auth: authConfig, permission: rules, ...demo } = readDemoConfig();
  const github = {
    apiBaseUrl,
    starter: { token: credentials.starterToken },
    app: { appId: 1, privateKey: credentials.privateKey },
  };
  return {
    app: { baseUrl: 'http://localhost:3000' },
    auth: authConfig,
    permission: rules,
    catalog: {
      ...demo.catalog,
      locations: [
        ...(demo.catalog.locations as JsonObject[]),
        ...(options.catalogFiles ?? []).map(target => ({
          type: 'file',
          target,
          rules: [{ allow: ['User', 'Template'] }],
        })),
      ],
    },
    backend: {
      baseUrl: 'http://localhost:7007',
      database: { client: 'better-sqlite3', connection: ':memory:' },
      ...options.backend,
    },
    events: {
      // Plugins wait for events in requests that stay open for so long, and the end of the backend waits for them.
      notifyTimeoutMs: 500,
      modules: { github: { webhookSecret: credentials.webhookSecret } },
    },
    agentTasks: {
      starts: { requestTimeoutSeconds: 2, settleSeconds: 2 },
      watch: { tasksSeconds: 1, changesSeconds: 1 },
      ...options.agentTasks,
      github,
    },
  };
}

async function signIn(options: {
  url: string;
  persona: string;
}): Promise<{ token: string; api: AgentTasksApi }> {
  const { url, persona } = options;
  const response = await fetch(`${url}/api/auth/persona/refresh`, {
    headers: { 'x-agent-tasks-persona': persona },
  });
  if (!response.ok) {
    throw new Error(
      `${persona} could not sign in (${response.status}): ${await response.text()}`,
    );
  }
  const session = await response.json();
  const { token } = session.backstageIdentity;
  return { token, api: createClient({ url, token }) };
}

/** The API of Agent Tasks as the bearer of a token. */
export function createClient(options: {
  url: string;
  token: string;
}): AgentTasksApi {
  const { url, token } = options;
  return AgentTasksClient.create({
    discoveryApi: {
      getBaseUrl: async pluginId => `${url}/api/${pluginId}`,
    },
    fetchApi: {
      fetch: (input, init) => {
        const headers = new Headers(init?.headers);
        headers.set('authorization', `Bearer ${token}`);
        return fetch(input, { ...init, headers });
      },
    },
  });
}

async function untilReady(portal: Portal): Promise<void> {
  const demo = readDemoEntities();
  const templates = demo.filter(({ kind }) => kind === 'AgentTaskTemplate');
  await eventually(
    'the catalog holds the demo organisation, and its templates can be launched',
    async () => {
      const { token, api } = await portal.signIn('ada');
      const response = await fetch(
        `${portal.url}/api/catalog/entities/by-query?limit=0`,
        { headers: { authorization: `Bearer ${token}` } },
      );
      const { totalItems } = await response.json();
      const { items } = await api.listTemplates();
      // Beside them there is the location itself.
      return totalItems > demo.length && items.length === templates.length;
    },
    { seconds: 60 },
  );
}
