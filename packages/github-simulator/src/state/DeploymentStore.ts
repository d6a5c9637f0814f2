import { Account, Deployment, Repository } from './entities';
import { nodeId } from './nodeId';
import type { World } from './World';

/** @public */
export interface DeploymentStoreData {
  deployments: Deployment[];
}

/** Deployments and what became of them. @public */
export class DeploymentStore {
  readonly #world: World;
  readonly #deployments = new Map<number, Deployment>();

  private constructor(world: World) {
    this.#world = world;
  }

  static create(world: World): DeploymentStore {
    return new DeploymentStore(world);
  }

  get(id: number): Deployment | undefined {
    return this.#deployments.get(id);
  }

  list(repository: Repository): Deployment[] {
    return [...this.#deployments.values()].filter(
      deployment => deployment.repositoryId === repository.id,
    );
  }

  create(options: {
    repository: Repository;
    sha: string;
    ref: string;
    environment: string;
    creator: Account;
  }): Deployment {
    const { repository } = options;
    const now = this.#world.clock.now();
    const id = this.#world.nextId('deployment');
    const deployment: Deployment = {
      id,
      nodeId: nodeId({ kind: 'DE', repositoryId: repository.id, id }),
      repositoryId: repository.id,
      sha: options.sha,
      ref: options.ref,
      environment: options.environment,
      creatorId: options.creator.id,
      createdAt: now,
      updatedAt: now,
      statuses: [],
    };
    this.#deployments.set(id, deployment);
    return deployment;
  }

  setStatus(options: {
    deployment: Deployment;
    state: Deployment['statuses'][number]['state'];
    sender: Account;
  }): void {
    const { deployment, state, sender } = options;
    const now = this.#world.clock.now();
    deployment.statuses.push({
      id: this.#world.nextId('deploymentStatus'),
      state,
      createdAt: now,
    });
    deployment.updatedAt = now;
    this.#world.events.emit('deployment_status', {
      repository: this.#world.repositories.require(deployment.repositoryId),
      deployment,
      sender,
    });
  }

  load(data: DeploymentStoreData): void {
    data.deployments.forEach(deployment =>
      this.#deployments.set(deployment.id, deployment),
    );
  }

  toData(): DeploymentStoreData {
    return { deployments: [...this.#deployments.values()] };
  }
}
