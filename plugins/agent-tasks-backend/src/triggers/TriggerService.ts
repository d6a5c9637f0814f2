import {
  Trigger,
  TriggerList,
  TriggerRequest,
  TriggerRun,
  TriggerRunList,
} from '@agent-tasks/plugin-agent-tasks-common';
import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import { EventStore } from '../audit/EventStore';
import { Transaction } from '../database/connect';
import { newId } from '../database/ids';
import { Clock } from '../loops/Clock';
import { nextRun } from '../policy/scheduleRuns';
import { TemplateRevision, TemplateStore } from '../templates/TemplateStore';
import { checkTrigger, readOwner } from './checkTrigger';
import { toApiTrigger } from './toApiTrigger';
import { TriggerAccess } from './TriggerAccess';
import { triggerEvent } from './triggerEvent';
import { runLeaseSeconds, TriggerRunner } from './TriggerRunner';
import { TriggerRunStore } from './TriggerRunStore';
import { TriggerScope } from './TriggerScope';
import { requesterOf, StoredTrigger, TriggerStore } from './TriggerStore';

/** Who calls. */
export interface TriggerCaller {
  credentials: BackstageCredentials;
  /** Entity ref of the user, or of the service. */
  actor: string;
}

/** Shows, makes and changes triggers, for those who may. */
export class TriggerService {
  readonly #options: TriggerServiceOptions;

  private constructor(options: TriggerServiceOptions) {
    this.#options = options;
  }

  static create(options: TriggerServiceOptions): TriggerService {
    return new TriggerService(options);
  }

  async list(credentials: BackstageCredentials): Promise<TriggerList> {
    const { access, triggers, secrets } = this.#options;
    await access.requireRead(credentials);
    const managed = await access.managed(credentials);
    return {
      items: await this.#show(credentials, await triggers.list()),
      mayCreate: managed.some,
      secrets: managed.some ? [...secrets].sort() : [],
    };
  }

  async get(credentials: BackstageCredentials, id: string): Promise<Trigger> {
    await this.#options.access.requireRead(credentials);
    return this.#showOne(credentials, await this.#find(id));
  }

  async create(
    caller: TriggerCaller,
    request: TriggerRequest,
  ): Promise<Trigger> {
    const { access, triggers, events, tasks, clock } = this.#options;
    const owner = readOwner(request.owner);
    await access.requireManage(caller.credentials, { ...request, owner });
    await this.#check({ ...request, owner });
    const now = clock.now();
    const trigger = this.#toStored({ ...request, owner }, now, {
      id: newId('trigger'),
      createdBy: caller.actor,
      createdAt: now,
      updatedBy: caller.actor,
      version: 1,
    });
    await tasks.transaction(async tx => {
      if (!(await triggers.insert(tx, trigger))) {
        throw new ConflictError(
          `There is a trigger with the name '${trigger.name}'. Choose another one.`,
        );
      }
      await events.append(tx, [
        triggerEvent({
          trigger,
          at: now,
          type: 'trigger.created',
          actor: caller.actor,
          message: `Made the trigger '${trigger.name}' of ${owner}.`,
          details: describe(trigger),
        }),
      ]);
    });
    return this.#showOne(caller.credentials, trigger);
  }

  async update(
    caller: TriggerCaller,
    id: string,
    request: TriggerRequest,
  ): Promise<Trigger> {
    const { access, clock } = this.#options;
    const before = await this.#find(id);
    const owner = readOwner(request.owner);
    // Of what it was and of what it is to be.
    await access.requireManage(caller.credentials, before);
    await access.requireManage(caller.credentials, { ...request, owner });
    if (request.name !== before.name || request.type !== before.type) {
      throw new InputError(
        `The name and the type of a trigger stay: '${before.name}' and '${before.type}'. Make another one.`,
      );
    }
    if (request.expectedVersion === undefined) {
      throw new InputError(
        "'expectedVersion' is missing: the version that the change was made from.",
      );
    }
    await this.#check({ ...request, owner });
    const now = clock.now();
    const trigger = this.#toStored({ ...request, owner }, now, {
      ...before,
      updatedBy: caller.actor,
      version: request.expectedVersion + 1,
    });
    await this.#change({
      caller,
      trigger,
      expectedVersion: request.expectedVersion,
      type: 'trigger.updated',
      message: `Changed the trigger '${trigger.name}'.`,
      details: describe(trigger),
    });
    return this.#showOne(caller.credentials, trigger);
  }

  async remove(caller: TriggerCaller, id: string): Promise<void> {
    const { access, triggers, events, tasks, clock } = this.#options;
    const trigger = await this.#find(id);
    await access.requireManage(caller.credentials, trigger);
    await tasks.transaction(async tx => {
      if (await triggers.remove(tx, id)) {
        await events.append(tx, [
          triggerEvent({
            trigger,
            at: clock.now(),
            type: 'trigger.deleted',
            actor: caller.actor,
            message: `Removed the trigger '${trigger.name}'.`,
          }),
        ]);
      }
    });
  }

  async pause(
    caller: TriggerCaller,
    id: string,
    request: { reason: string },
  ): Promise<Trigger> {
    const reason = request.reason.trim();
    if (!reason) {
      throw new InputError(
        "'reason' is empty. Say why, for those who wait for its tasks.",
      );
    }
    const before = await this.#findManaged(caller, id);
    const trigger: StoredTrigger = {
      ...before,
      paused: { reason, by: caller.actor, since: this.#options.clock.now() },
      version: before.version + 1,
    };
    await this.#change({
      caller,
      trigger,
      expectedVersion: before.version,
      type: 'trigger.paused',
      message: `Paused the trigger '${trigger.name}': ${reason}`,
    });
    return this.#showOne(caller.credentials, trigger);
  }

  async resume(caller: TriggerCaller, id: string): Promise<Trigger> {
    const before = await this.#findManaged(caller, id);
    if (!before.paused) {
      return this.#showOne(caller.credentials, before);
    }
    const { paused: _paused, ...trigger } = {
      ...before,
      version: before.version + 1,
    };
    await this.#change({
      caller,
      trigger,
      expectedVersion: before.version,
      type: 'trigger.resumed',
      message: `Resumed the trigger '${trigger.name}'.`,
    });
    return this.#showOne(caller.credentials, trigger);
  }

  /** Runs a schedule now. The same key runs it once. */
  async run(
    caller: TriggerCaller,
    id: string,
    idempotencyKey: string,
  ): Promise<TriggerRun> {
    const { runs, runner, events, tasks, clock } = this.#options;
    const trigger = await this.#findManaged(caller, id);
    if (trigger.type !== 'schedule') {
      throw new InputError(
        'A webhook runs when it is called: there is no event to run it with.',
      );
    }
    if (trigger.paused) {
      throw new ConflictError(
        `The trigger is paused by ${trigger.paused.by}: ${trigger.paused.reason} Resume it first.`,
      );
    }
    const at = clock.now();
    const key = `manual ${caller.actor} ${idempotencyKey}`;
    const run = {
      id: newId('run'),
      triggerId: trigger.id,
      leaseId: newId('lease'),
      cause: 'manual',
      tries: 0,
    } as const;
    const isNew = await tasks.transaction(async tx => {
      const inserted = await runs.insert(tx, {
        ...run,
        key,
        at,
        requestedBy: caller.actor,
        lease: {
          id: run.leaseId,
          until: new Date(at.getTime() + runLeaseSeconds * 1000),
        },
      });
      if (inserted) {
        await events.append(tx, [
          triggerEvent({
            trigger,
            at,
            type: 'trigger.run_requested',
            actor: caller.actor,
            message: `Asked to run the trigger '${trigger.name}' now.`,
            details: { run: run.id },
          }),
        ]);
      }
      return inserted;
    });
    if (!isNew) {
      return (await runs.findByKey({ triggerId: trigger.id, key }))!;
    }
    await runner.make(run);
    return (await runs.get(run.id))!;
  }

  async listRuns(options: {
    credentials: BackstageCredentials;
    id: string;
    limit: number;
    cursor?: string;
  }): Promise<TriggerRunList> {
    const { credentials, id, limit, cursor } = options;
    const { access, runs } = this.#options;
    await access.requireRead(credentials);
    const trigger = await this.#find(id);
    const before = cursor && readCursor(cursor);
    const page = await runs.list({
      triggerId: trigger.id,
      limit,
      ...(before && { before }),
    });
    return {
      items: page.runs,
      ...(page.next && {
        nextCursor: Buffer.from(page.next).toString('base64url'),
      }),
    };
  }

  async #find(id: string): Promise<StoredTrigger> {
    const trigger = await this.#options.triggers.get(id);
    if (!trigger) {
      throw new NotFoundError(`There is no trigger '${id}'.`);
    }
    return trigger;
  }

  async #findManaged(
    { credentials }: TriggerCaller,
    id: string,
  ): Promise<StoredTrigger> {
    const trigger = await this.#find(id);
    await this.#options.access.requireManage(credentials, trigger);
    return trigger;
  }

  async #check(request: TriggerRequest): Promise<void> {
    const { templates, scope, secrets, clock } = this.#options;
    const template = await templates.getCurrent(request.template);
    if (!template) {
      throw new InputError(
        `There is no template '${request.template}'. GET /templates lists those that there are.`,
      );
    }
    if (!(await scope.hasGroup(request.owner))) {
      throw new InputError(
        `'owner' is ${request.owner}, which is no group of the catalog.`,
      );
    }
    checkTrigger({ request, template, secrets, now: clock.now() });
  }

  #toStored(
    request: TriggerRequest,
    now: Date,
    kept: Pick<
      StoredTrigger,
      'id' | 'createdBy' | 'createdAt' | 'updatedBy' | 'version' | 'paused'
    >,
  ): StoredTrigger {
    const { expectedVersion: _version, ...definition } = request;
    const { schedule } = definition;
    return {
      ...definition,
      id: kept.id,
      createdBy: kept.createdBy,
      createdAt: kept.createdAt,
      updatedBy: kept.updatedBy,
      updatedAt: now,
      version: kept.version,
      ...(kept.paused && { paused: kept.paused }),
      ...(schedule && {
        next: nextRun({ triggerId: kept.id, schedule, after: now }),
      }),
    };
  }

  async #change(options: {
    caller: TriggerCaller;
    trigger: StoredTrigger;
    expectedVersion: number;
    type: string;
    message: string;
    details?: ReturnType<typeof describe>;
  }): Promise<void> {
    const { triggers, events, tasks, clock } = this.#options;
    const { caller, trigger, expectedVersion, type, message, details } =
      options;
    await tasks.transaction(async tx => {
      if (!(await triggers.update(tx, trigger, expectedVersion))) {
        throw new ConflictError(
          'Somebody changed this trigger meanwhile. Look at it once more.',
        );
      }
      await events.append(tx, [
        triggerEvent({
          trigger,
          at: clock.now(),
          type,
          actor: caller.actor,
          message,
          details,
        }),
      ]);
    });
  }

  async #showOne(
    credentials: BackstageCredentials,
    trigger: StoredTrigger,
  ): Promise<Trigger> {
    const [shown] = await this.#show(credentials, [trigger]);
    return shown;
  }

  async #show(
    credentials: BackstageCredentials,
    triggers: StoredTrigger[],
  ): Promise<Trigger[]> {
    const { access, runs, templates, secrets, clock } = this.#options;
    const now = clock.now();
    const [managed, last, current] = await Promise.all([
      access.managed(credentials),
      runs.listLast(),
      templates.listCurrent(),
    ]);
    const templatesNow = new Map<string, TemplateRevision>(
      current.map(one => [one.template, one]),
    );
    return Promise.all(
      triggers.map(async trigger =>
        toApiTrigger({
          trigger,
          usage: await runs.usage(undefined, {
            triggerId: trigger.id,
            requester: requesterOf(trigger),
            now,
          }),
          lastRun: last.get(trigger.id),
          template: templatesNow.get(trigger.template),
          secrets,
          mayManage: managed.covers(trigger),
        }),
      ),
    );
  }
}

/** What of a trigger the audit shows. */
function describe(trigger: StoredTrigger) {
  const { template, scope, caps, schedule, webhook } = trigger;
  return {
    template,
    scope,
    caps: { ...caps },
    ...(schedule && { schedule: { ...schedule } }),
    ...(webhook && {
      webhook: { source: webhook.source, events: webhook.events ?? [] },
    }),
  };
}

function readCursor(cursor: string): string {
  const id = Buffer.from(cursor, 'base64url').toString();
  if (!/^trun_\w+$/.test(id)) {
    throw new InputError(
      "'cursor' is not one of this list. Begin with its first page.",
    );
  }
  return id;
}

export interface TriggerServiceOptions {
  triggers: TriggerStore;
  runs: TriggerRunStore;
  runner: TriggerRunner;
  scope: TriggerScope;
  access: TriggerAccess;
  templates: Pick<TemplateStore, 'getCurrent' | 'listCurrent'>;
  /** The names of those that there are. */
  secrets: readonly string[];
  events: Pick<EventStore, 'append'>;
  tasks: {
    transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  };
  clock: Clock;
}
