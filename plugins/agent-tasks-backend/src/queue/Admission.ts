import { together } from '../database/bulk';
import { Transaction } from '../database/connect';
import { newId } from '../database/ids';
import { Clock } from '../loops/Clock';
import { Wakeups } from '../loops/Wakeups';
import {
  admit,
  AdmissionCandidate,
  AdmissionDecision,
  LimitStates,
  TeamShare,
} from '../policy/admit';
import { BrakeTarget } from '../policy/brakes';
import {
  LimitCounts,
  LimitSettings,
  ResolvedLimit,
  resolveLimit,
  shareOf,
  usedOf,
  usedOfLimit,
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
import { CurrentLimits, LimitReader } from './LimitReader';
import { OpenGates, QueueStore, TeamWish } from './QueueStore';
import { TaskFeed } from './TaskFeed';
import { SlotCounts, TaskBatch, TaskRecord, TaskStore } from './TaskStore';

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
  share: TeamShare;
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
    const { tasks, brakes, queue, limits, remotes, clock, feed, wakeups } =
      this.#options;
    // Beside each other: a freed slot waits for all of them.
    const [startable, starts] = await Promise.all([
      remotes.startableProviders(),
      options?.starts,
    ]);
    const { changed, more, on } = await tasks.transaction(async tx => {
      const asked = clock.now();
      // Under the lock: a brake that was pulled before holds.
      const read = await queue.lockAndRead(tx, () =>
        Promise.all([
          brakes.listActive(asked, tx),
          limits.read(asked, tx),
          queue.readCounts(tx, { at: () => clock.now(), repositories: [] }),
          queue.isReviewAwaited(tx),
        ]),
      );
      if (!read) {
        return { changed: [], more: false, on: undefined };
      }
      const [active, current, counts, fallen] = read;
      const providers = startable.filter(
        provider => !isBraked(active, 'provider', provider),
      );
      const round = await this.#begin(tx, {
        at: clock.now(),
        current,
        read: counts,
        providers,
      });
      return {
        ...(await this.#admit(tx, round, active, { starts, fallen })),
        on: active,
      };
    });
    if (changed.length) {
      const sent = options && starts?.send({ tasks: changed, ...options });
      feed.publish(changed.map(task => task.id));
      if (changed.some(task => task.runSlot && !sent?.has(task.id))) {
        wakeups.wake('starts');
      }
      if (changed.some(task => !task.runSlot)) {
        wakeups.wake('changes');
      }
    }
    if (on && (await this.#applyBrakes(on))) {
      // What a brake no longer holds could not be seen by this round.
      await this.round();
    } else if (more) {
      wakeups.wakeHere('admission');
    }
  }

  /** Has the queue's rows show the brakes that hold single tasks of a line. False: they show them already. */
  async #applyBrakes(active: StoredBrake[]): Promise<boolean> {
    const single = active.filter(
      ({ scope }) => scope === 'template' || scope === 'campaign',
    );
    const braked = single
      .map(({ id }) => id)
      .sort()
      .join(' ');
    if (braked === this.#braked) {
      return false;
    }
    await this.#options.queue.applyBrakes(single);
    this.#braked = braked;
    return true;
  }

  async #begin(
    tx: Transaction,
    options: {
      at: Date;
      current: CurrentLimits;
      read: SlotCounts;
      providers: string[];
    },
  ): Promise<Round> {
    const { at, current, read, providers } = options;
    const { settings, foreign, starts } = current;
    const { queue } = this.#options;
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
      ? await queue.readCounts(tx, {
          at: () => at,
          repositories: foreignRepositories,
        })
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
    options: { starts?: DirectStarts; fallen: boolean },
  ): Promise<{ changed: TaskRecord[]; more: boolean }> {
    const { queue, tasks } = this.#options;
    const { at } = round;
    const { starts } = options;
    const fallen = (
      options.fallen
        ? await queue.awaitingReview(tx, {
            limit: fallenPerRound,
            without: teamsWithoutReviews(round),
          })
        : []
    ).filter(
      task =>
        !isBraked(brakes, 'portal') && !isBraked(brakes, 'team', task.team),
    );
    const teams = waitingTeams(round, brakes);
    if (!teams.length && !fallen.length) {
      return { changed: [], more: false };
    }
    const { granted, chosen, held, ...choice } = await this.#choose(
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
    const isFull =
      roomOf(portalKey, round.counts, round.settings) <= chosen.length;
    return {
      changed: [...granted, ...chosen].flatMap(({ id }) => batch.get(id) ?? []),
      // Where the portal is full now, the next slot that becomes free says so itself.
      more: choice.more && (!isFull || granted.length > 0),
    };
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
    const taken = new Map(round.counts.taken);
    const counts: LimitCounts = { ...round.counts, taken };
    if (fallen.length) {
      const repositories = fallen.map(task => holderOf(task).repository);
      const read = await queue.readCounts(tx, {
        at: () => at,
        repositories: [...new Set(repositories)],
      });
      addAll(taken, read.taken);
    }
    const common = {
      counts,
      settings,
      portalBraked: isBraked(brakes, 'portal'),
      lastAdmissions: round.lastAdmissions,
      at,
    };
    let decision = decide({ ...common, teams, fallen });
    for (let look = 1; ; look += 1) {
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
      addAll(taken, found.taken);
      const byTeam = new Map<string, TaskRecord[]>();
      for (const task of found.tasks) {
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
      const chosen = new Set(decision.admitted.map(({ id }) => id));
      decision =
        confirm({
          ...common,
          wishes,
          waiting,
          fallen: fallen.filter(task => chosen.has(task.id)),
        }) ?? decide({ ...common, teams, fallen });
    }
  }
}

/** What all decisions of a round are made from. */
interface DecisionContext {
  counts: LimitCounts;
  settings: LimitSettings;
  portalBraked: boolean;
  lastAdmissions: ReadonlyMap<string, number>;
  at: Date;
}

/**
 * Decides over nothing but the tasks that were read because their teams had been given slots. `undefined`: there are too
 * few, or limits that were not known before hold some of them, so that others get the slots.
 */
function confirm(
  options: DecisionContext & {
    wishes: readonly TeamWish[];
    waiting: ReadonlyMap<string, WaitingTeam>;
    fallen: TaskRecord[];
  },
): AdmissionDecision | undefined {
  const { wishes, waiting, fallen, ...common } = options;
  const teams: WaitingTeam[] = [];
  const spare: string[] = [];
  let wanted = fallen.length;
  for (const wish of wishes) {
    const entry = waiting.get(wish.team)!;
    const tasks = entry.tasks.slice(0, wish.wanted);
    if (tasks.length < wish.wanted) {
      return undefined;
    }
    wanted += tasks.length;
    spare.push(...entry.tasks.slice(wish.wanted).map(task => task.id));
    teams.push({ ...entry, tasks, exhausted: true });
  }
  const decision = decide({ ...common, teams, fallen });
  return decision.admitted.length === wanted
    ? {
        ...decision,
        held: spare.map(id => ({ id, limit: portalKey })),
      }
    : undefined;
}

/** Decides over the tasks that were read and, of teams that have more, as many as could be. */
function decide(
  options: DecisionContext & { teams: WaitingTeam[]; fallen: TaskRecord[] },
): AdmissionDecision {
  const { counts, settings, teams, fallen, portalBraked, lastAdmissions, at } =
    options;
  // Asked once for each limit.
  const limits: LimitStates = {
    get: key => {
      const limit = resolveLimit(key, settings);
      return {
        max: limit.max ?? Infinity,
        used: usedOfLimit(limit, counts),
      };
    },
  };
  const candidates = fallen.map((task): AdmissionCandidate => {
    const takes = reviewTakesOf(holderOf(task), settings);
    return { id: task.id, team: task.team, takes };
  });
  const withWait = (team: string, share: TeamShare) =>
    [team, { ...share, waited: waitedOf(team, lastAdmissions, at) }] as const;
  const free = roomOf(portalKey, counts, settings);
  if (!portalBraked) {
    for (const { team, queued, lanes, most, tasks, exhausted } of teams) {
      for (const task of tasks) {
        const takes = takesOf(holderOf(task), settings);
        candidates.push({ id: task.id, team, takes });
      }
      if (!exhausted) {
        const takes = teamTakes(
          team,
          lanes.length > 1 ? 'any' : lanes[0],
          settings,
        );
        // No more than could start: with a free slot, one task of each of hundreds of teams is enough to decide over.
        const unread = Math.min(free, Math.min(queued, most) - tasks.length);
        for (let number = 0; number < unread; number += 1) {
          candidates.push({ id: `${team} ${number}`, team, takes });
        }
      }
    }
  }
  return admit({
    limits,
    teams: new Map([
      ...fallen.map(({ team }) =>
        withWait(team, shareOf(team, counts, settings)),
      ),
      ...teams.map(({ team, share }) => withWait(team, share)),
    ]),
    candidates,
    maxAdmitted: admittedPerRound,
  });
}

function addAll<K, V>(to: Map<K, V>, from: ReadonlyMap<K, V>): void {
  for (const [key, value] of from) {
    to.set(key, value);
  }
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

/** What is known of a team's takes, as long as the settings are the same. */
const knownTeamTakes = new WeakMap<LimitSettings, Map<string, Take[]>>();

/** What every task of a team takes in a lane, or in any of both, whichever repository and account it is for. */
function teamTakes(
  team: string,
  lane: Lane | 'any',
  settings: LimitSettings,
): Take[] {
  let known = knownTeamTakes.get(settings);
  if (!known) {
    known = new Map();
    knownTeamTakes.set(settings, known);
  }
  const name = `${lane} ${team}`;
  let takes = known.get(name);
  if (!takes) {
    const none = { repository: '', provider: '', account: '' };
    takes = takesOf(
      {
        ...none,
        team,
        lane: lane === 'any' ? 'review' : lane,
        reviewMinutes: 1,
      },
      settings,
    ).filter(({ key }) => {
      const { kind, scope } = parseLimitKey(key);
      return (
        scope !== 'repository' &&
        scope !== 'provider' &&
        scope !== 'account' &&
        (lane !== 'any' ||
          (kind !== 'changes' && kind !== 'minutes' && kind !== 'auto'))
      );
    });
    known.set(name, takes);
  }
  return takes;
}

const lanesOf = ['review', 'auto'] as const;

/** The limits that hold all tasks of a team in any lane, and those that hold it in one. */
type TeamLimits = Record<Lane | 'any', readonly ResolvedLimit[]>;

const knownTeamLimits = new WeakMap<LimitSettings, Map<string, TeamLimits>>();

/** Looked up once for as long as the settings are the same: each round asks for those of all teams. */
function teamLimits(team: string, settings: LimitSettings): TeamLimits {
  let known = knownTeamLimits.get(settings);
  if (!known) {
    known = new Map();
    knownTeamLimits.set(settings, known);
  }
  let limits = known.get(team);
  if (!limits) {
    const any = new Set(teamTakes(team, 'any', settings).map(({ key }) => key));
    const ofLane = (lane: Lane) =>
      teamTakes(team, lane, settings)
        .filter(({ key }) => !any.has(key))
        .map(({ key }) => resolveLimit(key, settings));
    limits = {
      any: [...any].map(key => resolveLimit(key, settings)),
      review: ofLane('review'),
      auto: ofLane('auto'),
    };
    known.set(team, limits);
  }
  return limits;
}

/** What the keys of the counters begin with that tell how many tasks of a team wait. */
const queuedByTeam = limitKey({ kind: 'queued', scope: 'team', subject: '' });

/** The teams that have queued tasks and a lane that is open to them. */
function waitingTeams(round: Round, brakes: BrakeTarget[]): WaitingTeam[] {
  const { counts, settings } = round;
  const room = roomOf(portalKey, counts, settings);
  if (isBraked(brakes, 'portal') || room < 1) {
    return [];
  }
  const open: WaitingTeam[] = [];
  let weights = 0;
  const hasRoom = (limit: ResolvedLimit) => freeOf(limit, counts) >= 1;
  for (const [key, queued] of counts.taken) {
    if (!key.startsWith(queuedByTeam) || queued <= 0) {
      continue;
    }
    const team = key.slice(queuedByTeam.length);
    if (!isBraked(brakes, 'team', team)) {
      const limits = teamLimits(team, settings);
      const lanes = limits.any.every(hasRoom)
        ? lanesOf.filter(lane => limits[lane].every(hasRoom))
        : [];
      if (lanes.length) {
        const share = shareOf(team, counts, settings);
        weights += share.weight;
        open.push({
          team,
          queued,
          lanes,
          share,
          most: 0,
          tasks: [],
          exhausted: false,
        });
      }
    }
  }
  const free = Math.min(admittedPerRound, room);
  for (const team of open) {
    team.most = Math.max(
      4,
      2 * Math.ceil((free * team.share.weight) / weights),
    );
  }
  return open;
}

/** How many slots of a limit are free; none where that is not known. */
function roomOf(
  key: string,
  counts: LimitCounts,
  settings: LimitSettings,
): number {
  return freeOf(resolveLimit(key, settings), counts);
}

function freeOf(limit: ResolvedLimit, counts: LimitCounts): number {
  const used = usedOfLimit(limit, counts);
  return used === undefined ? 0 : (limit.max ?? Infinity) - used;
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
