import {
  CodeHost,
  HostAgentChange,
  HostChange,
  HostChangeRef,
  HostRepository,
  HostRevert,
  ProviderError,
  RepositoryRef,
  StopStep,
  stringifyRepositoryRef,
} from '@agent-tasks/plugin-agent-tasks-node';
import { LoggerService } from '@backstage/backend-plugin-api';
import { GithubAuth, TokenPermissions } from '../client/GithubAuth';
import { GithubClient } from '../client/GithubClient';
import { isGithubName } from '../client/pathParameters';
import { InstallationTokens } from '../credentials/InstallationTokens';
import { SharedReadTokens } from '../credentials/SharedReadTokens';
import { MOST_REPOSITORIES, repositoryKey } from '../credentials/tokenScope';
import {
  CHANGES_PER_REQUEST,
  CHANGES_QUERY,
  changesSchema,
  toHostChange,
} from './changesQuery';
import { setDraft } from './draftState';
import { inChunks } from './inChunks';
import { listAgentChanges } from './listAgentChanges';
import {
  REPOSITORIES_PER_REQUEST,
  repositoriesQuery,
  repositoriesSchema,
  toHostRepository,
} from './repositoriesQuery';
import {
  REVERTS_PER_REQUEST,
  REVERTS_QUERY,
  revertsSchema,
  toHostRevert,
} from './revertsQuery';
import { stopWork } from './stopWork';

const READ_REPOSITORIES: TokenPermissions = { metadata: 'read' };
/** The sum of all checks takes the permissions for checks and for statuses. */
const READ_CHANGES: TokenPermissions = {
  pull_requests: 'read',
  checks: 'read',
  statuses: 'read',
};
/** For what stands in lists and timelines. */
const LIST_CHANGES: TokenPermissions = { pull_requests: 'read' };
/** GitHub asks for `contents` too, though nothing of them changes. */
const SET_DRAFT: TokenPermissions = {
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
  readonly #logger: LoggerService;
  /** Owners whose changes could not be read the last time, so that the log tells it once. */
  readonly #unread = new Set<string>();

  private constructor(options: {
    host: string;
    client: GithubClient;
    tokens: InstallationTokens;
    sharedTokens: SharedReadTokens;
    logger: LoggerService;
  }) {
    this.host = options.host;
    this.#client = options.client;
    this.#tokens = options.tokens;
    this.#sharedTokens = options.sharedTokens;
    this.#logger = options.logger;
  }

  static create(options: {
    /** The host in the web addresses of its repositories. */
    host: string;
    client: GithubClient;
    tokens: InstallationTokens;
    sharedTokens: SharedReadTokens;
    logger: LoggerService;
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

  /**
   * An owner whose installation is suspended, or whose token is refused, does not keep the changes of others from being
   * read: its own are left out. Only where nothing at all could be read, the first reason is thrown.
   */
  async getChanges(options: {
    changes: HostChangeRef[];
    signal: AbortSignal;
  }): Promise<Map<string, HostChange>> {
    const found = new Map<string, HostChange>();
    await this.#readByGroup({
      ...options,
      read: async (owner, group) => {
        const read = await this.#readChanges(owner, group, options.signal);
        read.forEach(change => found.set(change.globalId, change));
      },
      told: (owner, failure) => this.#tellUnread(owner, failure),
    });
    return found;
  }

  /** Owners do not keep each other's changes from being read, as in {@link GithubCodeHost.getChanges}. */
  async findReverts(options: {
    changes: HostChangeRef[];
    signal: AbortSignal;
  }): Promise<Map<string, HostRevert>> {
    const found = new Map<string, HostRevert>();
    await this.#readByGroup({
      ...options,
      read: async (owner, group) => {
        const read = await this.#readReverts(owner, group, options.signal);
        read.forEach((revert, globalId) => found.set(globalId, revert));
      },
      told: (owner, failure) => {
        if (failure) {
          this.#logger.debug(
            `What was reverted at ${owner} cannot be read: ${failure.message}`,
          );
        }
      },
    });
    return found;
  }

  /** Owners do not keep each other's changes from being listed, as in {@link GithubCodeHost.getChanges}. */
  async listAgentChanges(options: {
    repositories: RepositoryRef[];
    signal: AbortSignal;
  }): Promise<Map<string, HostAgentChange[]>> {
    const { repositories, signal } = options;
    const found = new Map<string, HostAgentChange[]>();
    const here = repositories.filter(repository => this.#isHere(repository));
    const failures: ProviderError[] = [];
    const groups = [...byOwner(here, repository => repository)].flatMap(
      ([owner, owned]) =>
        inChunks(owned, MOST_REPOSITORIES).map(chunk => ({ owner, chunk })),
    );
    for (const { owner, chunk } of groups) {
      try {
        const shared = await this.#sharedTokens.get({
          owner,
          repositories: chunk.map(repository => repository.name),
          permissions: LIST_CHANGES,
          signal,
        });
        if (!shared) {
          continue;
        }
        const listed = await listAgentChanges({
          client: this.#client,
          auth: shared.token.auth,
          owner,
          repositories: chunk.filter(repository =>
            shared.covered.has(repositoryKey(repository.name)),
          ),
          signal,
        });
        listed.forEach((changes, key) => found.set(key, changes));
      } catch (error) {
        // What was not asked for any more is not missing.
        if (!(error instanceof ProviderError) || signal.aborted) {
          throw error;
        }
        failures.push(error);
        this.#logger.debug(
          `The pull requests of other agents at ${owner} cannot be listed: ${error.message}`,
        );
      }
    }
    if (failures.length > 0 && failures.length === groups.length) {
      throw failures[0];
    }
    return found;
  }

  /**
   * Reads changes, those of one token after those of another.
   *
   * @param options.told - called for each owner, with what went wrong last
   * @throws ProviderError where nothing could be read, or the signal ended it
   */
  async #readByGroup(options: {
    changes: HostChangeRef[];
    signal: AbortSignal;
    read: (owner: string, group: TokenGroup) => Promise<void>;
    told: (owner: string, failure: ProviderError | undefined) => void;
  }): Promise<void> {
    const { changes, signal, read, told } = options;
    const here = changes.filter(change => this.#isHere(change.repository));
    const failures: ProviderError[] = [];
    let groups = 0;
    for (const [owner, owned] of byOwner(here, change => change.repository)) {
      let failure: ProviderError | undefined;
      for (const group of groupsForTokens(owned)) {
        groups++;
        try {
          await read(owner, group);
        } catch (error) {
          // What was not asked for any more is not missing.
          if (!(error instanceof ProviderError) || signal.aborted) {
            throw error;
          }
          failure = error;
          failures.push(error);
        }
      }
      told(owner, failure);
    }
    if (failures.length > 0 && failures.length === groups) {
      throw failures[0];
    }
  }

  async #readChanges(
    owner: string,
    group: TokenGroup,
    signal: AbortSignal,
  ): Promise<HostChange[]> {
    const { ids, auth } = await this.#covered(
      owner,
      group,
      READ_CHANGES,
      signal,
    );
    const read: HostChange[] = [];
    for (const chunk of inChunks(ids, CHANGES_PER_REQUEST)) {
      const { nodes } = await this.#client.graphql({
        auth: auth!,
        query: CHANGES_QUERY,
        variables: { ids: chunk },
        tolerate: ['NOT_FOUND'],
        doing: `read ${chunk.length} pull requests of ${owner}`,
        schema: changesSchema,
        signal,
      });
      for (const node of nodes) {
        if (node && 'id' in node) {
          read.push(toHostChange(node));
        }
      }
    }
    return read;
  }

  async #readReverts(
    owner: string,
    group: TokenGroup,
    signal: AbortSignal,
  ): Promise<Map<string, HostRevert>> {
    const { ids, auth } = await this.#covered(
      owner,
      group,
      LIST_CHANGES,
      signal,
    );
    const read = new Map<string, HostRevert>();
    for (const chunk of inChunks(ids, REVERTS_PER_REQUEST)) {
      const { nodes } = await this.#client.graphql({
        auth: auth!,
        query: REVERTS_QUERY,
        variables: { ids: chunk },
        // An issue that names a pull request is refused to a token for pull requests alone, and is no revert.
        tolerate: ['NOT_FOUND', 'FORBIDDEN'],
        doing: `read what names ${chunk.length} pull requests of ${owner}`,
        schema: revertsSchema,
        signal,
      });
      for (const node of nodes) {
        const revert = node && 'id' in node ? toHostRevert(node) : undefined;
        if (node && 'id' in node && revert) {
          read.set(node.id, revert);
        }
      }
    }
    return read;
  }

  /** A token for the repositories of a group, and the ids of those changes that it covers, each once. */
  async #covered(
    owner: string,
    group: TokenGroup,
    permissions: TokenPermissions,
    signal: AbortSignal,
  ): Promise<{ ids: string[]; auth?: GithubAuth }> {
    const shared = await this.#sharedTokens.get({
      owner,
      repositories: group.repositories,
      permissions,
      signal,
    });
    const ids = group.changes
      .filter(change =>
        shared?.covered.has(repositoryKey(change.repository.name)),
      )
      .map(change => change.globalId);
    return { ids: [...new Set(ids)], auth: shared?.token.auth };
  }

  /** Changes are read every few seconds: the log tells the first failure of an owner, and that it is over. */
  #tellUnread(owner: string, failure: ProviderError | undefined): void {
    if (!failure) {
      if (this.#unread.delete(owner)) {
        this.#logger.info(`The pull requests of ${owner} can be read again`);
      }
      return;
    }
    if (!this.#unread.has(owner)) {
      this.#unread.add(owner);
      this.#logger.warn(
        `The pull requests of ${owner} cannot be read: ${failure.message}`,
      );
    }
  }

  async markReadyForReview(options: {
    change: HostChangeRef;
    signal: AbortSignal;
  }): Promise<void> {
    const { change, signal } = options;
    await setDraft({
      client: this.#client,
      auth: await this.#authFor(change.repository, SET_DRAFT, signal),
      change,
      draft: false,
      signal,
    });
  }

  async convertToDraft(options: {
    change: HostChangeRef;
    signal: AbortSignal;
  }): Promise<void> {
    const { change, signal } = options;
    await setDraft({
      client: this.#client,
      auth: await this.#authFor(change.repository, SET_DRAFT, signal),
      change,
      draft: true,
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
        `${repository.host}/${repository.owner}/${repository.name} cannot be on ${this.host}.`,
        { effect: 'refused' },
      );
    }
    return this.#tokens.get({
      owner: repository.owner,
      scope: { repositories: [repository.name], permissions },
      signal,
    });
  }

  /** Whether the host can have the repository. One of another name would send requests elsewhere. */
  #isHere(repository: RepositoryRef): boolean {
    return (
      repository.host.toLocaleLowerCase('en-US') === this.host &&
      isGithubName(repository.owner) &&
      isGithubName(repository.name)
    );
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

/** Changes whose repositories fit into one token. */
interface TokenGroup {
  /** Names without the owner. */
  repositories: string[];
  changes: HostChangeRef[];
}

function groupsForTokens(changes: readonly HostChangeRef[]): TokenGroup[] {
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
