import { Account, Repository } from '../state';
import { SimulatorContext } from '../SimulatorContext';
import { QueryCost } from './queryLimits';

/** One request: who makes it, and what they may. The nodes ask it, so that no field forgets to. */
export interface GraphqlSession {
  context: SimulatorContext;
  /** The account that acts. */
  account: Account;
  cost: QueryCost;
  sees(repository: Repository): boolean;
  /** @throws GraphqlRefusal FORBIDDEN, in GitHub's words, unless all are granted */
  require(options: {
    repository: Repository;
    permissions: Record<string, 'read' | 'write'>;
  }): void;
  /** The state of the hourly budget, with this request in it. */
  budget(): {
    limit: number;
    remaining: number;
    used: number;
    /** Milliseconds since 1970. */
    resetAt: number;
  };
}
