import { SeededRandom } from '@agent-tasks/github-simulator';
import { BackendSetup } from '../backend/BackendSetup';
import { BackendProcess } from './BackendProcess';
import { freePort } from './scripts';
import { Workspace } from './Workspace';

const READY_TIMEOUT_MS = 90_000;

interface Replica {
  port: number;
  /** How often it was prepared. */
  lives: number;
  backend: BackendProcess;
  /** The next life, with its sources loaded. */
  next?: BackendProcess;
  up: boolean;
}

/**
 * Replicas of one backend, each with a port of its own that it keeps over its lives. The sources of the next life are
 * loaded while the one before runs.
 */
export class Replicas {
  readonly #replicas: Replica[];
  readonly #prepare: (replica: Replica) => BackendProcess;

  private constructor(options: {
    replicas: Replica[];
    prepare: (replica: Replica) => BackendProcess;
  }) {
    this.#replicas = options.replicas;
    this.#prepare = options.prepare;
  }

  /** Prepares them; `setup` is asked whenever a life begins to be prepared. */
  static async create(options: {
    workspace: Workspace;
    count: number;
    setup: (options: { port: number }) => BackendSetup;
  }): Promise<Replicas> {
    const { workspace, count, setup } = options;
    const prepare = (replica: Pick<Replica, 'port' | 'lives'>) => {
      replica.lives += 1;
      return BackendProcess.prepare({
        workspace,
        name: `backend-${replica.port}-${String(replica.lives).padStart(3, '0')}`,
        setup: setup(replica),
        port: replica.port,
      });
    };
    const replicas: Replica[] = [];
    while (replicas.length < count) {
      const replica = { port: await freePort(), lives: 0, up: false };
      replicas.push(Object.assign(replica, { backend: prepare(replica) }));
    }
    return new Replicas({ replicas, prepare });
  }

  get count(): number {
    return this.#replicas.length;
  }

  /** Where one that is up answers; of none is up, where one would. */
  anyUrl(random: SeededRandom): string {
    const up = this.#replicas.filter(replica => replica.up);
    return random.pick(up.length ? up : this.#replicas).backend.url;
  }

  /** Starts one that is prepared; resolves once it serves requests. */
  async start(index: number): Promise<void> {
    const replica = this.#replicas[index];
    replica.backend.go();
    await replica.backend.untilReady({ timeoutMs: READY_TIMEOUT_MS });
    replica.up = true;
    replica.next ??= this.#prepare(replica);
  }

  /** Starts one without waiting until it serves requests. */
  go(index: number): void {
    this.#replicas[index].backend.go();
  }

  /** Starts all, one after the other: the first migrates the database. */
  async startAll(): Promise<void> {
    for (let index = 0; index < this.count; index += 1) {
      await this.start(index);
    }
  }

  /** Kills one, whatever it does, without any chance to say goodbye. Its next life is prepared, and not started. */
  async kill(index: number): Promise<void> {
    const replica = this.#replicas[index];
    replica.up = false;
    await replica.backend.kill();
    replica.backend = replica.next ?? this.#prepare(replica);
    replica.next = undefined;
  }

  /** Prepares the next lives again, because what they are set up with has changed. */
  async prepareAgain(): Promise<void> {
    for (const replica of this.#replicas) {
      await replica.next?.kill();
      replica.next = this.#prepare(replica);
      if (!replica.up) {
        await replica.backend.kill();
        replica.backend = replica.next;
        replica.next = undefined;
      }
    }
  }

  /** Ends all of them for good. */
  async end(): Promise<void> {
    await Promise.all(
      this.#replicas.map(async replica => {
        replica.up = false;
        await replica.backend.kill();
        await replica.next?.kill();
      }),
    );
  }
}
