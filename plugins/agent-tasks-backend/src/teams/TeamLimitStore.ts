import { Transaction } from '../database/connect';
import { StoredTeamLimits } from './TeamSettings';

/** What was set for groups. */
export interface TeamLimitStore {
  get(team: string, tx?: Transaction): Promise<StoredTeamLimits | undefined>;

  list(tx?: Transaction): Promise<StoredTeamLimits[]>;

  /**
   * Stores what was set, if `version` follows the stored one. False: somebody else was faster, and nothing was written.
   */
  save(tx: Transaction, limits: StoredTeamLimits): Promise<boolean>;
}

/** Counts the changes of everything that limits are made of, for all replicas. */
export interface LimitVersionStore {
  read(tx?: Transaction): Promise<number>;

  /** To be called in the transaction of the change. */
  increase(tx: Transaction): Promise<void>;
}
