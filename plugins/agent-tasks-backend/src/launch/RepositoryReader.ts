import {
  CodeHost,
  HostRepository,
  RepositoryRef,
  stringifyRepositoryRef,
} from '@agent-tasks/plugin-agent-tasks-node';
import { Remotes } from '../remotes/Remotes';

/** How long a host may take to tell of the repositories in one question. */
const questionTimeoutMs = 15_000;

/** How long all questions of a plan may take. What is not known by then is looked at when a task starts. */
const wholeTimeoutMs = 60_000;

/** Repositories in one question. */
const repositoriesAsked = 250;

/** Questions to a host at once. */
const questionsAtOnce = 4;

/** What a host says of a repository; `unknown`: it could not be asked. */
export type KnownRepository = HostRepository | 'not-found' | 'unknown';

/** Asks the hosts whether repositories exist, and how they are called now. */
export class RepositoryReader {
  readonly #remotes: Remotes;

  private constructor(remotes: Remotes) {
    this.#remotes = remotes;
  }

  static create(options: { remotes: Remotes }): RepositoryReader {
    return new RepositoryReader(options.remotes);
  }

  /**
   * @param options.repositories - those that are asked for, on hosts that are known
   * @returns by the ref that was asked for; with a warning for people where a host could not be asked
   */
  async read(options: { repositories: Iterable<RepositoryRef> }): Promise<{
    known: ReadonlyMap<string, KnownRepository>;
    warnings: string[];
  }> {
    const wanted = new Map<string, RepositoryRef>();
    for (const ref of options.repositories) {
      wanted.set(stringifyRepositoryRef(ref), ref);
    }
    const known = new Map<string, KnownRepository>();
    const warnings = new Set<string>();
    const deadline = AbortSignal.timeout(wholeTimeoutMs);
    for (const codeHost of this.#remotes.codeHosts) {
      const here = [...wanted].filter(([, ref]) => ref.host === codeHost.host);
      const questions: (typeof here)[] = [];
      for (let from = 0; from < here.length; from += repositoriesAsked) {
        questions.push(here.slice(from, from + repositoriesAsked));
      }
      const askNext = async (): Promise<void> => {
        for (let next = questions.shift(); next; next = questions.shift()) {
          const warning = await this.#ask({
            codeHost,
            asked: next,
            known,
            deadline,
          });
          if (warning) {
            warnings.add(warning);
          }
        }
      };
      await Promise.all(Array.from({ length: questionsAtOnce }, askNext));
    }
    return { known, warnings: [...warnings] };
  }

  async #ask(options: {
    codeHost: CodeHost;
    asked: [name: string, ref: RepositoryRef][];
    known: Map<string, KnownRepository>;
    deadline: AbortSignal;
  }): Promise<string | undefined> {
    const { codeHost, asked, known, deadline } = options;
    try {
      deadline.throwIfAborted();
      const found = await codeHost.getRepositories({
        repositories: asked.map(([, ref]) => ref),
        signal: AbortSignal.any([
          deadline,
          AbortSignal.timeout(questionTimeoutMs),
        ]),
      });
      for (const [name] of asked) {
        known.set(name, found.get(name) ?? 'not-found');
      }
      return undefined;
    } catch (error) {
      for (const [name] of asked) {
        known.set(name, 'unknown');
      }
      return deadline.aborted
        ? `${codeHost.title} did not tell of all repositories within ${wholeTimeoutMs / 1000} s. Whether the others exist and are not archived could not be checked.`
        : `Whether the repositories exist and are not archived could not be checked. ${this.#remotes.explain(error)}`;
    }
  }
}
