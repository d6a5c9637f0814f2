import { GitHubError } from '../errors';
import { Account, CheckConclusion, Repository, WorkflowRun } from './entities';
import { nodeId } from './nodeId';
import type { World } from './World';

/** @public */
export interface WorkflowRunStoreData {
  runs: WorkflowRun[];
}

/** The path of the workflow in which the agent runs. @public */
export const AGENT_WORKFLOW_PATH = 'dynamic/copilot-swe-agent/copilot';

/** Runs of GitHub Actions workflows, the agent's own among them. @public */
export class WorkflowRunStore {
  readonly #world: World;
  readonly #runs = new Map<number, WorkflowRun>();
  readonly #byRepository = new Map<number, WorkflowRun[]>();

  private constructor(world: World) {
    this.#world = world;
  }

  static create(world: World): WorkflowRunStore {
    return new WorkflowRunStore(world);
  }

  get(id: number): WorkflowRun | undefined {
    return this.#runs.get(id);
  }

  /** Newest first. */
  list(repository: Repository): WorkflowRun[] {
    return [...(this.#byRepository.get(repository.id) ?? [])].reverse();
  }

  create(options: {
    repository: Repository;
    name: string;
    path: string;
    event: string;
    headBranch: string;
    headSha: string;
    actor: Account;
    taskId?: string;
  }): WorkflowRun {
    const { repository, actor, headSha, headBranch } = options;
    const now = this.#world.clock.now();
    const id = this.#world.nextId('workflowRun');
    const run: WorkflowRun = {
      id,
      nodeId: nodeId({ kind: 'WFR', repositoryId: repository.id, id }),
      repositoryId: repository.id,
      name: options.name,
      path: options.path,
      event: options.event,
      headBranch,
      headSha,
      status: 'in_progress',
      actorId: actor.id,
      runNumber: (this.#byRepository.get(repository.id)?.length ?? 0) + 1,
      suiteId: this.#world.nextId('checkSuite'),
      taskId: options.taskId,
      createdAt: now,
      updatedAt: now,
    };
    this.#add(run);
    this.#emit(run, 'requested', actor);
    return run;
  }

  complete(options: {
    run: WorkflowRun;
    conclusion: CheckConclusion;
    sender?: Account;
  }): void {
    const { run, conclusion } = options;
    if (run.status === 'completed') {
      return;
    }
    run.status = 'completed';
    run.conclusion = conclusion;
    this.#emit(
      run,
      'completed',
      options.sender ?? this.#world.accounts.require(run.actorId),
    );
  }

  /** @throws GitHubError 409 when it is over */
  cancel(options: { run: WorkflowRun; sender: Account }): void {
    const { run, sender } = options;
    if (run.status === 'completed') {
      throw new GitHubError(
        409,
        'Cannot cancel a workflow run that is completed.',
      );
    }
    this.complete({ run, conclusion: 'cancelled', sender });
  }

  load(data: WorkflowRunStoreData): void {
    data.runs.forEach(run => this.#add(run));
  }

  toData(): WorkflowRunStoreData {
    return { runs: [...this.#runs.values()] };
  }

  #add(run: WorkflowRun): void {
    this.#runs.set(run.id, run);
    const list = this.#byRepository.get(run.repositoryId);
    if (list) {
      list.push(run);
    } else {
      this.#byRepository.set(run.repositoryId, [run]);
    }
  }

  #emit(
    workflowRun: WorkflowRun,
    action: 'requested' | 'completed',
    sender: Account,
  ): void {
    workflowRun.updatedAt = this.#world.clock.now();
    this.#world.events.emit('workflow_run', {
      action,
      repository: this.#world.repositories.require(workflowRun.repositoryId),
      workflowRun,
      sender,
    });
  }
}
