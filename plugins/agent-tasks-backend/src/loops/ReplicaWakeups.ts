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

/**
 * Loops whose round does all there is to do: one replica is enough, and others would only wait for it. The one that wakes
 * it here goes on at once.
 */
const enoughHere: readonly LoopName[] = ['admission'];

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

  /** To be called when the loops have stopped: the others go on with what this replica leaves behind. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#gathering);
    clearTimeout(this.#reconnecting);
    if (isPostgres(this.#knex)) {
      await this.#tell(loopNames);
    }
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
    names
      .filter(name => !enoughHere.includes(name))
      .forEach(name => this.#gathered.add(name));
    if (this.#gathered.size && !this.#stopped) {
      this.#gathering ??= setTimeout(() => {
        this.#gathering = undefined;
        const gathered = [...this.#gathered];
        this.#gathered.clear();
        this.#tell(gathered);
      }, gatherMs).unref();
    }
  }

  async #tell(names: readonly LoopName[]): Promise<void> {
    try {
      await this.#knex.raw('select pg_notify(?, ?)', [
        channel,
        [this.#replica, ...names].join(' '),
      ]);
    } catch (error) {
      this.#logger.debug(`Other replicas were not woken: ${error}`);
    }
  }
}

export interface ReplicaWakeupsOptions {
  knex: Knex;
  wakeups: Wakeups;
  logger: LoggerService;
}
