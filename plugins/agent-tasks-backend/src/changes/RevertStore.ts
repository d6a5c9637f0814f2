import { RepositoryRef } from '@agent-tasks/plugin-agent-tasks-node';
import { Transaction } from '../database/connect';

/** A merged change of which it matters whether it is reverted. */
export interface WatchedChange {
  id: string;
  globalId: string;
  number?: number;
  repository: RepositoryRef;
  taskId: string;
  campaignId: string;
  team: string;
}

/** Which merged changes were taken back. */
export interface RevertStore {
  /**
   * Takes merged changes of a code host whose campaign has a rule for reverts and is not cancelled, and of which no revert
   * is known. Those come first that were looked at the longest time ago; they count as looked at now.
   *
   * @param options.mergedAfter - older ones are not looked at any more
   * @param options.lookedBefore - those that were looked at later are left out
   */
  claim(options: {
    codeHost: string;
    now: Date;
    mergedAfter: Date;
    lookedBefore: Date;
    limit: number;
  }): Promise<WatchedChange[]>;

  /** Writes down that a change was reverted. False: that was known. */
  markReverted(
    tx: Transaction,
    options: { id: string; at: Date; url: string },
  ): Promise<boolean>;
}
