import { Transaction } from '../database/connect';
import { ThrottleState } from '../policy/throttleState';

/** An account at a provider. */
export interface AccountRef {
  /** The provider's id. */
  provider: string;
  account: string;
}

/** How fast accounts may start tasks, shared by all replicas. */
export interface ThrottleStore {
  /** What is known of an account, which nobody else changes until the transaction ends. */
  lock(tx: Transaction, account: AccountRef, at: Date): Promise<ThrottleState>;

  /** Writes down what is known now. To be called with the lock. */
  save(
    tx: Transaction,
    options: { account: AccountRef; state: ThrottleState; at: Date },
  ): Promise<void>;

  /** What is known of an account, without waiting for whoever changes it. */
  read(account: AccountRef, tx?: Transaction): Promise<ThrottleState>;

  /** All accounts of which something is known. */
  list(tx?: Transaction): Promise<(AccountRef & { state: ThrottleState })[]>;

  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
}
