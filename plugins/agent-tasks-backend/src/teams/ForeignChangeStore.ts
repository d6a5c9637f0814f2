import { Transaction } from '../database/connect';

/** A change that an agent opened, and no task of ours. */
export interface ForeignChange {
  /** Id of the code host. */
  codeHost: string;
  /** The host's own id. */
  globalId: string;
  /** `host/owner/name` */
  repository: string;
  /** The team whose budget it counts in. */
  team: string;
  /** Login of the agent. */
  author: string;
  title: string;
  url: string;
  /** Of its review, estimated. */
  minutes: number;
  openedAt: Date;
}

/** An agent of ours that works in a repository and whose change is not known yet. */
export interface ExpectedChange {
  /** `host/owner/name` */
  repository: string;
  /** The branch, where it is known. */
  branch?: string;
  /** When its start was asked for. */
  since: Date;
}

/** Changes that agents opened elsewhere in the repositories of teams. Those of our own tasks are none of them. */
export interface ForeignChangeStore {
  listOpen(options: {
    teams?: readonly string[];
    codeHost?: string;
    limit?: number;
    tx?: Transaction;
  }): Promise<ForeignChange[]>;

  /** How much they take of limits, by keys as in `limitKey`: `changes team X`, `changes repository Y`, `minutes team X`. */
  count(tx?: Transaction): Promise<Map<string, number>>;

  /** Adds changes, or replaces what is known of them; one that was closed is open again. */
  put(
    tx: Transaction,
    changes: readonly ForeignChange[],
    at: Date,
  ): Promise<void>;

  close(
    tx: Transaction,
    changes: readonly Pick<ForeignChange, 'codeHost' | 'globalId'>[],
    at: Date,
  ): Promise<void>;

  /** Forgets those that were closed before. */
  removeClosed(tx: Transaction, before: Date): Promise<void>;

  /** Of some changes of a host, those that tasks of ours produced. */
  findOwn(options: {
    codeHost: string;
    globalIds: readonly string[];
  }): Promise<Set<string>>;

  /** What our agents work at, and will open a change for. */
  listExpected(): Promise<ExpectedChange[]>;
}
