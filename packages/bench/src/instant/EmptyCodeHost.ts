import {
  CodeHost,
  HostChange,
  HostRepository,
  RepositoryRef,
  StopStep,
  stringifyRepositoryRef,
} from '@agent-tasks/plugin-agent-tasks-node';

/** A code host that has every repository, and no change. */
export class EmptyCodeHost implements CodeHost {
  readonly id = 'empty';
  readonly title = 'Empty host';
  readonly host = 'github.com';

  async getRepositories(options: {
    repositories: RepositoryRef[];
  }): Promise<Map<string, HostRepository>> {
    return new Map(
      options.repositories.map(ref => [
        stringifyRepositoryRef(ref),
        {
          ref,
          url: `https://${ref.host}/${ref.owner}/${ref.name}`,
          defaultBranch: 'main',
          archived: false,
        },
      ]),
    );
  }

  async getChanges(): Promise<Map<string, HostChange>> {
    return new Map();
  }

  async markReadyForReview(): Promise<void> {}

  async stop(): Promise<StopStep[]> {
    return [];
  }
}
