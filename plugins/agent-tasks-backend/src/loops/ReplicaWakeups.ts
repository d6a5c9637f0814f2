import { LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { newId } from '../database/ids';
import { isPostgres } from '../database/bulk';
import { LoopName, loopNames, Wakeups } from './Wakeups';

/** The channel of the plugin's database. */
const channel = 'agent_tasks_wake';

/** Wake-ups within this time are told together, in milliseconds. */
const gatherMs = 5;

/** A connection that broke is made again after this time, in milliseconds. */
const reconnectMs = 1_000;

/** What of the driver's connection is used. */
interface Listener {
  query(sql: string): Promise<unknown>;
  on(
    event: 'notification',
    listener: (message: { payload?: string }) => void,
  ): void;
  on(event: 'error' | 'end', listener: () => void): void;
  end(): Promise<void>;
}

/**
 * Carries wake-ups between replicas by LISTEN and NOTIFY. On SQLite there is one replica, and nothing to carry.
 *
 * @remarks
 *
 * Best effort: a replica that does not hear finds the work when it polls. Needs connections that last for a session; behind
 * a pooler by transaction wake-ups of other replicas are lost.
 */
export class ReplicaWakeups {
  readonly #knex: Knex;
  readonly #wakeups: Wakeups;
  readonly #logger: LoggerService;
  readonly #replica = newId('replica');
  readonly #gathered = new Set<LoopName>();
  #gathering?: NodeJS.Timeout;
  #reconnecting?: NodeJS.Timeout;
  #listener?: Listener;
  #stopped = false;

  private constructor(options: ReplicaWakeupsOptions) {
    this.#knex = options.knex;
    this.#wakeups = options.wakeups;
    this.#logger = options.logger;
  }

  static create(options: ReplicaWakeupsOptions): ReplicaWakeups {
    return new ReplicaWakeups(options);
  }

  async start(): Promise<void> {
    if (!isPostgres(this.#knex)) {
      return;
    }
    this.#wakeups.onWake(names => this.#gather(names));
    await this.#listen();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#gathering);
    clearTimeout(this.#reconnecting);
    await this.#listener?.end().catch(() => {});
  }

  async #listen(): Promise<void> {
    try {
      const listener: Listener = await this.#knex.client.acquireRawConnection();
      this.#listener = listener;
      listener.on('notification', ({ payload }) => this.#hear(payload ?? ''));
      listener.on('error', () => this.#reconnect());
      listener.on('end', () => this.#reconnect());
      await listener.query(`listen ${channel}`);
      // What was told while nobody listened.
      this.#wakeups.wakeHere(...loopNames);
    } catch (error) {
      this.#logger.debug(`Nothing is heard of other replicas: ${error}`);
      this.#reconnect();
    }
  }

  #reconnect(): void {
    if (this.#stopped || this.#reconnecting) {
      return;
    }
    this.#reconnecting = setTimeout(() => {
      this.#reconnecting = undefined;
      if (!this.#stopped) {
        this.#listen();
      }
    }, reconnectMs).unref();
  }

  #hear(payload: string): void {
    const [replica, ...names] = payload.split(' ');
    if (replica !== this.#replica) {
      this.#wakeups.wakeHere(
        ...names.filter((name): name is LoopName =>
          loopNames.some(known => known === name),
        ),
      );
    }
  }

  #gather(names: readonly LoopName[]): void {
    names.forEach(name => this.#gathered.add(name));
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      const payload = [this.#replica, ...this.#gathered].join(' ');
      this.#gathered.clear();
      this.#knex
        .raw('select pg_notify(?, ?)', [channel, payload])
        .then(undefined, error =>
          this.#logger.debug(`Other replicas were not woken: ${error}`),
        );
    }, gatherMs).unref();
  }
}

export interface ReplicaWakeupsOptions {
  knex: Knex;
  wakeups: Wakeups;
  logger: LoggerService;
}
