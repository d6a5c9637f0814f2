import { RepositoryRef } from '@agent-tasks/plugin-agent-tasks-node';
import { Transaction } from '../database/connect';

/** A group, where it stands in the catalog. */
export interface TeamGroup {
  /** Entity ref. */
  ref: string;
  title?: string;
  /** Entity refs of the groups directly above it. */
  parents: readonly string[];
  /** All groups above it, the nearest first. */
  ancestors: readonly string[];
  /** Whether tasks of its own are or were there. */
  hasTasks: boolean;
  /** The catalog has it no more; the rest is as it was last. */
  gone: boolean;
}

/** A repository, and the team of the newest task in it. */
export interface TeamRepository {
  repository: RepositoryRef;
  team: string;
}

/** The groups that have tasks or limits and those above them, and the repositories that they work in. */
export interface TeamGroupStore {
  list(tx?: Transaction): Promise<TeamGroup[]>;

  /** Adds groups, or replaces what is known of them; one that has tasks keeps that. */
  put(tx: Transaction, groups: readonly TeamGroup[]): Promise<void>;

  /** Forgets groups that have no tasks. */
  remove(tx: Transaction, refs: readonly string[]): Promise<void>;

  /**
   * Notes the teams and repositories of the tasks that were made since the last time.
   *
   * @param options.after - what an earlier call returned; without it all tasks are looked at
   * @returns what was noted, to be passed the next time, and the teams of these tasks
   */
  noteTasks(options: {
    after?: string;
  }): Promise<{ seen?: string; teams: string[] }>;

  /** Repositories on a host in web addresses, such as `github.com`. */
  listRepositories(host: string): Promise<TeamRepository[]>;
}
