import { GithubSimulator } from '@agent-tasks/github-simulator';
import { LimitBook } from './LimitBook';

const MARKER = /\batt_[0-9A-Z]{26}\b/;
const SETTLED = ['completed', 'failed', 'timed_out', 'cancelled'];

/** A start that found more tasks at the agent than a limit that may be in force allows. */
export interface Suspicion {
  key: string;
  marker: string;
  /** Tasks at the agent with it. */
  count: number;
  /** When it was, in milliseconds since 1970. */
  at: number;
}

/**
 * Counts what the agent was given and has not ended, in all, by repository, and by team, at each start. Whether a start
 * was one too many depends on when it was admitted, where a limit was lowered meanwhile: so those in doubt are kept, to
 * be judged in the end.
 */
export class AgentWitness {
  readonly suspicions: Suspicion[] = [];
  readonly most = new Map<string, number>();
  starts = 0;
  readonly #open = new Map<string, string[]>();
  readonly #count = new Map<string, number>();

  private constructor() {}

  /** `teamOf` is the team of a repository, as `owner/name`; `groupOf` and `cohortOf` those of a team. */
  static watch(options: {
    simulator: GithubSimulator;
    book: LimitBook;
    host: string;
    teamOf: (repository: string) => string;
    groupOf: (team: string) => string | undefined;
    cohortOf: (team: string) => string | undefined;
  }): AgentWitness {
    const { simulator, book, host, teamOf, groupOf, cohortOf } = options;
    const { world } = simulator;
    const witness = new AgentWitness();
    world.events.on('task', ({ action, task }) => {
      if (action === 'created') {
        const repository = world.repositories.fullName(
          world.repositories.require(task.repositoryId),
        );
        const team = teamOf(repository);
        const group = groupOf(team);
        const cohort = cohortOf(team);
        witness.#begin({
          id: task.id,
          marker: MARKER.exec(task.prompt)?.[0] ?? 'none',
          keys: [
            'running portal',
            `running repository ${host}/${repository}`,
            `running team ${team}`,
            ...(group ? [`running group ${group}`] : []),
            ...(cohort ? [`running cohort ${cohort}`] : []),
          ],
          book,
        });
      } else if (SETTLED.includes(task.state)) {
        witness.#end(task.id);
      }
    });
    return witness;
  }

  #begin(start: {
    id: string;
    marker: string;
    keys: string[];
    book: LimitBook;
  }): void {
    const { id, marker, keys, book } = start;
    const now = Date.now();
    this.starts += 1;
    this.#open.set(id, keys);
    for (const key of keys) {
      const count = (this.#count.get(key) ?? 0) + 1;
      this.#count.set(key, count);
      this.most.set(key, Math.max(this.most.get(key) ?? 0, count));
      if (count > book.lowestAt(key, now)) {
        this.suspicions.push({ key, marker, count, at: now });
      }
    }
  }

  #end(id: string): void {
    for (const key of this.#open.get(id) ?? []) {
      this.#count.set(key, (this.#count.get(key) ?? 0) - 1);
    }
    this.#open.delete(id);
  }
}
