import {
  CodeHost,
  HostChange,
  HostChangeRef,
  HostRepository,
  ProviderError,
  RepositoryRef,
  StopStep,
  stringifyRepositoryRef,
} from '@agent-tasks/plugin-agent-tasks-node';
import { TokenPermissions } from '../client/GithubAuth';
import { GithubClient } from '../client/GithubClient';
import { InstallationTokens } from '../credentials/InstallationTokens';
import { SharedReadTokens } from '../credentials/SharedReadTokens';
import { MOST_REPOSITORIES, repositoryKey } from '../credentials/tokenScope';
import {
  CHANGES_PER_REQUEST,
  CHANGES_QUERY,
  changesSchema,
  toHostChange,
} from './changesQuery';
import { inChunks } from './inChunks';
import { readyForReview } from './readyForReview';
import {
  REPOSITORIES_PER_REQUEST,
  repositoriesQuery,
  repositoriesSchema,
  toHostRepository,
} from './repositoriesQuery';
import { stopWork } from './stopWork';

const READ_REPOSITORIES: TokenPermissions = { metadata: 'read' };
/** The sum of all checks takes the permissions for checks and for statuses. */
const READ_CHANGES: TokenPermissions = {
  pull_requests: 'read',
  checks: 'read',
  statuses: 'read',
};
/** GitHub asks for `contents` too, though nothing of them changes. */
const MARK_READY: TokenPermissions = {
  contents: 'write',
  pull_requests: 'write',
};

/** GitHub, with the tokens of an App that are narrowed to what each call needs. */
export class GithubCodeHost implements CodeHost {
  readonly id = 'github';
  readonly title = 'GitHub';
  readonly host: string;

  readonly #client: GithubClient;
  readonly #tokens: InstallationTokens;
  readonly #sharedTokens: SharedReadTokens;

  private constructor(options: {
    host: string;
    client: GithubClient;
    tokens: InstallationTokens;
    sharedTokens: SharedReadTokens;
  }) {
    this.host = options.host;
    this.#client = options.client;
    this.#tokens = options.tokens;
    this.#sharedTokens = options.sharedTokens;
  }

  static create(options: {
    /** The host in the web addresses of its repositories. */
    host: string;
    client: GithubClient;
    tokens: InstallationTokens;
    sharedTokens: SharedReadTokens;
  }): GithubCodeHost {
    return new GithubCodeHost(options);
  }

  async getRepositories(options: {
    repositories: RepositoryRef[];
    signal: AbortSignal;
  }): Promise<Map<string, HostRepository>> {
    const { repositories, signal } = options;
    const found = new Map<string, HostRepository>();
    const here = repositories.filter(repository => this.#isHere(repository));
    for (const [owner, owned] of byOwner(here, repository => repository)) {
      const unique = [
        ...new Map(owned.map(ref => [stringifyRepositoryRef(ref), ref])),
      ].map(([, ref]) => ref);
      for (const chunk of inChunks(unique, REPOSITORIES_PER_REQUEST)) {
        const shared = await this.#sharedTokens.get({
          owner,
          repositories: chunk.map(ref => ref.name),
          permissions: READ_REPOSITORIES,
          signal,
        });
        const covered = chunk.filter(ref =>
          shared?.covered.has(repositoryKey(ref.name)),
        );
        if (!shared || covered.length === 0) {
          continue;
        }
        const data = await this.#client.graphql({
          ...repositoriesQuery(covered),
          auth: shared.token.auth,
          tolerate: ['NOT_FOUND'],
          doing: `read ${covered.length} repositories of ${owner}`,
          schema: repositoriesSchema,
          signal,
        });
        covered.forEach((ref, index) => {
          const repository = data[`r${index}`];
          if (repository) {
            found.set(
              stringifyRepositoryRef(ref),
              toHostRepository({ repository, host: this.host }),
            );
          }
        });
      }
    }
    return found;
  }

  async getChanges(options: {
    changes: HostChangeRef[];
    signal: AbortSignal;
  }): Promise<Map<string, HostChange>> {
    const { changes, signal } = options;
    const found = new Map<string, HostChange>();
    const here = changes.filter(change => this.#isHere(change.repository));
    for (const [owner, owned] of byOwner(here, change => change.repository)) {
      for (const group of groupsForTokens(owned)) {
        const shared = await this.#sharedTokens.get({
          owner,
          repositories: group.repositories,
          permissions: READ_CHANGES,
          signal,
        });
        const ids = group.changes
          .filter(change =>
            shared?.covered.has(repositoryKey(change.repository.name)),
          )
          .map(change => change.globalId);
        for (const chunk of inChunks([...new Set(ids)], CHANGES_PER_REQUEST)) {
          const { nodes } = await this.#client.graphql({
            auth: shared!.token.auth,
            query: CHANGES_QUERY,
            variables: { ids: chunk },
            tolerate: ['NOT_FOUND'],
            doing: `read ${chunk.length} pull requests of ${owner}`,
            schema: changesSchema,
            signal,
          });
          for (const node of nodes) {
            if (node && 'id' in node) {
              found.set(node.id, toHostChange(node));
            }
          }
        }
      }
    }
    return found;
  }

  async markReadyForReview(options: {
    change: HostChangeRef;
    signal: AbortSignal;
  }): Promise<void> {
    const { change, signal } = options;
    await readyForReview({
      client: this.#client,
      auth: await this.#authFor(change.repository, MARK_READY, signal),
      change,
      signal,
    });
  }

  async stop(options: {
    repository: RepositoryRef;
    branch?: string;
    change?: HostChangeRef;
    signal: AbortSignal;
  }): Promise<StopStep[]> {
    return stopWork({
      ...options,
      client: this.#client,
      authFor: permissions =>
        this.#authFor(options.repository, permissions, options.signal),
    });
  }

  /** A token for one repository alone. */
  async #authFor(
    repository: RepositoryRef,
    permissions: TokenPermissions,
    signal: AbortSignal,
  ) {
    if (!this.#isHere(repository)) {
      throw new ProviderError(
        `${repository.host}/${repository.owner}/${repository.name} is not on ${this.host}.`,
        { effect: 'refused' },
      );
    }
    return this.#tokens.get({
      owner: repository.owner,
      scope: { repositories: [repository.name], permissions },
      signal,
    });
  }

  #isHere(repository: RepositoryRef): boolean {
    return repository.host.toLocaleLowerCase('en-US') === this.host;
  }
}

/** Groups by the owner of the repository: an installation of the App belongs to one owner. */
function byOwner<T>(
  items: readonly T[],
  repositoryOf: (item: T) => RepositoryRef,
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const owner = repositoryOf(item).owner.toLocaleLowerCase('en-US');
    groups.set(owner, [...(groups.get(owner) ?? []), item]);
  }
  return groups;
}

/** Groups of changes whose repositories fit into one token. */
function groupsForTokens(
  changes: readonly HostChangeRef[],
): { repositories: string[]; changes: HostChangeRef[] }[] {
  const byRepository = new Map<string, HostChangeRef[]>();
  for (const change of changes) {
    const key = repositoryKey(change.repository.name);
    byRepository.set(key, [...(byRepository.get(key) ?? []), change]);
  }
  return inChunks([...byRepository], MOST_REPOSITORIES).map(chunk => ({
    repositories: chunk.map(([, [{ repository }]]) => repository.name),
    changes: chunk.flatMap(([, ofRepository]) => ofRepository),
  }));
}
