import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'fs';
import { dirname } from 'path';
import { World, WorldData } from './state';

/** Changes come in bursts: a pull request that opens is a dozen events. */
const QUIET_MS = 500;
/** A task that never rests must not put off the writing for ever. */
const LONGEST_DELAY_MS = 5_000;

/**
 * A whole simulated GitHub as an earlier run left it in a file; `undefined` when there is no such file.
 *
 * @throws an `Error` that names the file when it does not hold a world
 * @public
 */
export function loadSnapshot(path: string): WorldData | undefined {
  if (!existsSync(path)) {
    return undefined;
  }
  try {
    const data: WorldData = JSON.parse(readFileSync(path, 'utf8'));
    if (data?.version !== 1) {
      throw new Error(`it is of version ${data?.version}, and 1 is known`);
    }
    return data;
  } catch (error) {
    throw new Error(
      `${path} is not a snapshot of the GitHub simulator: ${
        error instanceof Error ? error.message : error
      }. Delete it to start anew.`,
    );
  }
}

/** Writes a world to a file; whoever reads it finds the old one or the new one, never a part. @public */
export function saveSnapshot(options: { path: string; world: World }): void {
  const { path, world } = options;
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}.tmp`;
  writeFileSync(unfinished, JSON.stringify(world.toData()), { mode: 0o600 });
  renameSync(unfinished, path);
}

/**
 * Keeps a file up with a world, so that a simulator that is started again still has its pull requests.
 *
 * @public
 */
export class SnapshotWriter {
  readonly #path: string;
  readonly #world: World;
  readonly #onError: (error: unknown) => void;
  readonly #unsubscribe: () => void;
  #timer: NodeJS.Timeout | undefined;
  #dirtySince: number | undefined;

  private constructor(options: {
    path: string;
    world: World;
    onError: (error: unknown) => void;
  }) {
    this.#path = options.path;
    this.#world = options.world;
    this.#onError = options.onError;
    this.#unsubscribe = options.world.events.onAny(() => this.#touch());
  }

  /** `onError` is told when a file could not be written; the next change tries again. */
  static create(options: {
    path: string;
    world: World;
    onError: (error: unknown) => void;
  }): SnapshotWriter {
    return new SnapshotWriter(options);
  }

  /** Writes at once. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#dirtySince = undefined;
    try {
      saveSnapshot({ path: this.#path, world: this.#world });
    } catch (error) {
      this.#onError(error);
    }
  }

  /** Writes a last time, and stops listening. */
  close(): void {
    this.#unsubscribe();
    this.flush();
  }

  #touch(): void {
    const now = Date.now();
    this.#dirtySince ??= now;
    const due = Math.min(now + QUIET_MS, this.#dirtySince + LONGEST_DELAY_MS);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), Math.max(0, due - now));
  }
}
