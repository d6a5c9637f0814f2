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

/** A code host in memory. */
export class InMemoryCodeHost implements CodeHost {
  readonly id = 'in-memory';
  readonly title = 'In-memory host';
  readonly host = 'github.com';
  readonly changes = new Map<string, HostChange>();
  readonly archived = new Set<string>();
  readonly missing = new Set<string>();
  readonly stops: { branch?: string; change?: HostChangeRef }[] = [];
  /** Open changes of agents by repository, as `host/owner/name`. */
  readonly agentChanges = new Map<string, HostAgentChange[]>();
  /** What was reverted, by the global id of what was merged. */
  readonly reverts = new Map<string, HostRevert>();
  /** Requests for reverts: the global ids of each. */
  readonly revertRequests: string[][] = [];
  stopSteps: StopStep[] = [{ what: 'change', outcome: 'done' }];
  unreachable = false;

  async getRepositories(options: {
    repositories: RepositoryRef[];
  }): Promise<Map<string, HostRepository>> {
    this.#answer();
    return new Map(
      options.repositories
        .map(ref => [stringifyRepositoryRef(ref), ref] as const)
        .filter(([key]) => !this.missing.has(key))
        .map(([key, ref]) => [
          key,
          {
            ref,
            url: `https://host.example.com/${ref.owner}/${ref.name}`,
            defaultBranch: 'main',
            archived: this.archived.has(key),
          },
        ]),
    );
  }

  async getChanges(options: {
    changes: HostChangeRef[];
  }): Promise<Map<string, HostChange>> {
    this.#answer();
    return new Map(
      options.changes.flatMap(({ globalId }) => {
        const change = this.changes.get(globalId);
        return change ? [[globalId, { ...change }] as const] : [];
      }),
    );
  }

  async listAgentChanges(options: {
    repositories: RepositoryRef[];
  }): Promise<Map<string, HostAgentChange[]>> {
    this.#answer();
    return new Map(
      options.repositories
        .map(stringifyRepositoryRef)
        .filter(key => !this.missing.has(key))
        .map(key => [key, this.agentChanges.get(key) ?? []]),
    );
  }

  async findReverts(options: {
    changes: HostChangeRef[];
  }): Promise<Map<string, HostRevert>> {
    const ids = options.changes.map(change => change.globalId);
    this.revertRequests.push(ids);
    this.#answer();
    return new Map(
      ids.flatMap(id => {
        const revert = this.reverts.get(id);
        return revert ? [[id, revert] as const] : [];
      }),
    );
  }

  async markReadyForReview(options: { change: HostChangeRef }): Promise<void> {
    this.#answer();
    this.set(options.change.globalId, { draft: false });
  }

  async convertToDraft(options: { change: HostChangeRef }): Promise<void> {
    this.#answer();
    this.set(options.change.globalId, { draft: true });
  }

  async stop(options: {
    branch?: string;
    change?: HostChangeRef;
  }): Promise<StopStep[]> {
    this.#answer();
    this.stops.push({ branch: options.branch, change: options.change });
    return this.stopSteps;
  }

  /** Opens a change, or changes one. */
  set(globalId: string, change: Partial<HostChange>): void {
    this.changes.set(globalId, {
      globalId,
      number: this.changes.size + 1,
      url: 'https://host.example.com/acme/shop/pull/1',
      title: 'Bump left-pad',
      state: 'open',
      draft: true,
      headBranch: 'copilot/bump',
      headCommit: 'a'.repeat(40),
      baseBranch: 'main',
      additions: 1,
      deletions: 1,
      changedFiles: 1,
      checks: 'none',
      review: 'none',
      createdAt: '2026-03-02T08:00:00.000Z',
      updatedAt: '2026-03-02T08:00:00.000Z',
      ...this.changes.get(globalId),
      ...change,
    });
  }

  #answer(): void {
    if (this.unreachable) {
      throw new ProviderError('In-memory host cannot be reached.', {
        effect: 'unknown',
      });
    }
  }
}
