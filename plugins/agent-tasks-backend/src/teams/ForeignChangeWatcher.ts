import {
  CodeHost,
  HostAgentChange,
  stringifyRepositoryRef,
} from '@agent-tasks/plugin-agent-tasks-node';
import { Transaction } from '../database/connect';
import { Clock } from '../loops/Clock';
import { RoundStore } from '../loops/RoundStore';
import { Wakeups } from '../loops/Wakeups';
import { Remotes } from '../remotes/Remotes';
import { estimateReviewMinutes, mayBeExpected } from './foreignChanges';
import { ForeignChange, ForeignChangeStore } from './ForeignChangeStore';
import { TeamGroupStore } from './TeamGroupStore';
import { LimitVersionStore } from './TeamLimitStore';

/** How often hosts are asked while nobody hints at a change. */
const everySeconds = 300;

/** How long the requests of a round may take, and its lease. */
const roundSeconds = 60;

/** How long after a hint they are asked: one list serves all hints until then. */
const hintSeconds = 60;

/** After so long a closed change is forgotten. */
const keptMs = 90 * 86_400_000;

/** The name of the round that asks a host. */
function foreignRound(codeHostId: string): string {
  return `foreign:${codeHostId}`;
}

/**
 * Finds the changes that agents opened elsewhere in the repositories of teams: reviewers do not care which way a change
 * came, so that they count against the same budget.
 */
export class ForeignChangeWatcher {
  readonly #options: ForeignChangeWatcherOptions;

  private constructor(options: ForeignChangeWatcherOptions) {
    this.#options = options;
  }

  static create(options: ForeignChangeWatcherOptions): ForeignChangeWatcher {
    return new ForeignChangeWatcher(options);
  }

  async round(signal: AbortSignal): Promise<void> {
    for (const codeHost of this.#options.remotes.codeHosts) {
      if (codeHost.listAgentChanges) {
        await this.#roundOf(codeHost, signal);
      }
    }
  }

  /** Has hosts asked soon: something happened to a change, and if it is none of ours it may be one that counts. */
  async notice(globalId: string): Promise<void> {
    const { foreign, remotes, rounds, clock } = this.#options;
    for (const codeHost of remotes.codeHosts) {
      const own = await foreign.findOwn({
        codeHost: codeHost.id,
        globalIds: [globalId],
      });
      if (!own.size) {
        await rounds.makeDue(
          foreignRound(codeHost.id),
          new Date(clock.now().getTime() + hintSeconds * 1000),
        );
      }
    }
  }

  async #roundOf(codeHost: CodeHost, signal: AbortSignal): Promise<void> {
    const { rounds, groups, remotes, clock } = this.#options;
    const now = clock.now();
    const round = await rounds.claim({
      name: foreignRound(codeHost.id),
      now,
      leaseUntil: new Date(now.getTime() + roundSeconds * 1000),
    });
    if (!round) {
      return;
    }
    try {
      const repositories = await groups.listRepositories(codeHost.host);
      if (!repositories.length) {
        return;
      }
      let seen: Map<string, HostAgentChange[]>;
      try {
        seen = await codeHost.listAgentChanges!({
          repositories: repositories.map(one => one.repository),
          signal: AbortSignal.any([
            AbortSignal.timeout(roundSeconds * 1000),
            signal,
          ]),
        });
      } catch (error) {
        if (!signal.aborted) {
          await remotes.failed('code-host', codeHost.id, error, {
            refusalCounts: false,
          });
        }
        return;
      }
      const teamOf = new Map(
        repositories.map(one => [
          stringifyRepositoryRef(one.repository),
          one.team,
        ]),
      );
      await this.#apply({ codeHost, seen, teamOf, at: now });
    } finally {
      await rounds.finish({
        round,
        dueAt: new Date(now.getTime() + everySeconds * 1000),
      });
    }
  }

  /** Of repositories that could not be read, what was known stays. */
  async #apply(options: {
    codeHost: CodeHost;
    seen: ReadonlyMap<string, HostAgentChange[]>;
    teamOf: ReadonlyMap<string, string>;
    at: Date;
  }): Promise<void> {
    const { codeHost, seen, teamOf, at } = options;
    const { foreign, version, tasks, wakeups } = this.#options;
    const own = await foreign.findOwn({
      codeHost: codeHost.id,
      globalIds: [...seen.values()].flat().map(change => change.globalId),
    });
    const expected = await foreign.listExpected();
    const stored = new Map(
      (await foreign.listOpen({ codeHost: codeHost.id })).map(change => [
        change.globalId,
        change,
      ]),
    );
    const open = new Map<string, ForeignChange>();
    for (const [repository, changes] of seen) {
      const ofRepository = expected.filter(
        one => one.repository === repository,
      );
      for (const change of changes) {
        const isOurs =
          own.has(change.globalId) ||
          (!stored.has(change.globalId) && mayBeExpected(change, ofRepository));
        const team = teamOf.get(repository);
        if (!isOurs && team !== undefined) {
          open.set(change.globalId, {
            codeHost: codeHost.id,
            globalId: change.globalId,
            repository,
            team,
            author: change.author,
            title: change.title,
            url: change.url,
            minutes: estimateReviewMinutes(change),
            openedAt: new Date(change.createdAt),
          });
        }
      }
    }
    const changed = [...open.values()].filter(
      change => !isSame(change, stored.get(change.globalId)),
    );
    const closed = [...stored.values()].filter(
      change => seen.has(change.repository) && !open.has(change.globalId),
    );
    await tasks.transaction(async tx => {
      await foreign.put(tx, changed, at);
      await foreign.close(tx, closed, at);
      await foreign.removeClosed(tx, new Date(at.getTime() - keptMs));
      if (changed.length || closed.length) {
        await version.increase(tx);
      }
    });
    if (closed.length) {
      wakeups.wake('admission');
    }
  }
}

function isSame(a: ForeignChange, b: ForeignChange | undefined): boolean {
  return (
    b !== undefined &&
    a.repository === b.repository &&
    a.team === b.team &&
    a.author === b.author &&
    a.title === b.title &&
    a.url === b.url &&
    a.minutes === b.minutes
  );
}

export interface ForeignChangeWatcherOptions {
  foreign: ForeignChangeStore;
  groups: TeamGroupStore;
  version: LimitVersionStore;
  tasks: {
    transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  };
  remotes: Remotes;
  rounds: RoundStore;
  clock: Clock;
  wakeups: Wakeups;
}
