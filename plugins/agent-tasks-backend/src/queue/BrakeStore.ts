import { Transaction } from '../database/connect';
import { BrakeTarget } from '../policy/brakes';

/** A brake as it is stored. */
export interface StoredBrake extends BrakeTarget {
  id: string;
  reason: string;
  pulledBy: string;
  pulledAt: Date;
  /** When it comes off by itself. */
  until?: Date;
  releasedBy?: string;
  releasedAt?: Date;
}

/** The brakes. */
export interface BrakeStore {
  insert(tx: Transaction, brake: StoredBrake): Promise<void>;

  get(id: string): Promise<StoredBrake | undefined>;

  /** Those that are on, the newest first. */
  listActive(now: Date, tx?: Transaction): Promise<StoredBrake[]>;

  /** False: it was off already. */
  release(
    tx: Transaction,
    options: { id: string; by: string; at: Date },
  ): Promise<boolean>;
}
