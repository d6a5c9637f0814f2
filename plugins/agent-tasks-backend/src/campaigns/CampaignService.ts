import {
  AddComponentsRequest,
  agentTaskApprovePermission,
  agentTaskCancelPermission,
  BulkTaskRequest,
  BulkTaskResults,
  Campaign,
  CampaignBurndown,
  CampaignList,
  CampaignListQuery,
} from '@agent-tasks/plugin-agent-tasks-common';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { EventStore } from '../audit/EventStore';
import { Transaction } from '../database/connect';
import { newId } from '../database/ids';
import { Clock } from '../loops/Clock';
import { LaunchCaller } from '../launch/LaunchService';
import { AuthorizedLaunchService } from '../permissions/AuthorizedLaunchService';
import { Priority } from '../policy/rank';
import { BrakeStore } from '../queue/BrakeStore';
import { matchesTaskFilter } from '../queue/TaskFilter';
import { TaskReader } from '../queue/TaskReader';
import { TaskService } from '../queue/TaskService';
import { TaskStore } from '../queue/TaskStore';
import { CampaignAccess, covers, notAllowed } from './CampaignAccess';
import { csvHead, toCsvLine } from './campaignCsv';
import { CampaignProgressStore } from './CampaignProgressStore';
import { CampaignStore, StoredCampaign, StoredWave } from './CampaignStore';
import { CampaignView } from './CampaignView';
import { CampaignWatcher, waveBrakes } from './CampaignWatcher';
import { DatabaseCampaignLister } from './DatabaseCampaignLister';
import { TaskActions, TaskCheck } from './TaskActions';

/** Tasks that one call tries again at most. */
const retriedAtOnce = 1_000;

/** Tasks of one page of an export. */
const exportedAtOnce = 500;

/** Pauses that nobody ends come off after a year at the latest. */
const longestPauseMs = 366 * 86_400_000;

/** Who calls. */
export interface CampaignCaller {
  credentials: BackstageCredentials;
  /** Entity ref of the user, or of the service. */
  actor: string;
}

/**
 * Shows campaigns to those who may see all of their tasks, and does with them what the caller may do with all of these.
 */
export class CampaignService {
  readonly #options: CampaignServiceOptions;

  private constructor(options: CampaignServiceOptions) {
    this.#options = options;
  }

  static create(options: CampaignServiceOptions): CampaignService {
    return new CampaignService(options);
  }

  async list(
    caller: Pick<CampaignCaller, 'credentials'>,
    query: CampaignListQuery & { limit: number },
  ): Promise<CampaignList> {
    const { access, lister, clock } = this.#options;
    const visible = await access.visible(caller.credentials);
    return lister.list({ query, visible, now: clock.now() });
  }

  async get(
    caller: Pick<CampaignCaller, 'credentials'>,
    id: string,
  ): Promise<Campaign> {
    const { access, view } = this.#options;
    const owners = await access.requireVisible(id, caller.credentials);
    const [campaign, can] = await Promise.all([
      this.#stored(id).then(stored => view.read(stored)),
      access.can(owners, caller.credentials),
    ]);
    const over =
      campaign.state === 'finished' || campaign.state === 'cancelled';
    return {
      ...campaign,
      can: { ...can, create: can.create && campaign.state !== 'cancelled' },
      ...(over && { paused: undefined }),
    };
  }

  async burndown(
    caller: Pick<CampaignCaller, 'credentials'>,
    id: string,
  ): Promise<CampaignBurndown> {
    const { access, view } = this.#options;
    await access.requireVisible(id, caller.credentials);
    return view.burndown(await this.#stored(id));
  }

  /** Line by line; no more than a page of tasks is in memory at any time. */
  async exportCsv(
    caller: Pick<CampaignCaller, 'credentials'>,
    id: string,
  ): Promise<AsyncIterable<string>> {
    const { access, reader } = this.#options;
    await access.requireVisible(id, caller.credentials);
    return (async function* lines() {
      yield csvHead;
      let cursor: string | undefined;
      do {
        const page = await reader.list({
          query: { campaign: [id], limit: exportedAtOnce, cursor },
          permitted: undefined,
        });
        yield page.tasks.map(toCsvLine).join('');
        cursor = page.next;
      } while (cursor);
    })();
  }

  async pause(
    caller: CampaignCaller,
    id: string,
    request: { reason: string; until?: string },
  ): Promise<Campaign> {
    const { brakes, clock } = this.#options;
    await this.#requireCancel(caller, id, 'pause this campaign');
    const reason = readReason(request.reason);
    const now = clock.now();
    const until = readEnd(request.until, now);
    await this.#change(caller, id, async (tx, { pauses }) => {
      for (const pause of pauses) {
        await brakes.release(tx, { id: pause.id, by: caller.actor, at: now });
      }
      await brakes.insert(tx, {
        id: newId('brake'),
        scope: 'campaign',
        subject: id,
        reason,
        pulledBy: caller.actor,
        pulledAt: now,
        until,
      });
      return {
        type: 'campaign.paused',
        message: `Paused: ${reason}`,
        details: { ...(until && { until: until.toISOString() }) },
      };
    });
    return this.#goOn(caller, id);
  }

  async resume(caller: CampaignCaller, id: string): Promise<Campaign> {
    const { access, brakes, campaigns, clock } = this.#options;
    const { credentials, actor } = caller;
    await this.#requireCancel(caller, id, 'resume this campaign');
    const mayApprove = covers(
      await access.permitted(agentTaskApprovePermission, credentials),
      await campaigns.listOwners(id),
    );
    await this.#change(caller, id, async (tx, { pauses }) => {
      if (!pauses.length) {
        throw new ConflictError('The campaign is not paused.');
      }
      for (const pause of pauses) {
        // Whoever may only cancel does not undo what a lead or an admin has done.
        if (pause.pulledBy !== actor && !mayApprove) {
          throw notAllowed(
            agentTaskApprovePermission,
            `resume a campaign that ${pause.pulledBy} has paused`,
          );
        }
        await brakes.release(tx, { id: pause.id, by: actor, at: clock.now() });
      }
      return { type: 'campaign.resumed', message: 'Resumed.' };
    });
    return this.#goOn(caller, id);
  }

  async cancel(
    caller: CampaignCaller,
    id: string,
    request: { reason: string },
  ): Promise<Campaign> {
    const { campaigns, actions, tasks, clock } = this.#options;
    await this.#requireCancel(caller, id, 'cancel this campaign');
    const reason = readReason(request.reason);
    await this.#change(caller, id, async (tx, { campaign }) => {
      if (campaign.cancelled) {
        return undefined;
      }
      await campaigns.cancel(tx, id, {
        at: clock.now(),
        by: caller.actor,
        reason,
      });
      return { type: 'campaign.cancelled', message: `Cancelled: ${reason}` };
    });
    // After the campaign itself: no wave begins meanwhile, and a call that was interrupted can be made again.
    await actions.cancel(await tasks.listUnsettled(id), {
      actor: caller.actor,
      reason,
      check: () => undefined,
    });
    return this.#goOn(caller, id);
  }

  async retry(
    caller: CampaignCaller,
    id: string,
    request: { tasks?: string[] },
  ): Promise<BulkTaskResults> {
    const { tasks, taskService, campaigns, clock } = this.#options;
    await this.#requireCancel(caller, id, 'try tasks of this campaign again');
    const campaign = await this.#stored(id);
    if (campaign.cancelled && !request.tasks) {
      throw new ConflictError(
        'The campaign was cancelled. Name the tasks that are to be tried again, or launch a new one.',
      );
    }
    const failed = request.tasks
      ? await this.#ofCampaign(id, request.tasks)
      : await tasks.listFailed(id, retriedAtOnce + 1);
    const some = failed.slice(0, retriedAtOnce);
    if (!some.length) {
      throw new ConflictError('No task of the campaign has failed.');
    }
    const results = await taskService.retry({
      credentials: caller.credentials,
      ids: some,
      actor: caller.actor,
    });
    await campaigns.makeDue([id], clock.now());
    return {
      results: results.map(toResult),
      ...(failed.length > some.length && {
        remaining: (await tasks.listFailed(id, 50_000)).length,
      }),
    };
  }

  async setPriority(
    caller: CampaignCaller,
    id: string,
    request: { priority: Priority; tasks?: string[] },
  ): Promise<Campaign> {
    const { access, campaigns, actions, tasks } = this.#options;
    const { priority } = request;
    await access.require(id, {
      permission: agentTaskApprovePermission,
      credentials: caller.credentials,
      what: 'change the priority of this campaign',
    });
    const some = request.tasks && (await this.#ofCampaign(id, request.tasks));
    if (!some) {
      await this.#change(caller, id, async (tx, { campaign }) => {
        await campaigns.setPriority(tx, id, priority);
        return {
          type: 'campaign.priority_changed',
          message: `Its priority is now ${priority}; it was ${campaign.priority}.`,
          details: { from: campaign.priority, to: priority },
        };
      });
    }
    const waiting = new Set(await tasks.listWaiting(id));
    await actions.setPriority(
      (some ?? [...waiting]).filter(one => waiting.has(one)),
      {
        actor: caller.actor,
        priority,
        check: () => undefined,
      },
    );
    return this.get(caller, id);
  }

  async addComponents(
    caller: LaunchCaller,
    id: string,
    request: AddComponentsRequest,
    idempotencyKey: string,
  ): Promise<Campaign> {
    const { launches } = this.#options;
    const { credentials, requester } = caller;
    await this.#requireCancel(
      { credentials, actor: requester },
      id,
      'add components to this campaign',
    );
    if (Boolean(request.components) === Boolean(request.selection)) {
      throw new InputError(
        "Send either 'components' or 'selection', and not both.",
      );
    }
    await launches.addComponents({
      caller,
      campaignId: id,
      request,
      idempotencyKey,
    });
    return this.#goOn({ credentials, actor: requester }, id);
  }

  async approve(
    caller: CampaignCaller,
    id: string,
    wave: number,
  ): Promise<Campaign> {
    const { access, progress, clock } = this.#options;
    await access.require(id, {
      permission: agentTaskApprovePermission,
      credentials: caller.credentials,
      what: 'approve waves of this campaign',
    });
    const { waves } = await this.get(caller, id);
    const wanted = waves.find(one => one.number === wave);
    if (!wanted) {
      throw new NotFoundError(`The campaign has no wave ${wave}.`);
    }
    await this.#change(caller, id, async (tx, stored) => {
      const before = stored.waves.find(one => one.number === wave);
      // Pressed twice, it is approved once.
      if (before?.approvedAt || before?.releasedAt) {
        return undefined;
      }
      if (wanted.state !== 'waiting_for_approval') {
        throw new ConflictError(
          `Wave ${wave} does not wait for approval (${wanted.state}). It can be approved once the waves before it have settled.`,
        );
      }
      await progress.approve(tx, {
        campaignId: id,
        wave,
        by: caller.actor,
        at: clock.now(),
      });
      return {
        type: 'campaign.wave_approved',
        message: `Approved wave ${wave} of ${waves.length}.`,
        details: { wave },
      };
    });
    return this.#goOn(caller, id);
  }

  /** Goes on after a rule has stopped the campaign. */
  async continueAfterStop(
    caller: CampaignCaller,
    id: string,
    request: { reason: string },
  ): Promise<Campaign> {
    const { access, progress, brakes, clock } = this.#options;
    await access.require(id, {
      permission: agentTaskApprovePermission,
      credentials: caller.credentials,
      what: 'let this campaign go on',
    });
    const reason = readReason(request.reason);
    await this.#change(caller, id, async (tx, { waves }) => {
      const stopped = waves.find(one => one.stop && !one.continuedAt);
      if (!stopped) {
        throw new ConflictError(
          'No rule has stopped the campaign. POST …/resume ends a pause.',
        );
      }
      const at = clock.now();
      await progress.goOn(tx, {
        campaignId: id,
        wave: stopped.number,
        by: caller.actor,
        at,
      });
      if (stopped.stopBrake) {
        await brakes.release(tx, {
          id: stopped.stopBrake,
          by: caller.actor,
          at,
        });
      }
      return {
        type: 'campaign.continued',
        message: `Goes on after the stop in wave ${stopped.number}: ${reason}`,
        details: { wave: stopped.number },
      };
    });
    return this.#goOn(caller, id);
  }

  /** Does the same to many tasks, each with the permissions that the caller has on it. */
  async bulk(
    caller: CampaignCaller,
    request: BulkTaskRequest,
  ): Promise<BulkTaskResults> {
    const { access, actions, taskService } = this.#options;
    const { credentials, actor } = caller;
    const ids = [...new Set(request.tasks)];
    if (request.action === 'retry') {
      const results = await taskService.retry({
        credentials,
        ids,
        actor,
        reason: request.reason,
      });
      return { results: results.map(toResult) };
    }
    const permission =
      request.action === 'cancel'
        ? agentTaskCancelPermission
        : agentTaskApprovePermission;
    const [visible, permitted] = await Promise.all([
      access.visible(credentials),
      access.permitted(permission, credentials),
    ]);
    const check: TaskCheck = task => {
      if (visible && !matchesTaskFilter(task, visible)) {
        return `There is no task '${task.id}'.`;
      }
      return covers(permitted, [task])
        ? undefined
        : notAllowed(permission, 'do this with this task').message;
    };
    if (request.action === 'cancel') {
      const results = await actions.cancel(ids, {
        actor,
        reason: request.reason,
        check,
      });
      return { results: results.map(toActionResult) };
    }
    if (!request.priority) {
      throw new InputError("Say which 'priority' the tasks are to have.");
    }
    const results = await actions.setPriority(ids, {
      actor,
      priority: request.priority,
      check,
    });
    return { results: results.map(toActionResult) };
  }

  async #requireCancel(
    caller: CampaignCaller,
    id: string,
    what: string,
  ): Promise<void> {
    await this.#options.access.require(id, {
      permission: agentTaskCancelPermission,
      credentials: caller.credentials,
      what,
    });
  }

  async #stored(id: string): Promise<StoredCampaign> {
    const campaign = await this.#options.campaigns.get(id);
    if (!campaign) {
      throw new NotFoundError(`There is no campaign '${id}'.`);
    }
    return campaign;
  }

  /** @throws InputError where one is of another campaign */
  async #ofCampaign(id: string, taskIds: string[]): Promise<string[]> {
    const found = await this.#options.store.getMany(taskIds);
    const foreign = taskIds.filter(one => found.get(one)?.campaignId !== id);
    if (foreign.length) {
      throw new InputError(
        `The campaign has no such tasks: ${foreign.slice(0, 10).join(', ')}.`,
      );
    }
    return [...new Set(taskIds)];
  }

  /** Changes a campaign while nobody else does, with an event; `undefined`: there was nothing to change. */
  async #change(
    caller: CampaignCaller,
    id: string,
    work: (
      tx: Transaction,
      stored: {
        campaign: StoredCampaign;
        waves: StoredWave[];
        pauses: { id: string; pulledBy: string }[];
      },
    ) => Promise<
      | {
          type: string;
          message: string;
          details?: Record<string, string | number>;
        }
      | undefined
    >,
  ): Promise<void> {
    const { campaigns, store, brakes, events, clock } = this.#options;
    await store.transaction(async tx => {
      const campaign = await campaigns.lock(tx, id);
      if (!campaign) {
        throw new NotFoundError(`There is no campaign '${id}'.`);
      }
      const waves = await campaigns.listWaves([id], tx);
      const stops = waveBrakes(waves);
      const active = await brakes.listActive(clock.now(), tx);
      const event = await work(tx, {
        campaign,
        waves,
        pauses: active.filter(
          one =>
            one.scope === 'campaign' &&
            one.subject === id &&
            !stops.has(one.id),
        ),
      });
      if (event) {
        await events.append(tx, [
          { ...event, at: clock.now(), actor: caller.actor, campaignId: id },
        ]);
      }
    });
  }

  /** Does what follows from a decision, and shows it. */
  async #goOn(caller: CampaignCaller, id: string): Promise<Campaign> {
    const { watcher, wakeups } = this.#options;
    await watcher.look(id);
    wakeups.wake('admission');
    return this.get(caller, id);
  }
}

function readReason(reason: string): string {
  const text = reason.trim();
  if (!text) {
    throw new InputError(
      "'reason' is empty. Say why, for those whose tasks wait.",
    );
  }
  return text;
}

function readEnd(until: string | undefined, now: Date): Date | undefined {
  if (until === undefined) {
    return undefined;
  }
  const end = new Date(until);
  const inMs = end.getTime() - now.getTime();
  if (!(inMs > 0 && inMs <= longestPauseMs)) {
    throw new InputError(
      "'until' must be a time within the next year, such as 2026-12-24T18:00:00Z.",
    );
  }
  return end;
}

function toResult(result: { taskId: string; error?: Error }) {
  return {
    taskId: result.taskId,
    ok: !result.error,
    ...(result.error && { message: result.error.message }),
  };
}

function toActionResult(result: { taskId: string; message?: string }) {
  return { ...result, ok: result.message === undefined };
}

export interface CampaignServiceOptions {
  access: CampaignAccess;
  campaigns: CampaignStore;
  progress: CampaignProgressStore;
  lister: DatabaseCampaignLister;
  view: CampaignView;
  watcher: CampaignWatcher;
  actions: TaskActions;
  /** Reads the tasks of campaigns. */
  tasks: CampaignTaskReader;
  taskService: Pick<TaskService, 'retry'>;
  store: TaskStore;
  reader: TaskReader;
  launches: Pick<AuthorizedLaunchService, 'addComponents'>;
  brakes: BrakeStore;
  events: EventStore;
  clock: Clock;
  wakeups: { wake(name: 'admission'): void };
}

/** Tells which tasks of a campaign are in some state. */
export interface CampaignTaskReader {
  listUnsettled(campaignId: string): Promise<string[]>;
  listWaiting(campaignId: string): Promise<string[]>;
  listFailed(campaignId: string, limit: number): Promise<string[]>;
}
