import { SeededRandom } from '../random/SeededRandom';

/** What goes wrong. @public */
export type Fault =
  /** The answer is late by milliseconds. */
  | { kind: 'latency'; ms: number }
  /** The connection is cut, before or after the request had its effect. */
  | { kind: 'reset'; when: 'before' | 'after' }
  /** Another status, before or after the request had its effect. */
  | {
      kind: 'status';
      status: number;
      when?: 'before' | 'after';
      retryAfterSeconds?: number;
    }
  /** A body that is no JSON. The request has its effect. */
  | { kind: 'malformed' }
  /** The answer is written to the socket twice. */
  | { kind: 'duplicate' }
  /** A task that starts work never ends by itself. */
  | { kind: 'task_stuck' }
  /** A task that starts work asks for something and waits. */
  | { kind: 'task_waiting_for_user' }
  /** A webhook is not sent. */
  | { kind: 'webhook_lost' }
  /** A webhook is sent twice, with the same id of delivery. */
  | { kind: 'webhook_twice' }
  /** A webhook is sent after those that follow it, late by milliseconds. */
  | { kind: 'webhook_late'; ms: number };

/** @public */
export interface FaultRule {
  /**
   * Which requests: a regular expression for `METHOD /path`, or a pattern such as
   * `POST /agents/repos/:owner/:repo/tasks`, where `*` stands for any method or segment. The path is without `/api/v3`;
   * GraphQL is `POST /graphql`. For webhooks it is the event, such as `pull_request`. Without it: all.
   */
  route?: RegExp | string;
  /** 0 to 1; always when left out. */
  probability?: number;
  /** How often at most; without end when left out. */
  times?: number;
  fault: Fault;
}

/** @public */
export interface FaultHandle {
  id: string;
  /** How often it struck. */
  readonly hits: number;
  remove(): void;
}

/** @public */
export type RequestFault = Extract<
  Fault,
  { kind: 'latency' | 'reset' | 'status' | 'malformed' | 'duplicate' }
>;
/** @public */
export type TaskFault = Extract<
  Fault,
  { kind: 'task_stuck' | 'task_waiting_for_user' }
>;
/** @public */
export type WebhookFault = Extract<
  Fault,
  { kind: 'webhook_lost' | 'webhook_twice' | 'webhook_late' }
>;

interface ActiveRule {
  id: string;
  rule: FaultRule;
  matches: (target: string) => boolean;
  hits: number;
}

const REQUEST_KINDS = ['latency', 'reset', 'status', 'malformed', 'duplicate'];
const TASK_KINDS = ['task_stuck', 'task_waiting_for_user'];
const WEBHOOK_KINDS = ['webhook_lost', 'webhook_twice', 'webhook_late'];

/** Faults on demand. @public */
export class FaultInjector {
  readonly #random: SeededRandom;
  readonly #rules = new Map<string, ActiveRule>();
  #sequence = 0;

  private constructor(random: SeededRandom) {
    this.#random = random;
  }

  static create(options: { random: SeededRandom }): FaultInjector {
    return new FaultInjector(options.random);
  }

  add(rule: FaultRule): FaultHandle {
    const id = `fault-${++this.#sequence}`;
    const active: ActiveRule = {
      id,
      rule,
      matches: matcher(rule.route),
      hits: 0,
    };
    this.#rules.set(id, active);
    return {
      id,
      get hits() {
        return active.hits;
      },
      remove: () => {
        this.#rules.delete(id);
      },
    };
  }

  remove(id: string): boolean {
    return this.#rules.delete(id);
  }

  clear(): void {
    this.#rules.clear();
  }

  list(): { id: string; route?: string; hits: number; fault: Fault }[] {
    return [...this.#rules.values()].map(({ id, rule, hits }) => ({
      id,
      route: rule.route === undefined ? undefined : String(rule.route),
      hits,
      fault: rule.fault,
    }));
  }

  /** The faults that strike a request, given as `METHOD /path`. Each call counts. */
  forRequest(target: string): RequestFault[] {
    return this.#strike(target, REQUEST_KINDS) as RequestFault[];
  }

  /** The fault that strikes a task in a repository, given as `owner/name`. */
  forTask(repository: string): TaskFault | undefined {
    return this.#strike(repository, TASK_KINDS)[0] as TaskFault | undefined;
  }

  /** The faults that strike a webhook, given as the name of its event. */
  forWebhook(event: string): WebhookFault[] {
    return this.#strike(event, WEBHOOK_KINDS) as WebhookFault[];
  }

  #strike(target: string, kinds: string[]): Fault[] {
    if (this.#rules.size === 0) {
      return [];
    }
    const struck: Fault[] = [];
    for (const active of this.#rules.values()) {
      const { probability = 1, times = Infinity, fault } = active.rule;
      if (
        kinds.includes(fault.kind) &&
        active.hits < times &&
        active.matches(target) &&
        this.#random.next() < probability
      ) {
        active.hits++;
        struck.push(fault);
      }
    }
    return struck;
  }
}

function matcher(route: FaultRule['route']): (target: string) => boolean {
  if (route === undefined) {
    return () => true;
  }
  if (route instanceof RegExp) {
    // A `g` or `y` flag would make the answer depend on the one before.
    const regexp = new RegExp(route.source, route.flags.replace(/[gy]/g, ''));
    return target => regexp.test(target);
  }
  const source = route
    .replace(/[.+?^${}()|[\]\\]/g, '\\$&')
    .replace(/:\w+/g, '[^/]+')
    .replace(/\*/g, '[^/ ]+');
  const regexp = new RegExp(`^${source}$`);
  return target => regexp.test(target);
}
