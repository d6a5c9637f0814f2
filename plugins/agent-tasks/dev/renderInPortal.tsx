import {
  AGENT_TASKS_SIGNAL_CHANNEL,
  type AgentTasksSignal,
} from '@agent-tasks/plugin-agent-tasks-common';
import type { Entity } from '@backstage/catalog-model';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { signalApiRef } from '@backstage/plugin-signals-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { act } from '@testing-library/react';
import type { ReactElement } from 'react';
import { useLocation } from 'react-router-dom';
import { agentTasksApiRef } from '../src/api';
import { rootRouteRef } from '../src/routes';
import { exampleEntities } from './exampleData';
import { FakeAgentTasksApi } from './FakeAgentTasksApi';
import { FakeSignalApi } from './FakeSignalApi';

/** Sooner than the next poll, so that what appears within this time came by a signal. */
export const bySignal = { timeout: 3_500 };

/** A portal in memory with the fakes in it. */
export interface TestPortal {
  api: FakeAgentTasksApi;
  signals: FakeSignalApi;
  /** Tells that tasks changed, as the backend does. */
  tell: (...taskIds: string[]) => Promise<void>;
  /** The address that the portal shows now, with its query. */
  address: () => string;
}

/** The APIs that pages and cards need, for either frontend system. */
export function createPortalApis(options: {
  api: FakeAgentTasksApi;
  mayLaunch?: boolean;
  /** What the catalog holds; by default a few examples. */
  entities?: Entity[];
}) {
  return [
    [agentTasksApiRef, options.api],
    [
      catalogApiRef,
      catalogApiMock({ entities: options.entities ?? exampleEntities }),
    ],
    [
      permissionApiRef,
      mockApis.permission({
        authorize:
          options.mayLaunch === false
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
      }),
    ],
  ] as const;
}

/** Renders a part of the plugin in an app of the classic frontend system. */
export async function renderInPortal(
  element: ReactElement,
  options: {
    api?: FakeAgentTasksApi;
    path?: string;
    mayLaunch?: boolean;
    entities?: Entity[];
  } = {},
): Promise<TestPortal> {
  const api = options.api ?? FakeAgentTasksApi.create();
  const signals = FakeSignalApi.create();
  let address = '';
  const Address = () => {
    const { pathname, search } = useLocation();
    address = `${pathname}${search}`;
    return null;
  };

  await renderInTestApp(
    <TestApiProvider
      apis={[...createPortalApis({ ...options, api }), [signalApiRef, signals]]}
    >
      <Address />
      {element}
    </TestApiProvider>,
    {
      routeEntries: [options.path ?? '/'],
      mountedRoutes: {
        '/agent-tasks': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );

  return {
    api,
    signals,
    tell: async (...taskIds) => {
      await act(async () => {
        signals.publish(AGENT_TASKS_SIGNAL_CHANNEL, {
          taskIds,
        } satisfies AgentTasksSignal);
      });
    },
    address: () => address,
  };
}
