import {
  agentTaskBrakePermission,
  agentTaskTemplateManagePermission,
  agentTaskTemplateReadPermission,
  Brake,
  BrakeList,
  BrakeRequest,
} from '@agent-tasks/plugin-agent-tasks-common';
import {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { EventStore } from '../audit/EventStore';
import { newId } from '../database/ids';
import { CampaignStore } from '../campaigns/CampaignStore';
import { Clock } from '../loops/Clock';
import { Wakeups } from '../loops/Wakeups';
import {
  findPermittedTasks,
  PermittedTasks,
  permitsTeam,
} from '../permissions/permittedTasks';
import { BrakeTarget } from '../policy/brakes';
import { Remotes } from '../remotes/Remotes';
import { TemplateStore } from '../templates/TemplateStore';
import { BrakeStore, StoredBrake } from './BrakeStore';
import { TaskFeed } from './TaskFeed';
import { TaskStore } from './TaskStore';

/** Brakes that nobody releases come off after a year at the latest. */
const longestMs = 366 * 86_400_000;

/** Who calls. */
export interface BrakeCaller {
  credentials: BackstageCredentials;
  /** Entity ref of the user, or of the service. */
  actor: string;
}

/**
 * Holds queued tasks back, for those who may.
 */
export class BrakeService {
  readonly #options: BrakeServiceOptions;

  private constructor(options: BrakeServiceOptions) {
    this.#options = options;
  }

  static create(options: BrakeServiceOptions): BrakeService {
    return new BrakeService(options);
  }

  async list(credentials: BackstageCredentials): Promise<BrakeList> {
    const { brakes, tasks, clock, permissions } = this.#options;
    const [decision] = await permissions.authorize(
      [{ permission: agentTaskTemplateReadPermission }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError(
        `You may not see brakes. A platform admin can grant the permission ${agentTaskTemplateReadPermission.name}.`,
      );
    }
    const now = clock.now();
    const [active, permitted] = await Promise.all([
      brakes.listActive(now),
      this.#permitted(credentials),
    ]);
    const teams = await tasks.listTeams();
    return {
      items: active.map(brake => toBrake(brake, now, permitted)),
      mayPull: {
        everything: permitted.brakes === 'all',
        teams: teams.filter(team =>
          covers(permitted, { scope: 'team', subject: team }),
        ),
      },
    };
  }

  async pull(caller: BrakeCaller, request: BrakeRequest): Promise<Brake> {
    const { brakes, tasks, events, clock, wakeups } = this.#options;
    const now = clock.now();
    const permitted = await this.#permitted(caller.credentials);
    // Before the target is looked at: an error about it names what there is.
    requireCovered(permitted, request);
    const target = await this.#checkTarget(request);
    const brake: StoredBrake = {
      ...target,
      id: newId('brake'),
      reason: request.reason.trim(),
      pulledBy: caller.actor,
      pulledAt: now,
      until: readEnd(request.until, now),
    };
    if (!brake.reason) {
      throw new InputError(
        "'reason' is empty. Say why, for those whose tasks wait.",
      );
    }
    await tasks.transaction(async tx => {
      await brakes.insert(tx, brake);
      await events.append(tx, [
        {
          at: now,
          type: 'brake.pulled',
          actor: caller.actor,
          message: `Pulled the brake on ${describeTarget(brake)}: ${brake.reason}`,
          details: {
            brake: brake.id,
            scope: brake.scope,
            subject: brake.subject ?? 'portal',
            stopRunning: Boolean(request.stopRunning),
          },
        },
      ]);
    });
    const stopped = request.stopRunning
      ? await this.#stopRunning(brake, caller.actor)
      : undefined;
    wakeups.wake('admission', 'stops');
    return {
      ...toBrake(brake, now, permitted),
      ...(stopped !== undefined && { stopped }),
    };
  }

  async release(caller: BrakeCaller, id: string): Promise<Brake> {
    const { brakes, tasks, events, clock, wakeups } = this.#options;
    const brake = await brakes.get(id);
    if (!brake) {
      throw new NotFoundError(`There is no brake '${id}'.`);
    }
    const permitted = await this.#permitted(caller.credentials);
    requireCovered(permitted, brake);
    const now = clock.now();
    await tasks.transaction(async tx => {
      if (await brakes.release(tx, { id, by: caller.actor, at: now })) {
        await events.append(tx, [
          {
            at: now,
            type: 'brake.released',
            actor: caller.actor,
            message: `Released the brake on ${describeTarget(brake)}.`,
            details: { brake: id },
          },
        ]);
      }
    });
    wakeups.wake('admission');
    return toBrake((await brakes.get(id)) ?? brake, now, permitted);
  }

  /** Takes all brakes off a target, but for one. */
  async releaseAll(
    caller: BrakeCaller,
    target: BrakeTarget & { except?: string },
  ): Promise<void> {
    const { brakes, clock } = this.#options;
    const permitted = await this.#permitted(caller.credentials);
    requireCovered(permitted, target);
    const active = await brakes.listActive(clock.now());
    for (const brake of active) {
      if (
        brake.scope === target.scope &&
        brake.subject === target.subject &&
        brake.id !== target.except
      ) {
        await this.release(caller, brake.id);
      }
    }
  }

  async #checkTarget(request: BrakeRequest): Promise<BrakeTarget> {
    const { campaigns, remotes, templates, tasks } = this.#options;
    const { scope, subject } = request;
    if (scope === 'portal') {
      if (subject !== undefined) {
        throw new InputError(
          "A brake on the portal has no 'subject': leave it out.",
        );
      }
      return { scope };
    }
    if (scope === 'campaign') {
      if (subject === undefined || !(await campaigns.get(subject))) {
        throw new InputError(
          `'subject' must be the id of a campaign, such as camp_…; there is none with the id '${subject ?? ''}'.`,
        );
      }
      return { scope, subject };
    }
    const known = {
      provider: async () => remotes.providers.map(provider => provider.id),
      template: async () =>
        (await templates.listCurrent()).map(one => one.template),
      team: async () => tasks.listTeams(),
    };
    const names = await known[scope]();
    // A team that has no task yet may be braked before its first one.
    const mayBeNew = scope === 'team' && subject?.startsWith('group:');
    if (subject === undefined || !(names.includes(subject) || mayBeNew)) {
      throw new InputError(
        `'subject' must name a ${scope}${
          scope === 'team' ? ', such as group:default/name' : ''
        }. There are: ${names.slice(0, 20).join(', ') || 'none'}.`,
      );
    }
    return { scope, subject };
  }

  async #stopRunning(brake: BrakeTarget, actor: string): Promise<number> {
    const { tasks, clock, feed } = this.#options;
    const running = await tasks.listWorking(brake);
    let stopped = 0;
    for (const id of running) {
      const at = clock.now();
      const moved = await tasks.transaction(tx =>
        tasks.transition(tx, {
          taskId: id,
          to: 'cancelling',
          at,
          cancelledBy: actor,
          stopDueAt: at,
          event: {
            type: 'task.cancel_requested',
            actor,
            message: `Stopped by a brake on ${describeTarget(brake)}.`,
          },
        }),
      );
      stopped += moved ? 1 : 0;
    }
    feed.publish(running);
    return stopped;
  }

  async #permitted(credentials: BackstageCredentials): Promise<Permitted> {
    const { permissions } = this.#options;
    const [brakes, [templates]] = await Promise.all([
      findPermittedTasks({
        permissions,
        permission: agentTaskBrakePermission,
        credentials,
      }),
      permissions.authorize(
        [{ permission: agentTaskTemplateManagePermission }],
        { credentials },
      ),
    ]);
    return {
      brakes,
      managesTemplates: templates.result === AuthorizeResult.ALLOW,
    };
  }
}

/** What a caller may hold back. */
interface Permitted {
  brakes: PermittedTasks;
  /** Who writes templates may pause them. */
  managesTemplates: boolean;
}

function covers(
  { brakes, managesTemplates }: Permitted,
  target: BrakeTarget,
): boolean {
  if (target.scope === 'template' && managesTemplates) {
    return true;
  }
  return (
    brakes === 'all' ||
    (target.scope === 'team' &&
      target.subject !== undefined &&
      permitsTeam(brakes, target.subject))
  );
}

function requireCovered(permitted: Permitted, target: BrakeTarget): void {
  if (!covers(permitted, target)) {
    throw new NotAllowedError(
      `You may not pull or release a brake on ${describeTarget(target)}. A platform admin can, or can grant the permission ${agentTaskBrakePermission.name}.`,
    );
  }
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

/** What a brake is on, within a sentence. */
export function describeTarget(target: BrakeTarget): string {
  return target.scope === 'portal'
    ? 'the whole portal'
    : `the ${target.scope} ${target.subject}`;
}

function toBrake(brake: StoredBrake, now: Date, permitted: Permitted): Brake {
  const ended = brake.until !== undefined && brake.until <= now;
  return {
    id: brake.id,
    scope: brake.scope,
    ...(brake.subject !== undefined && { subject: brake.subject }),
    reason: brake.reason,
    pulledBy: brake.pulledBy,
    pulledAt: brake.pulledAt.toISOString(),
    ...(brake.until && { until: brake.until.toISOString() }),
    ...(brake.releasedBy && { releasedBy: brake.releasedBy }),
    ...(brake.releasedAt && { releasedAt: brake.releasedAt.toISOString() }),
    active: !brake.releasedAt && !ended,
    mayRelease: covers(permitted, brake),
  };
}

export interface BrakeServiceOptions {
  brakes: BrakeStore;
  tasks: TaskStore;
  templates: TemplateStore;
  campaigns: CampaignStore;
  remotes: Remotes;
  events: EventStore;
  permissions: PermissionsService;
  clock: Clock;
  feed: TaskFeed;
  wakeups: Wakeups;
}
