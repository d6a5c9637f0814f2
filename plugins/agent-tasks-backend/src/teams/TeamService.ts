import {
  agentTaskLimitsLowerPermission,
  agentTaskLimitsManagePermission,
  agentTaskReadPermission,
  agentTaskTemplateReadPermission,
  TeamDetails,
  TeamLimitsRequest,
  TeamList,
  TeamPauseRequest,
} from '@agent-tasks/plugin-agent-tasks-common';
import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { JsonObject } from '@backstage/types';
import { EventStore } from '../audit/EventStore';
import { Transaction } from '../database/connect';
import { Clock } from '../loops/Clock';
import { Wakeups } from '../loops/Wakeups';
import { coversTeam } from '../permissions/coversTeam';
import { findPermittedTasks, permitsTeam } from '../permissions/permittedTasks';
import { TaskFilter } from '../queue/TaskFilter';
import { TaskStore } from '../queue/TaskStore';
import {
  checkLimits,
  compareLimits,
  LimitChange,
  LimitChanges,
  withChanges,
} from './checkLimits';
import { ForeignChange, ForeignChangeStore } from './ForeignChangeStore';
import { LimitSettingsReader, TeamLimitState } from './LimitSettingsReader';
import { TeamGroup } from './TeamGroupStore';
import { TeamHierarchy } from './TeamHierarchy';
import { LimitVersionStore, TeamLimitStore } from './TeamLimitStore';
import {
  isPaused,
  StoredTeamLimits,
  TeamDefaults,
  TeamSettingName,
  valuesInForce,
} from './TeamSettings';
import { TeamTaskReader, WaitingChange } from './TeamTaskReader';
import { TeamView } from './TeamView';

/** How the counters of queued tasks begin. */
const queuedPrefix = 'queued team ';

/** Slots and foreign changes that one answer names. */
const namedAtMost = 200;

/** A pause that nobody ends comes off after a year at the latest. */
const longestMs = 366 * 86_400_000;

/** Who calls. */
export interface TeamCaller {
  credentials: BackstageCredentials;
  /** Entity ref of the user, or of the service. */
  actor: string;
}

/** What a caller may do to a group. */
interface Rights {
  lower: boolean;
  manage: boolean;
}

/** What a caller may see: `undefined` is everything. */
type Visible = TaskFilter | undefined;

const nothing: TaskFilter = { property: 'team', values: [] };

/**
 * Shows the limits of groups and what is taken of them, and changes them, for those who may: a lead lowers and pauses the
 * own teams, and everything else takes the permission to manage limits. Each change is an event, in its transaction.
 */
export class TeamService {
  readonly #options: TeamServiceOptions;

  private constructor(options: TeamServiceOptions) {
    this.#options = options;
  }

  static create(options: TeamServiceOptions): TeamService {
    return new TeamService(options);
  }

  async list(credentials: BackstageCredentials): Promise<TeamList> {
    await this.#requireRead(credentials);
    const { state, view, known } = await this.#view();
    return {
      known,
      items: [...state.known.values()].map(group => view.summary(group)),
    };
  }

  async get(
    credentials: BackstageCredentials,
    team: string,
  ): Promise<TeamDetails> {
    await this.#requireRead(credentials);
    return this.#details(credentials, toTeamRef(team));
  }

  async setLimits(
    caller: TeamCaller,
    asked: string,
    request: TeamLimitsRequest,
  ): Promise<TeamDetails> {
    const team = toTeamRef(asked);
    const { isParent, rights } = await this.#open(caller, team);
    const changes = checkLimits({ request, isParent });
    const reason = request.reason?.trim() || undefined;
    await this.#change(caller, team, request.expectedVersion, (stored, at) => {
      const { before, next } = this.#apply({
        stored,
        changes,
        isParent,
        origin: { by: caller.actor, at: at.toISOString() },
      });
      const differences = compareLimits(before, next.inForce);
      requireLowering({ team, differences, rights });
      if (
        !differences.length &&
        JSON.stringify(stored?.values ?? {}) ===
          JSON.stringify(next.limits.values)
      ) {
        return undefined;
      }
      return {
        limits: next.limits,
        event: {
          type: 'limits.changed',
          message: `Changed the limits of ${team}: ${describeChanges(
            differences,
          )}.${reason ? ` ${reason}` : ''}`,
          details: {
            team,
            before: { ...stored?.values },
            after: { ...next.limits.values },
            inForceBefore: { ...before },
            inForceAfter: { ...next.inForce },
            ...(reason && { reason }),
          },
        },
      };
    });
    return this.#details(caller.credentials, team);
  }

  async pause(
    caller: TeamCaller,
    asked: string,
    request: TeamPauseRequest,
  ): Promise<TeamDetails> {
    const team = toTeamRef(asked);
    const { rights } = await this.#open(caller, team);
    const reason = request.reason.trim();
    if (!reason) {
      throw new InputError(
        "'reason' is empty. Say why, for those whose tasks wait.",
      );
    }
    const until = readEnd(request.until, this.#options.clock.now());
    await this.#change(caller, team, undefined, (stored, at) => {
      requirePauseOf({ stored, rights, at, doing: 'replace' });
      return {
        limits: {
          ...stored,
          pause: {
            reason,
            by: caller.actor,
            at,
            until,
            byManager: rights.manage,
          },
        },
        event: {
          type: 'team.paused',
          message: `Paused ${team}: ${reason}`,
          details: {
            team,
            reason,
            ...(until && { until: until.toISOString() }),
          },
        },
      };
    });
    return this.#details(caller.credentials, team);
  }

  async resume(caller: TeamCaller, asked: string): Promise<TeamDetails> {
    const team = toTeamRef(asked);
    const { rights } = await this.#open(caller, team);
    await this.#change(caller, team, undefined, (stored, at) => {
      if (!isPaused(stored?.pause, at)) {
        return undefined;
      }
      requirePauseOf({ stored, rights, at, doing: 'end' });
      return {
        limits: { ...stored, pause: undefined },
        event: {
          type: 'team.resumed',
          message: `Ended the pause of ${team}.`,
          details: { team },
        },
      };
    });
    return this.#details(caller.credentials, team);
  }

  /** What a caller needs before anything of a group is changed. */
  async #open(
    caller: TeamCaller,
    team: string,
  ): Promise<{ isParent: boolean; rights: Rights }> {
    const { hierarchy, reader, clock } = this.#options;
    await this.#requireRead(caller.credentials);
    const granted = await this.#rights(caller.credentials, team);
    if (!granted.lower && !granted.manage) {
      throw notAllowed(team, agentTaskLimitsLowerPermission.name);
    }
    const [missing] = await hierarchy.ensure({
      teams: [team],
      hasTasks: false,
    });
    if (missing) {
      throw noSuchTeam(team);
    }
    const { parents } = await reader.read({ at: clock.now() });
    const isParent = parents.has(team);
    const rights = rightsOn(granted, isParent);
    if (!rights.lower && !rights.manage) {
      throw new NotAllowedError(
        `The limits of ${team} hold for the groups below it as well. A platform admin can change them, or can grant the permission ${agentTaskLimitsManagePermission.name}.`,
      );
    }
    return { isParent, rights };
  }

  /** Stores one change of a group with its event, and lets the queue know. */
  async #change(
    caller: TeamCaller,
    team: string,
    expectedVersion: number | undefined,
    decide: (
      stored: StoredTeamLimits | undefined,
      at: Date,
    ) =>
      | {
          limits: Partial<StoredTeamLimits>;
          event: { type: string; message: string; details: JsonObject };
        }
      | undefined,
  ): Promise<void> {
    const { limits, version, events, tasks, clock, wakeups } = this.#options;
    const changed = await tasks.transaction(async (tx: Transaction) => {
      const stored = await limits.get(team, tx);
      const current = stored?.version ?? 0;
      if (expectedVersion !== undefined && expectedVersion !== current) {
        throw changedMeanwhile(team, stored);
      }
      const at = clock.now();
      const decision = decide(stored, at);
      if (!decision) {
        return false;
      }
      const saved = await limits.save(tx, {
        values: {},
        origins: {},
        ...decision.limits,
        team,
        version: current + 1,
        updatedBy: caller.actor,
        updatedAt: at,
      });
      if (!saved) {
        // Somebody else was faster, between our read and our write.
        throw changedMeanwhile(team, undefined);
      }
      await version.increase(tx);
      await events.append(tx, [{ ...decision.event, at, actor: caller.actor }]);
      return true;
    });
    if (changed) {
      wakeups.wake('admission');
    }
  }

  #apply(options: {
    stored: StoredTeamLimits | undefined;
    changes: LimitChanges;
    isParent: boolean;
    origin: { by: string; at: string };
  }) {
    const { stored, changes, isParent, origin } = options;
    const defaults = this.#options.defaults;
    const values = withChanges(stored?.values ?? {}, changes);
    const origins = { ...stored?.origins };
    for (const name of Object.keys(changes) as TeamSettingName[]) {
      if (values[name] === undefined) {
        delete origins[name];
      } else if (values[name] !== stored?.values[name]) {
        origins[name] = origin;
      }
    }
    const inForce = (of: StoredTeamLimits['values'] | undefined) =>
      valuesInForce({ defaults, values: of, isParent }).inForce;
    return {
      before: inForce(stored?.values),
      next: {
        inForce: inForce(values),
        limits: { ...stored, values, origins },
      },
    };
  }

  async #view(): Promise<{
    state: TeamLimitState;
    view: TeamView;
    known: boolean;
  }> {
    const { reader, tasks, clock } = this.#options;
    const at = clock.now();
    const [state, counts, braked] = await Promise.all([
      reader.read({ at }),
      tasks.readCounts(at),
      tasks.summarizeBraked(),
    ]);
    const queued = new Map(
      braked.map(({ team, queued: number }) => [team, number]),
    );
    for (const [key, number] of counts.taken) {
      if (key.startsWith(queuedPrefix)) {
        const team = key.slice(queuedPrefix.length);
        queued.set(team, (queued.get(team) ?? 0) + number);
      }
    }
    return {
      state,
      view: TeamView.create({ state, counts, queued, at }),
      known: counts.known,
    };
  }

  async #details(
    credentials: BackstageCredentials,
    team: string,
  ): Promise<TeamDetails> {
    const { hierarchy, clock, foreign, tasks, teamTasks } = this.#options;
    const [{ state, view, known }, visible, granted] = await Promise.all([
      this.#view(),
      this.#visible(credentials),
      this.#rights(credentials, team),
    ]);
    const group = state.known.get(team) ?? (await hierarchy.lookUp(team));
    if (!group) {
      throw noSuchTeam(team);
    }
    const isParent = view.isParent(team);
    const rights = rightsOn(granted, isParent);
    const teams = view.teamsOf(team);
    const seesAll =
      visible === undefined ||
      teams.every(one => coversTeam(visible, one) === true);
    const [slots, slotsTotal, waiting, opened, oldest] = await Promise.all([
      teamTasks.listSlots({ teams, visible, limit: namedAtMost }),
      teamTasks.countSlots(teams),
      teamTasks.findOldestWaiting({ teams, visible }),
      seesAll ? foreign.listOpen({ teams, limit: namedAtMost }) : [],
      tasks.oldestQueued(teams),
    ]);
    const oldestQueued = [...oldest.values()].sort(byTime)[0];
    const oldestWaiting = olderOf(waiting, opened[0]);
    const stored = state.stored.get(team);
    const problem = view.problem(team);
    return {
      team,
      ...(group.title !== undefined && { title: group.title }),
      gone: group.gone,
      isParent,
      ...(problem !== undefined && { problem }),
      known,
      version: stored?.version ?? 0,
      settings: view.settings(team),
      ...this.#pauseOf(stored, rights, clock.now()),
      queued: view.queued(team),
      ...(oldestQueued && { oldestQueuedAt: oldestQueued.toISOString() }),
      running: view.running(team),
      changes: view.review('changes', team),
      reviewMinutes: view.review('minutes', team),
      autoChanges: view.usage('auto', team),
      launchesToday: view.usage('day', team),
      ...(oldestWaiting && { oldestWaiting }),
      slots: isParent ? slots : slots.map(({ team: _, ...slot }) => slot),
      slotsTotal,
      foreignChanges: opened.map(toForeignChange),
      foreignChangesTotal: view.review('changes', team).foreign,
      parents: group.ancestors.map(ref =>
        view.relative(ref, state.known.get(ref)),
      ),
      children: childrenOf(team, state).map(one => view.relative(one.ref, one)),
      permissions: {
        lower: rights.lower || rights.manage,
        raise: rights.manage,
        pause: rights.lower || rights.manage,
      },
    };
  }

  #pauseOf(
    stored: StoredTeamLimits | undefined,
    rights: Rights,
    now: Date,
  ): Pick<TeamDetails, 'pause'> {
    const pause = stored?.pause;
    return isPaused(pause, now)
      ? {
          pause: {
            reason: pause.reason,
            by: pause.by,
            at: pause.at.toISOString(),
            ...(pause.until && { until: pause.until.toISOString() }),
            mayResume: rights.manage || (rights.lower && !pause.byManager),
          },
        }
      : {};
  }

  /** As the queue and its brakes: it names teams and repositories; tasks are shown to who may see them. */
  async #requireRead(credentials: BackstageCredentials): Promise<void> {
    const [decision] = await this.#options.permissions.authorize(
      [{ permission: agentTaskTemplateReadPermission }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You may not see the limits of teams. A platform admin can grant the permission ${agentTaskTemplateReadPermission.name}.`,
      );
    }
  }

  async #visible(credentials: BackstageCredentials): Promise<Visible> {
    const permitted = await findPermittedTasks({
      permissions: this.#options.permissions,
      permission: agentTaskReadPermission,
      credentials,
    });
    if (permitted === 'none') {
      return nothing;
    }
    return permitted === 'all' ? undefined : permitted;
  }

  async #rights(
    credentials: BackstageCredentials,
    team: string,
  ): Promise<Rights> {
    const { permissions } = this.#options;
    const [lower, [manage]] = await Promise.all([
      findPermittedTasks({
        permissions,
        permission: agentTaskLimitsLowerPermission,
        credentials,
      }),
      permissions.authorize([{ permission: agentTaskLimitsManagePermission }], {
        credentials,
      }),
    ]);
    return {
      lower: permitsTeam(lower, team),
      manage: manage.result === AuthorizeResult.ALLOW,
    };
  }
}

/** Limits of a parent hold for teams that are not the caller's own. */
function rightsOn(granted: Rights, isParent: boolean): Rights {
  return { ...granted, lower: granted.lower && !isParent };
}

function toTeamRef(asked: string): string {
  let ref;
  try {
    ref = parseEntityRef(asked);
  } catch {
    throw new InputError(
      `'${asked}' is no entity ref of a group, such as group:default/payments.`,
    );
  }
  if (ref.kind.toLocaleLowerCase('en-US') !== 'group') {
    throw new InputError(
      `Limits are those of groups, such as group:default/payments; '${asked}' is none.`,
    );
  }
  return stringifyEntityRef(ref);
}

function requireLowering(options: {
  team: string;
  differences: LimitChange[];
  rights: Rights;
}): void {
  const raised = options.differences.filter(one => one.raises);
  if (raised.length && !options.rights.manage) {
    throw new NotAllowedError(
      `You may lower the limits of ${options.team}, and this would raise ${
        raised.length === 1 ? 'one' : 'some'
      }: ${describeChanges(raised)}. A platform admin can do it, or can grant the permission ${
        agentTaskLimitsManagePermission.name
      }. Nothing was changed.`,
    );
  }
}

function requirePauseOf(options: {
  stored: StoredTeamLimits | undefined;
  rights: Rights;
  at: Date;
  doing: 'end' | 'replace';
}): void {
  const { stored, rights, at, doing } = options;
  const pause = stored?.pause;
  if (isPaused(pause, at) && pause.byManager && !rights.manage) {
    throw new NotAllowedError(
      `${pause.by}, who manages limits, paused the team: ${pause.reason} You may not ${doing} this pause. A platform admin can, or can grant the permission ${agentTaskLimitsManagePermission.name}.`,
    );
  }
}

function describeChanges(changes: readonly LimitChange[]): string {
  const show = (value: number | string | undefined) =>
    value === undefined ? 'none' : String(value);
  return changes.length
    ? changes
        .map(
          one => `${one.name} from ${show(one.before)} to ${show(one.after)}`,
        )
        .join(', ')
    : 'what is in force stays';
}

function readEnd(until: string | undefined, now: Date): Date | undefined {
  if (until === undefined) {
    return undefined;
  }
  const end = new Date(until);
  const inMs = end.getTime() - now.getTime();
  if (!(inMs > 0 && inMs <= longestMs)) {
    throw new InputError(
      "'until' must be a time within the next year, such as 2026-12-24T18:00:00Z.",
    );
  }
  return end;
}

function changedMeanwhile(
  team: string,
  stored: StoredTeamLimits | undefined,
): ConflictError {
  const who = stored
    ? ` by ${stored.updatedBy} at ${stored.updatedAt.toISOString()}`
    : '';
  return new ConflictError(
    `The limits of ${team} were changed${who} since you read them. Read them again, and decide anew. Nothing was changed.`,
  );
}

function noSuchTeam(team: string): NotFoundError {
  return new NotFoundError(
    `There is no group '${team}' in the catalog, and none that has tasks or limits.`,
  );
}

function notAllowed(team: string, permission: string): NotAllowedError {
  return new NotAllowedError(
    `You may not change the limits of ${team}. A platform admin can, or can grant the permission ${permission}.`,
  );
}

function childrenOf(team: string, state: TeamLimitState): TeamGroup[] {
  return [...state.known.values()].filter(group =>
    group.parents.includes(team),
  );
}

function olderOf(
  waiting: WaitingChange | undefined,
  opened: ForeignChange | undefined,
): TeamDetails['oldestWaiting'] {
  if (opened && !(waiting && waiting.since <= opened.openedAt)) {
    return {
      since: opened.openedAt.toISOString(),
      repository: opened.repository,
      url: opened.url,
      title: opened.title,
    };
  }
  return waiting && { ...waiting, since: waiting.since.toISOString() };
}

function toForeignChange(change: ForeignChange) {
  const { url, title, author, repository, openedAt, minutes } = change;
  return {
    url,
    title,
    author,
    repository,
    openedAt: openedAt.toISOString(),
    minutes,
  };
}

function byTime(a: Date, b: Date): number {
  return a.getTime() - b.getTime();
}

export interface TeamServiceOptions {
  reader: LimitSettingsReader;
  limits: TeamLimitStore;
  version: LimitVersionStore;
  hierarchy: TeamHierarchy;
  foreign: ForeignChangeStore;
  teamTasks: TeamTaskReader;
  tasks: TaskStore;
  events: EventStore;
  permissions: PermissionsService;
  /** Limits of teams from the configuration. */
  defaults: TeamDefaults;
  clock: Clock;
  wakeups: Wakeups;
}
