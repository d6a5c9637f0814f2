import { together } from '../database/bulk';
import { Transaction } from '../database/connect';
import { newId } from '../database/ids';
import { Clock } from '../loops/Clock';
import { Wakeups } from '../loops/Wakeups';
import { admit, AdmissionCandidate, LimitState } from '../policy/admit';
import { BrakeTarget } from '../policy/brakes';
import {
  LimitCounts,
  LimitSettings,
  maxOf,
  shareOf,
  usedOf,
} from '../policy/limits';
import {
  Lane,
  limitKey,
  parseLimitKey,
  portalKey,
  Take,
} from '../policy/slots';
import { reviewTakesOf, takesOf } from '../policy/takes';
import { Remotes } from '../remotes/Remotes';
import { AttemptStore } from '../runs/AttemptStore';
import { DirectStarts } from '../runs/Starter';
import { BrakeStore, StoredBrake } from './BrakeStore';
import { holderOf } from './DatabaseTaskBatch';
import { LimitReader } from './LimitReader';
import { OpenGates, QueueStore, TeamWish } from './QueueStore';
import { TaskFeed } from './TaskFeed';
import { TaskBatch, TaskRecord, TaskStore } from './TaskStore';

/** How many tasks one round admits at most: the transaction stays short. */
const admittedPerRound = 2_000;

/** How often a round looks for further tasks of teams whose first ones turned out to be held. */
const looksPerRound = 4;

/** Changes that wait for a review slot and that one round looks at. */
const fallenPerRound = 200;

/** What a round begins with. */
interface Round {
  at: Date;
  settings: LimitSettings;
  counts: LimitCounts;
  lastAdmissions: ReadonlyMap<string, number>;
  gates: OpenGates;
}

/** A team with queued tasks. */
interface WaitingTeam {
  team: string;
  queued: number;
  lanes: Lane[];
  /** The most that its weight can have it get of what is free; larger shares come in a further round. */
  most: number;
  /** The queued tasks that were read so far. */
  tasks: TaskRecord[];
  /** All that could be admitted now has been read. */
  exhausted: boolean;
}

/**
 * Lets queued tasks take the free slots. The slots are taken, the intents to start are written and the events are
 * appended in one transaction, under one lock.
 *
 * @remarks
 *
 * A round reads counters and the first tasks of the teams that it would give slots to, never the whole queue. It first
 * decides as if each team's tasks were held by nothing but the limits of the team, reads as many as that gives the team,
 * and decides again with those.
 */
export class Admission {
  readonly #options: AdmissionOptions;
  /** The brakes on templates and campaigns that the queue's rows show. */
  #braked?: string;

  private constructor(options: AdmissionOptions) {
    this.#options = options;
  }

  static create(options: AdmissionOptions): Admission {
    return new Admission(options);
  }

  /**
   * @param options.starts - starts what is admitted at once; without it the loop of starts does
   */
  async round(options?: {
    starts: Promise<DirectStarts>;
    signal: AbortSignal;
  }): Promise<void> {
    const { tasks, brakes, queue, remotes, clock, feed, wakeups } =
      this.#options;
    // Beside each other: a freed slot waits for all of them.
    const [active, startable, starts] = await Promise.all([
      brakes.listActive(clock.now()),
      remotes.startableProviders(),
      options?.starts,
    ]);
    await this.#applyBrakes(active);
    const providers = startable.filter(
      provider => !isBraked(active, 'provider', provider),
    );
    const { changed, more } = await tasks.transaction(async tx => {
      if (!(await queue.lock(tx))) {
        return { changed: [], more: false };
      }
      // Read under the lock: a brake that was pulled before holds.
      const at = clock.now();
      const on = await brakes.listActive(at, tx);
      const round = await this.#begin(tx, at, providers);
      return this.#admit(tx, round, on, starts);
    });
    if (changed.length) {
      if (options) {
        await starts?.send(options.signal);
      }
      feed.publish(changed);
      wakeups.wake('starts', 'changes');
    }
    if (more) {
      wakeups.wakeHere('admission');
    }
  }

  /** Has the queue's rows show the brakes that hold single tasks of a line. */
  async #applyBrakes(active: StoredBrake[]): Promise<void> {
    const single = active.filter(
      ({ scope }) => scope === 'template' || scope === 'campaign',
    );
    const braked = single
      .map(({ id }) => id)
      .sort()
      .join(' ');
    if (braked !== this.#braked) {
      await this.#options.queue.applyBrakes(single);
      this.#braked = braked;
    }
  }

  async #begin(tx: Transaction, at: Date, providers: string[]): Promise<Round> {
    const { queue, limits } = this.#options;
    const { settings, foreign, starts } = await limits.read(at, tx);
    const read = await queue.readCounts(tx, { at, repositories: [] });
    const counts: LimitCounts = {
      known: read.known,
      taken: new Map([...read.taken, ...starts]),
      foreign,
    };
    const closed = (key: string) => roomOf(key, counts, settings) <= 0;
    const accounts = new Set<string>();
    for (const key of [...counts.taken.keys(), ...starts.keys()]) {
      const { scope, subject } = parseLimitKey(key);
      if (scope === 'account' && closed(key)) {
        accounts.add(subject);
      }
    }
    const foreignRepositories = [...foreign.keys()].flatMap(key => {
      const { scope, subject } = parseLimitKey(key);
      return scope === 'repository' ? [subject] : [];
    });
    const own = foreignRepositories.length
      ? await queue.readCounts(tx, { at, repositories: foreignRepositories })
      : read;
    return {
      at,
      settings,
      counts,
      lastAdmissions: read.lastAdmissions,
      gates: {
        providers: providers.filter(
          subject =>
            !closed(limitKey({ kind: 'running', scope: 'provider', subject })),
        ),
        closedAccounts: [...accounts],
        closedRepositories: foreignRepositories.filter(subject => {
          const key = limitKey({
            kind: 'changes',
            scope: 'repository',
            subject,
          });
          return roomOf(key, { ...counts, taken: own.taken }, settings) <= 0;
        }),
        repository: {
          running: settings.repository?.running ?? admittedPerRound,
          changes: settings.repository?.openChanges ?? admittedPerRound,
          auto: settings.repository?.autoChanges ?? admittedPerRound,
        },
      },
    };
  }

  async #admit(
    tx: Transaction,
    round: Round,
    brakes: BrakeTarget[],
    starts?: DirectStarts,
  ): Promise<{ changed: string[]; more: boolean }> {
    const { queue, tasks } = this.#options;
    const { at } = round;
    const fallen = (
      await queue.awaitingReview(tx, {
        limit: fallenPerRound,
        without: teamsWithoutReviews(round),
      })
    ).filter(
      task =>
        !isBraked(brakes, 'portal') && !isBraked(brakes, 'team', task.team),
    );
    const teams = waitingTeams(round, brakes);
    if (!teams.length && !fallen.length) {
      return { changed: [], more: false };
    }
    const { granted, chosen, held, more } = await this.#choose(
      tx,
      round,
      teams,
      fallen,
      brakes,
    );
    const batch = tasks.adopt(tx, [...granted, ...chosen]);
    for (const task of granted) {
      batch.grantReview(task.id, at);
    }
    await together(tx, () =>
      this.#write({ tx, round, batch, chosen, held, starts, granted }),
    );
    return { changed: [...granted, ...chosen].map(task => task.id), more };
  }

  /** Writes down what was decided. */
  async #write(options: {
    tx: Transaction;
    round: Round;
    batch: TaskBatch;
    chosen: TaskRecord[];
    granted: TaskRecord[];
    held: number;
    starts?: DirectStarts;
  }): Promise<void> {
    const { tx, round, batch, chosen, granted, held, starts } = options;
    const { queue, attempts } = this.#options;
    const { at, settings } = round;
    const started =
      (await starts?.insert(tx, chosen, at)) ??
      new Map<string, { title: string }>();
    if (!starts) {
      const continuations = await attempts.continuationsOf(tx, chosen);
      await attempts.insertIntents(
        tx,
        chosen.map(task => ({
          id: newId('attempt'),
          taskId: task.id,
          number: task.attemptsBefore + 1,
          provider: task.provider,
          continuation: continuations.get(task.id),
        })),
        at,
      );
    }
    const portal = settings.portal.running;
    let used = usedOf(portalKey, round.counts, settings) ?? 0;
    for (const task of chosen) {
      used += 1;
      batch.go({
        taskId: task.id,
        to: 'starting',
        at,
        event: {
          type: 'task.admitted',
          actor: 'system',
          message: `Admitted: it holds run slot ${used} of ${portal}.${
            started.has(task.id)
              ? ` Asked ${started.get(task.id)!.title} to start.`
              : ''
          }`,
          details: { limit: 'portal-running', used, max: portal },
        },
      });
    }
    await queue.countDecisions(tx, {
      admitted: chosen.length + granted.length,
      held,
    });
    await batch.flush();
  }

  /** Reads and decides until what is chosen is made of tasks that were read. */
  async #choose(
    tx: Transaction,
    round: Round,
    teams: WaitingTeam[],
    fallen: TaskRecord[],
    brakes: BrakeTarget[],
  ): Promise<{
    granted: TaskRecord[];
    chosen: TaskRecord[];
    held: number;
    more: boolean;
  }> {
    const { queue } = this.#options;
    const { settings, gates, at } = round;
    const waiting = new Map(teams.map(team => [team.team, team]));
    const records = new Map(fallen.map(task => [task.id, task]));
    let counts = round.counts;
    for (let look = 1; ; look += 1) {
      const repositories = [...records.values()].map(
        task => holderOf(task).repository,
      );
      if (repositories.length) {
        const read = await queue.readCounts(tx, {
          at,
          repositories: [...new Set(repositories)],
        });
        counts = {
          ...counts,
          taken: new Map([...round.counts.taken, ...read.taken]),
        };
      }
      const decision = decide({
        counts,
        settings,
        teams,
        fallen,
        portalBraked: isBraked(brakes, 'portal'),
        lastAdmissions: round.lastAdmissions,
        at,
      });
      const missing = new Map<string, number>();
      for (const { id, team } of decision.admitted) {
        if (!records.has(id)) {
          missing.set(team, (missing.get(team) ?? 0) + 1);
        }
      }
      if (!missing.size || look === looksPerRound) {
        const admitted = decision.admitted.flatMap(
          ({ id }) => records.get(id) ?? [],
        );
        const looked = [...records.values()].length;
        return {
          granted: admitted.filter(task => task.awaitsReview),
          chosen: admitted.filter(task => !task.awaitsReview),
          // Of a team of which no task was read, the round has decided that its first one waits.
          held:
            looked -
            admitted.length +
            teams.filter(team => !team.tasks.length).length,
          more:
            admitted.length > 0 &&
            (missing.size > 0 ||
              decision.admitted.length >= admittedPerRound ||
              teams.some(team => !team.exhausted && team.queued > team.most) ||
              decision.held.some(one => records.has(one.id))),
        };
      }
      const wishes = [...missing].map(([team, count]): TeamWish => {
        const { tasks, lanes } = waiting.get(team)!;
        return { team, lanes, wanted: tasks.length + count };
      });
      const found = await queue.nextOf(tx, { wishes, gates });
      const byTeam = new Map<string, TaskRecord[]>();
      for (const task of found) {
        const held = brakes.some(
          brake =>
            (brake.scope === 'template' && brake.subject === task.template) ||
            (brake.scope === 'campaign' && brake.subject === task.campaignId),
        );
        if (!held) {
          byTeam.set(task.team, [...(byTeam.get(task.team) ?? []), task]);
          records.set(task.id, task);
        }
      }
      for (const { team, wanted } of wishes) {
        const entry = waiting.get(team)!;
        const read = byTeam.get(team) ?? [];
        // Lines are of unequal length: asked for more, a team may have them behind those that it gave first.
        entry.exhausted =
          read.length < wanted && read.length <= entry.tasks.length;
        entry.tasks = read;
      }
    }
  }
}

/** Decides over the tasks that were read and, of teams that have more, as many as could be. */
function decide(options: {
  counts: LimitCounts;
  settings: LimitSettings;
  teams: WaitingTeam[];
  fallen: TaskRecord[];
  portalBraked: boolean;
  lastAdmissions: ReadonlyMap<string, number>;
  at: Date;
}) {
  const { counts, settings, teams, fallen, portalBraked, lastAdmissions, at } =
    options;
  const limits = new Map<string, LimitState>();
  // Tasks that are alike share the list of what they take.
  const known = new Set<readonly Take[]>();
  const candidate = (
    id: string,
    team: string,
    takes: readonly Take[],
  ): AdmissionCandidate => {
    if (!known.has(takes)) {
      known.add(takes);
      for (const { key } of takes) {
        if (!limits.has(key)) {
          limits.set(key, {
            max: maxOf(key, settings) ?? Infinity,
            used: usedOf(key, counts, settings),
          });
        }
      }
    }
    return { id, team, takes };
  };
  const candidates = fallen.map(task =>
    candidate(task.id, task.team, reviewTakesOf(holderOf(task), settings)),
  );
  if (!portalBraked) {
    for (const { team, queued, lanes, most, tasks, exhausted } of teams) {
      for (const task of tasks) {
        candidates.push(
          candidate(task.id, team, takesOf(holderOf(task), settings)),
        );
      }
      if (!exhausted) {
        const takes = teamTakes(team, lanes, settings);
        const unread = Math.min(queued, most) - tasks.length;
        for (let number = 0; number < unread; number += 1) {
          candidates.push(candidate(`${team} ${number}`, team, takes));
        }
      }
    }
  }
  return admit({
    limits,
    teams: new Map(
      [...teams.map(one => one.team), ...fallen.map(one => one.team)].map(
        team => [
          team,
          {
            ...shareOf(team, counts, settings),
            waited: waitedOf(team, lastAdmissions, at),
          },
        ],
      ),
    ),
    candidates,
    maxAdmitted: admittedPerRound,
  });
}

/** How long ago a team was given a slot; `undefined`: not that one remembers. */
function waitedOf(
  team: string,
  lastAdmissions: ReadonlyMap<string, number>,
  at: Date,
): number | undefined {
  const last = lastAdmissions.get(team);
  return last === undefined ? undefined : Math.max(0, at.getTime() - last);
}

/** What every task of a team takes, whichever repository and account it is for. */
function teamTakes(
  team: string,
  lanes: readonly Lane[],
  settings: LimitSettings,
): Take[] {
  const none = { repository: '', provider: '', account: '' };
  return takesOf(
    { ...none, team, lane: lanes[0], reviewMinutes: 1 },
    settings,
  ).filter(({ key }) => {
    const { kind, scope } = parseLimitKey(key);
    return (
      scope !== 'repository' &&
      scope !== 'provider' &&
      scope !== 'account' &&
      (lanes.length === 1 ||
        (kind !== 'changes' && kind !== 'minutes' && kind !== 'auto'))
    );
  });
}

/** The teams that have queued tasks and a lane that is open to them. */
function waitingTeams(round: Round, brakes: BrakeTarget[]): WaitingTeam[] {
  const { counts, settings } = round;
  if (isBraked(brakes, 'portal')) {
    return [];
  }
  const open: Omit<WaitingTeam, 'most'>[] = [];
  let weights = 0;
  for (const [key, queued] of counts.taken) {
    const { kind, subject: team } = parseLimitKey(key);
    if (kind === 'queued' && queued > 0 && !isBraked(brakes, 'team', team)) {
      const lanes = (['review', 'auto'] as const).filter(lane =>
        teamTakes(team, [lane], settings).every(
          take => roomOf(take.key, counts, settings) >= 1,
        ),
      );
      if (lanes.length) {
        weights += shareOf(team, counts, settings).weight;
        open.push({ team, queued, lanes, tasks: [], exhausted: false });
      }
    }
  }
  const free = Math.min(admittedPerRound, roomOf(portalKey, counts, settings));
  return open.map(team => ({
    ...team,
    most: Math.max(
      4,
      2 *
        Math.ceil(
          (free * shareOf(team.team, counts, settings).weight) / weights,
        ),
    ),
  }));
}

/** How many slots of a limit are free; none where that is not known. */
function roomOf(
  key: string,
  counts: LimitCounts,
  settings: LimitSettings,
): number {
  const max = maxOf(key, settings) ?? Infinity;
  const used = usedOf(key, counts, settings);
  return used === undefined ? 0 : max - used;
}

/** Teams whose review slots are all taken. */
function teamsWithoutReviews({ counts, settings }: Round): string[] {
  return [...counts.taken.keys()].flatMap(key => {
    const { kind, scope, subject } = parseLimitKey(key);
    return kind === 'changes' &&
      scope === 'team' &&
      roomOf(key, counts, settings) <= 0
      ? [subject]
      : [];
  });
}

function isBraked(
  brakes: BrakeTarget[],
  scope: BrakeTarget['scope'],
  subject?: string,
): boolean {
  return brakes.some(
    brake => brake.scope === scope && brake.subject === subject,
  );
}

export interface AdmissionOptions {
  tasks: TaskStore;
  queue: QueueStore;
  attempts: AttemptStore;
  brakes: BrakeStore;
  remotes: Remotes;
  limits: LimitReader;
  clock: Clock;
  feed: TaskFeed;
  wakeups: Wakeups;
}
