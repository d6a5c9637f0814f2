import { LimitBook } from './LimitBook';

/**
 * Writes into the book what a cohort may have in use: the sum of what its teams own. While it is not known which value of a
 * team is in force, the highest counts.
 */
export class CohortBook {
  readonly #book: LimitBook;
  readonly #key: string;
  readonly #possible: Map<string, Set<number>>;

  private constructor(options: {
    book: LimitBook;
    key: string;
    possible: Map<string, Set<number>>;
  }) {
    this.#book = options.book;
    this.#key = options.key;
    this.#possible = options.possible;
  }

  /** `owned` are the run slots of each team at first. */
  static create(options: {
    book: LimitBook;
    cohort: string;
    owned: ReadonlyMap<string, number>;
  }): CohortBook {
    const { book, cohort, owned } = options;
    return new CohortBook({
      book,
      key: `running cohort ${cohort}`,
      possible: new Map(
        [...owned].map(([team, running]) => [team, new Set([running])]),
      ),
    });
  }

  has(team: string): boolean {
    return this.#possible.has(team);
  }

  /** Before a change of what a team owns is asked for. Returns what is called once it is confirmed. */
  change(options: {
    team: string;
    value: number;
    now: () => number;
  }): () => void {
    const { team, value, now } = options;
    const of = this.#possible.get(team);
    if (!of) {
      throw new Error(`${team} is not in the cohort`);
    }
    of.add(value);
    const write = () =>
      this.#book.change({ key: this.#key, value: this.#sum(), now });
    write();
    return () => {
      this.#possible.set(team, new Set([value]));
      // What was written before holds no longer once this is confirmed, which it is.
      write()();
    };
  }

  #sum(): number {
    return [...this.#possible.values()].reduce(
      (sum, values) => sum + Math.max(...values),
      0,
    );
  }
}
