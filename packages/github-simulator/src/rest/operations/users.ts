import { presentAuthenticatedUser } from '../present/accounts';
import { RestOperation } from '../RestOperation';

/** The caller itself. */
export const userOperations: RestOperation[] = [
  {
    method: 'GET',
    path: '/user',
    access: 'user',
    handle: ({ context, principal }) => ({
      status: 200,
      body: presentAuthenticatedUser(context, principal.account),
    }),
  },
  {
    method: 'GET',
    path: '/rate_limit',
    access: 'any',
    handle({ context, principal }) {
      const status = (resource: 'core' | 'graphql') =>
        context.limits.status({ principal, resource });
      const core = status('core');
      return {
        status: 200,
        body: {
          resources: {
            core,
            graphql: status('graphql'),
            search: { limit: 30, remaining: 30, used: 0, reset: core.reset },
          },
          rate: core,
        },
      };
    },
  },
];
