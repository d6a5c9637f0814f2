import { LaunchRequest } from '@agent-tasks/plugin-agent-tasks-common';
import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  toError,
} from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { EventStore } from '../audit/EventStore';
import { Transaction } from '../database/connect';
import { findUnstorable } from '../http/refuseUnstorable';
import { LaunchService } from '../launch/LaunchService';
import { Clock } from '../loops/Clock';
import { RoundStore } from '../loops/RoundStore';
import { findCapReached } from '../policy/triggerCaps';
import { Expression, ExpressionError } from './Expression';
import { toVariables } from './toVariables';
import { triggerEvent } from './triggerEvent';
import { ClaimedRun, RunOutcome, TriggerRunStore } from './TriggerRunStore';
import { TriggerScope } from './TriggerScope';
import { requesterOf, StoredTrigger, TriggerStore } from './TriggerStore';

/** How long a launch may take before another replica takes it over, in seconds. */
export const runLeaseSeconds = 300;

/** How often a run is tried where something went wrong. */
const triesAtMost = 5;

/** The wait after the first failure, in seconds; it doubles. */
const retrySeconds = 15;

const dayMs = 86_400_000;

/** The round that forgets old runs, of one replica once an hour. */
const pruneRound = 'trigger-runs';

/** The run is not made, as the trigger is told to. */
class Skip extends Error {
  /** Whether the list of runs is enough, and the audit is not told. */
  readonly quiet: boolean;

  constructor(message: string, options: { quiet?: boolean } = {}) {
    super(message);
    this.quiet = options.quiet ?? false;
  }
}

/** Another replica makes the run, or the trigger is gone. */
class Lost extends Error {}

/** Makes the runs that were noted: each launches once, or says why it does not. */
export class TriggerRunner {
  readonly #options: TriggerRunnerOptions;

  private constructor(options: TriggerRunnerOptions) {
    this.#options = options;
  }

  static create(options: TriggerRunnerOptions): TriggerRunner {
    return new TriggerRunner(options);
  }

  async round(signal: AbortSignal): Promise<void> {
    const { runs, clock } = this.#options;
    while (!signal.aborted) {
      const now = clock.now();
      const run = await runs.claim({
        now,
        leaseUntil: new Date(now.getTime() + runLeaseSeconds * 1000),
      });
      if (!run) {
        break;
      }
      await this.make(run);
    }
    await this.#prune();
  }

  /** Makes one run to its end. */
  async make(run: ClaimedRun): Promise<void> {
    const { triggers, logger, runs, clock } = this.#options;
    const trigger = await triggers.get(run.triggerId);
    if (!trigger) {
      return;
    }
    try {
      await this.#launch(trigger, run);
    } catch (error) {
      if (error instanceof Lost) {
        return;
      }
      if (error instanceof Skip) {
        await this.#end(trigger, run, 'skipped', error.message, error.quiet);
        return;
      }
      if (isRefusal(error)) {
        await this.#end(trigger, run, 'refused', toError(error).message);
        return;
      }
      logger.warn(
        `A run of the trigger '${trigger.name}' failed`,
        toError(error),
      );
      if (run.tries + 1 >= triesAtMost) {
        await this.#end(
          trigger,
          run,
          'failed',
          'Something unexpected went wrong, and went wrong again; the log of the backend has the details.',
        );
        return;
      }
      const wait = retrySeconds * 2 ** run.tries * 1000;
      await runs.retry({ run, at: new Date(clock.now().getTime() + wait) });
    }
  }

  async #launch(trigger: StoredTrigger, run: ClaimedRun): Promise<void> {
    const { auth, launches } = this.#options;
    refusePaused(trigger);
    const scope = await this.#options.scope.of(trigger);
    const { parameters, components } = await this.#readEvent(
      trigger,
      run,
      scope,
    );
    const request: LaunchRequest = {
      template: trigger.template,
      parameters,
      ...(components
        ? { components }
        : { selection: scope.narrow(trigger.selection ?? {}) }),
      ...(trigger.rollout && { rollout: trigger.rollout }),
    };
    await launches.launch({
      caller: {
        credentials: await auth.getOwnServiceCredentials(),
        requester: requesterOf(trigger),
        trigger: {
          id: trigger.id,
          name: trigger.name,
          owner: trigger.owner,
          onStored: (tx, launched) => this.#store(tx, trigger, run, launched),
        },
      },
      request,
      // The same run launches once, whoever makes it.
      idempotencyKey: run.id,
      permitted: scope.permitted,
    });
  }

  /** What an event, or the trigger itself, says to launch. */
  async #readEvent(
    trigger: StoredTrigger,
    run: ClaimedRun,
    scope: Awaited<ReturnType<TriggerScope['of']>>,
  ): Promise<{ parameters: JsonObject; components?: string[] }> {
    const { webhook } = trigger;
    if (!webhook) {
      return {
        parameters: readParameters(trigger),
        components: trigger.components,
      };
    }
    await this.#refuseOld(trigger, run);
    const variables = toVariables({
      trigger,
      kind: run.event ?? '',
      payload: JSON.parse(run.payload ?? 'null'),
    });
    if (webhook.filter !== undefined) {
      const matches = Expression.parse(webhook.filter).evaluate(variables);
      if (typeof matches !== 'boolean') {
        throw new InputError(
          `The filter gives ${JSON.stringify(matches).slice(0, 100)}, which is neither true nor false.`,
        );
      }
      if (!matches) {
        throw new Skip('The event does not match the filter.', { quiet: true });
      }
    }
    const parameters: JsonObject = { ...readParameters(trigger) };
    for (const [name, text] of Object.entries(webhook.parameters)) {
      parameters[name] = Expression.parse(text).evaluate(variables);
    }
    const unstorable = findUnstorable(parameters);
    if (unstorable) {
      throw new InputError(unstorable);
    }
    if (webhook.components !== undefined) {
      return {
        parameters,
        components: toComponents(
          Expression.parse(webhook.components).evaluate(variables),
        ),
      };
    }
    if (trigger.components || trigger.selection) {
      return { parameters, components: trigger.components };
    }
    if (!variables.repository) {
      throw new InputError('The event names no repository.');
    }
    const components = await scope.componentsOf(variables.repository);
    if (!components.length) {
      throw new Skip(
        `No component ${
          trigger.scope === 'all'
            ? 'of the catalog'
            : `that ${trigger.owner} or a group below it owns`
        } lives in ${variables.repository}.`,
        { quiet: true },
      );
    }
    return { parameters, components };
  }

  async #refuseOld(trigger: StoredTrigger, run: ClaimedRun): Promise<void> {
    const { runs, clock, eventMaxAgeSeconds } = this.#options;
    const { happenedAt, subject } = run;
    if (!happenedAt) {
      return;
    }
    const age = clock.now().getTime() - happenedAt.getTime();
    // What was tried before came in time.
    if (!run.tries && age > eventMaxAgeSeconds * 1000) {
      throw new Skip(
        `The event is of ${happenedAt.toISOString()}, more than ${eventMaxAgeSeconds} seconds ago.`,
      );
    }
    if (
      subject !== undefined &&
      (await runs.hasNewer({ triggerId: trigger.id, subject, happenedAt }))
    ) {
      throw new Skip('A later event of the same came before it.');
    }
  }

  /** Within the transaction of the launch, while nobody else launches by this trigger. */
  async #store(
    tx: Transaction,
    before: StoredTrigger,
    run: ClaimedRun,
    launched: { campaignId: string; tasks: number; at: Date },
  ): Promise<void> {
    const { triggers, runs } = this.#options;
    const { campaignId, tasks, at } = launched;
    const trigger = await triggers.lock(tx, before.id);
    if (!trigger) {
      throw new Lost();
    }
    refusePaused(trigger);
    const usage = await runs.usage(tx, {
      triggerId: trigger.id,
      requester: requesterOf(trigger),
      now: at,
      apartFrom: campaignId,
    });
    if (
      run.cause === 'schedule' &&
      trigger.schedule?.overlap === 'skip' &&
      usage.openTasks > 0
    ) {
      throw new Skip(
        `${usage.openTasks} of the tasks of an earlier run ${
          usage.openTasks === 1 ? 'is' : 'are'
        } not settled.`,
      );
    }
    const reached = findCapReached({ caps: trigger.caps, usage, tasks });
    if (reached) {
      throw new Skip(reached);
    }
    const settled = await runs.settle(tx, {
      run,
      outcome: 'launched',
      at,
      campaignId,
      tasks,
    });
    if (!settled) {
      throw new Lost();
    }
  }

  async #end(
    trigger: StoredTrigger,
    run: ClaimedRun,
    outcome: RunOutcome,
    reason: string,
    quiet = false,
  ): Promise<void> {
    const { runs, tasks, events, clock } = this.#options;
    const at = clock.now();
    await tasks.transaction(async tx => {
      const ended = await runs.settle(tx, { run, outcome, at, reason });
      if (ended && !quiet) {
        await events.append(tx, [
          triggerEvent({
            trigger,
            at,
            type: `trigger.${outcome}`,
            message: reason,
            details: { run: run.id, cause: run.cause },
          }),
        ]);
      }
    });
  }

  async #prune(): Promise<void> {
    const { rounds, runs, clock, keepRunsDays } = this.#options;
    const now = clock.now();
    const round = await rounds.claim({
      name: pruneRound,
      now,
      leaseUntil: new Date(now.getTime() + 60_000),
    });
    if (round) {
      await runs.removeOld(new Date(now.getTime() - keepRunsDays * dayMs));
      await rounds.finish({
        round,
        dueAt: new Date(now.getTime() + 3_600_000),
      });
    }
  }
}

function refusePaused({ paused }: StoredTrigger): void {
  if (paused) {
    throw new Skip(`The trigger is paused by ${paused.by}: ${paused.reason}`);
  }
}

/** The API checks that they are JSON. */
function readParameters(trigger: StoredTrigger): JsonObject {
  return trigger.parameters as JsonObject;
}

/** What another try would not change. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof ExpressionError ||
    error instanceof InputError ||
    error instanceof NotFoundError ||
    error instanceof ConflictError ||
    error instanceof NotAllowedError
  );
}

function toComponents(value: unknown): string[] {
  const refs = (Array.isArray(value) ? value : [value]).map(one => {
    try {
      return stringifyEntityRef(
        parseEntityRef(one as string, {
          defaultKind: 'component',
          defaultNamespace: 'default',
        }),
      );
    } catch {
      throw new InputError(
        `The expression for the components gives ${JSON.stringify(one).slice(0, 100)}, which is no entity ref.`,
      );
    }
  });
  if (!refs.length) {
    throw new Skip('The event names no component.', { quiet: true });
  }
  return refs;
}

export interface TriggerRunnerOptions {
  triggers: Pick<TriggerStore, 'get' | 'lock'>;
  runs: TriggerRunStore;
  scope: TriggerScope;
  launches: Pick<LaunchService, 'launch'>;
  events: Pick<EventStore, 'append'>;
  tasks: {
    transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  };
  rounds: Pick<RoundStore, 'claim' | 'finish'>;
  eventMaxAgeSeconds: number;
  keepRunsDays: number;
  auth: AuthService;
  clock: Clock;
  logger: LoggerService;
}
