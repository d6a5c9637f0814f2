import {
  admit,
  AdmissionCandidate,
} from '@agent-tasks/plugin-agent-tasks-backend/src/policy/admit';
import {
  LimitCounts,
  LimitSettings,
  maxOf,
  shareOf,
  usedOf,
} from '@agent-tasks/plugin-agent-tasks-backend/src/policy/limits';
import {
  limitKey,
  portalKey,
} from '@agent-tasks/plugin-agent-tasks-backend/src/policy/slots';
import { takesOf } from '@agent-tasks/plugin-agent-tasks-backend/src/policy/takes';
import { SeededRandom } from '@agent-tasks/github-simulator';

const runningOf = (team: string) =>
  limitKey({ kind: 'running', scope: 'team', subject: team });

/**
 * A portal whose only tight limit is its number of run slots. Its rounds decide by the policies of the backend, on the
 * counters that the backend would have.
 */
export class FairPortal {
  readonly teams: readonly string[];
  readonly slots: number;
  readonly #weights: readonly number[];
  readonly #sum: number;
  readonly #settings: LimitSettings;
  readonly #counts: LimitCounts & { taken: Map<string, number> };
  /** The team of each task at work, the oldest first. */
  readonly #atWork: number[] = [];
  /** How many tasks had been admitted when a team was last. */
  readonly #lastTurn = new Map<string, number>();
  #admitted = 0;

  private constructor(options: { weights: readonly number[]; slots: number }) {
    const { weights, slots } = options;
    this.#weights = weights;
    this.#sum = weights.reduce((a, b) => a + b, 0);
    this.slots = slots;
    this.teams = weights.map((_, index) => `group:default/team-${index}`);
    this.#settings = {
      at: new Date(0),
      portal: { running: slots },
      team: { running: slots },
      groups: new Map(
        this.teams.map((team, index) => [team, { weight: weights[index] }]),
      ),
      ancestors: new Map(),
    };
    this.#counts = { known: true, taken: new Map([[portalKey, 0]]) };
  }

  static create(options: {
    weights: readonly number[];
    slots: number;
  }): FairPortal {
    return new FairPortal(options);
  }

  /** Run slots that a team is entitled to. */
  shareOf(index: number): number {
    return (this.slots * this.#weights[index]) / this.#sum;
  }

  get free(): number {
    return this.slots - this.#atWork.length;
  }

  /** One round of admission over tasks that are queued; returns the teams whose tasks start. */
  round(queued: readonly { team: number; count: number }[]): number[] {
    const settings = this.#settings;
    const counts = this.#counts;
    const indexOf = new Map(this.teams.map((team, index) => [team, index]));
    const { admitted } = admit({
      limits: {
        get: key => {
          const max = maxOf(key, settings);
          const used = usedOf(key, counts, settings);
          return max === undefined ? undefined : { max, used };
        },
      },
      teams: new Map(
        queued.map(({ team: index }) => {
          const team = this.teams[index];
          const last = this.#lastTurn.get(team);
          return [
            team,
            {
              ...shareOf(team, counts, settings),
              waited: last === undefined ? undefined : this.#admitted - last,
            },
          ];
        }),
      ),
      candidates: queued.flatMap(line => this.#candidates(line)),
    });
    const started = admitted.map(task => indexOf.get(task.team)!);
    for (const index of started) {
      this.#admitted += 1;
      this.#lastTurn.set(this.teams[index], this.#admitted);
      this.#atWork.push(index);
      this.#count(index, 1);
    }
    return started;
  }

  /** All teams have more to do than there are slots. */
  backlog(): { team: number; count: number }[] {
    return this.teams.map((_, team) => ({
      team,
      // As admission does, which reads no more tasks of a team than it could give slots to.
      count: Math.min(this.free, Math.ceil(this.shareOf(team)) + 1),
    }));
  }

  /** Ends the task that began first. */
  endOldest(): void {
    this.#end(0);
  }

  /** Ends any task. */
  endOne(random: SeededRandom): void {
    this.#end(random.integer(0, this.#atWork.length - 1));
  }

  /** How many tasks a team is away from its share at most. */
  lag(): number {
    return Math.max(
      ...this.teams.map((team, index) =>
        Math.abs(
          (this.#counts.taken.get(runningOf(team)) ?? 0) - this.shareOf(index),
        ),
      ),
    );
  }

  /** Whether a team has a task at work. */
  isAtWork(index: number): boolean {
    return (this.#counts.taken.get(runningOf(this.teams[index])) ?? 0) > 0;
  }

  #candidates(line: { team: number; count: number }): AdmissionCandidate[] {
    const team = this.teams[line.team];
    const takes = takesOf(
      {
        team,
        repository: 'github.com/acme/any',
        provider: 'any',
        account: 'any',
        lane: 'review',
        reviewMinutes: 1,
      },
      this.#settings,
    );
    return Array.from({ length: line.count }, (_, number) => ({
      id: `${team} ${number}`,
      team,
      takes,
    }));
  }

  #end(place: number): void {
    const [index] = this.#atWork.splice(place, 1);
    this.#count(index, -1);
  }

  #count(index: number, by: number): void {
    const { taken } = this.#counts;
    for (const key of [portalKey, runningOf(this.teams[index])]) {
      taken.set(key, (taken.get(key) ?? 0) + by);
    }
  }
}
