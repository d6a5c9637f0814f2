import { forbidden } from '../auth/Authenticator';
import { Principal } from '../auth/Principal';
import { SimulatorContext } from '../SimulatorContext';
import { GraphqlRefusal } from './GraphqlRefusal';
import { GraphqlSession } from './GraphqlSession';
import { QueryCost } from './queryLimits';

/** The session of a principal for one request. */
export function createSession(options: {
  context: SimulatorContext;
  principal: Principal;
  cost: QueryCost;
}): GraphqlSession {
  const { context, principal, cost } = options;
  const { auth, counters, limits, world } = context;
  const session: GraphqlSession = {
    context,
    account: principal.account,
    cost,
    sees: repository => auth.sees({ principal, repository }),
    require: ({ repository, permissions }) => {
      for (const [permission, level] of Object.entries(permissions)) {
        if (!auth.canAccess({ principal, repository, permission, level })) {
          counters.refused({
            route: 'POST /graphql',
            repository: world.repositories.fullName(repository),
            permission: `${permission}=${level}`,
            status: 403,
          });
          throw new GraphqlRefusal('FORBIDDEN', forbidden(principal).message);
        }
      }
    },
    budget: () => {
      const { reset, ...budget } = limits.status({
        principal,
        resource: 'graphql',
      });
      return { ...budget, resetAt: reset * 1000 };
    },
  };
  return session;
}
