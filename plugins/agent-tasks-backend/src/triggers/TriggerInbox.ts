import { createHash, randomBytes } from 'node:crypto';
import { AgentTasksEvent } from '@agent-tasks/plugin-agent-tasks-node';
import { canonicalJson } from '../launch/canonicalJson';
import { newId } from '../database/ids';
import { findUnstorable } from '../http/refuseUnstorable';
import { Clock } from '../loops/Clock';
import { Wakeups } from '../loops/Wakeups';
import { EventFacts, readGithubEvent } from './githubEvents';
import { Expression } from './Expression';
import { toVariables } from './toVariables';
import { NewTriggerRun, TriggerRunStore } from './TriggerRunStore';
import { StoredTrigger, TriggerStore } from './TriggerStore';
import { SignedRequest, verifySignature } from './verifySignature';

/** So many runs of a trigger wait at most; a sender that sends more is one that is out of order. */
const pendingAtMost = 1000;

/** What is not long enough to guess, and signs nothing. */
const noSecret = randomBytes(32).toString('hex');

/**
 * Takes in what triggers may run on. What is taken in is stored, so that it outlives a restart, and the answer does not
 * depend on what becomes of it.
 */
export class TriggerInbox {
  readonly #options: TriggerInboxOptions;

  private constructor(options: TriggerInboxOptions) {
    this.#options = options;
  }

  static create(options: TriggerInboxOptions): TriggerInbox {
    return new TriggerInbox(options);
  }

  /** Takes a request of a sender. False: it is not signed by who may send it. */
  async receive(options: {
    triggerId: string;
    request: SignedRequest;
  }): Promise<boolean> {
    const { triggerId, request } = options;
    const { triggers, secrets, hookWindowSeconds, clock } = this.#options;
    // A name that cannot be stored cannot be asked for either.
    const trigger = triggerId.includes('\0')
      ? undefined
      : await triggers.get(triggerId);
    const name = trigger?.webhook?.secret;
    const secret = name !== undefined ? secrets[name] : undefined;
    const verified = verifySignature({
      scheme:
        trigger?.webhook?.source ??
        (request.header('x-hub-signature-256') ? 'github' : 'generic'),
      // So that a trigger that there is takes no longer to refuse than one that there is not.
      secret: secret ?? noSecret,
      request,
      now: clock.now(),
      windowSeconds: hookWindowSeconds,
    });
    if (!trigger?.webhook || secret === undefined || !verified) {
      return false;
    }
    const isGithub = trigger.webhook.source === 'github';
    let payload: unknown;
    try {
      payload = JSON.parse(request.body.toString('utf8'));
    } catch {
      payload = undefined;
    }
    await this.#take(trigger, {
      kind: isGithub ? (request.header('x-github-event') ?? '') : '',
      payload,
      // What is not signed could be changed to have it run twice.
      key: hashOf(verified.signed),
      deliveryId: verified.deliveryId,
      sentAt: verified.sentAt,
    });
    return true;
  }

  /** Takes an event that its module has verified, for all triggers that it is for. */
  async publish(event: AgentTasksEvent): Promise<void> {
    const { triggers } = this.#options;
    let text: string;
    try {
      text = canonicalJson(event.payload ?? null);
    } catch {
      // Nested without end: it is no event of anything.
      return;
    }
    for (const trigger of await triggers.list()) {
      if (
        trigger.webhook?.source === event.source &&
        trigger.webhook.secret === undefined &&
        trigger.webhook.events?.includes(event.kind)
      ) {
        await this.#take(trigger, {
          kind: event.kind,
          payload: event.payload,
          // Its headers do not travel between replicas: the same content is the same event.
          key: hashOf(`${event.kind} ${text}`),
        });
      }
    }
  }

  async #take(
    trigger: StoredTrigger,
    delivery: {
      kind: string;
      payload: unknown;
      key: string;
      deliveryId?: string;
      sentAt?: Date;
    },
  ): Promise<void> {
    const { runs, clock, wakeups } = this.#options;
    const { kind, payload, key, deliveryId } = delivery;
    const left = await this.#findReason(trigger, delivery);
    const facts = left ? {} : readFacts(trigger, delivery);
    const run: NewTriggerRun = {
      id: newId('run'),
      triggerId: trigger.id,
      key: `delivery ${key}`,
      cause: 'webhook',
      at: clock.now(),
      deliveryId: deliveryId ?? key.slice(0, 16),
      ...(kind && !findUnstorable(kind) && { event: kind.slice(0, 64) }),
      ...(facts.happenedAt && { happenedAt: facts.happenedAt }),
      ...(facts.subject && { subject: facts.subject }),
      ...(left ?? { payload: JSON.stringify(payload) }),
    };
    if ((await runs.insert(undefined, run)) && !left) {
      wakeups.wake('triggers');
    }
  }

  /** Why nothing is made of a delivery, as far as that is known without a look into it. */
  async #findReason(
    trigger: StoredTrigger,
    delivery: { kind: string; payload: unknown },
  ): Promise<Pick<NewTriggerRun, 'outcome' | 'reason'> | undefined> {
    const { kind, payload } = delivery;
    const { paused, webhook } = trigger;
    if (payload === undefined) {
      return { outcome: 'refused', reason: 'What was sent is no JSON.' };
    }
    const unstorable = findUnstorable(payload);
    if (unstorable) {
      return { outcome: 'refused', reason: unstorable };
    }
    if (webhook?.events && !webhook.events.includes(kind)) {
      return {
        outcome: 'skipped',
        reason: `The trigger takes ${webhook.events.join(', ')}, and no other events.`,
      };
    }
    if (paused) {
      return {
        outcome: 'skipped',
        reason: `The trigger is paused by ${paused.by}: ${paused.reason}`,
      };
    }
    if ((await this.#options.runs.countPending(trigger.id)) >= pendingAtMost) {
      return {
        outcome: 'skipped',
        reason: `${pendingAtMost.toLocaleString('en-US')} deliveries wait already. Pause the trigger, and look at what its sender does.`,
      };
    }
    return undefined;
  }
}

/** When an event happened and what it is about, so that an older one can be told from a newer. */
function readFacts(
  trigger: StoredTrigger,
  delivery: { kind: string; payload: unknown; sentAt?: Date },
): Pick<EventFacts, 'happenedAt' | 'subject'> {
  const { kind, payload, sentAt } = delivery;
  const facts =
    trigger.webhook?.source === 'github'
      ? readGithubEvent({ kind, payload })
      : { happenedAt: sentAt };
  const expression = trigger.webhook?.subject;
  if (expression === undefined) {
    return facts;
  }
  try {
    const subject = Expression.parse(expression).evaluate(
      toVariables({ trigger, kind, payload }),
    );
    return { ...facts, subject: JSON.stringify(subject).slice(0, 500) };
  } catch {
    // It has none, and is taken by itself.
    return { happenedAt: facts.happenedAt };
  }
}

function hashOf(signed: Buffer | string): string {
  return createHash('sha256').update(signed).digest('hex');
}

export interface TriggerInboxOptions {
  triggers: Pick<TriggerStore, 'get' | 'list'>;
  runs: Pick<TriggerRunStore, 'insert' | 'countPending'>;
  /** By the names that triggers refer to. */
  secrets: Record<string, string>;
  hookWindowSeconds: number;
  clock: Clock;
  wakeups: Wakeups;
}
