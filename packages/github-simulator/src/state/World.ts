import { SimulatorClock } from '../clock/SimulatorClock';
import { SeededRandom } from '../random/SeededRandom';
import { AccountStore, AccountStoreData } from './AccountStore';
import { AppStore, AppStoreData } from './AppStore';
import { CheckStore, CheckStoreData } from './CheckStore';
import { ConversationStore, ConversationStoreData } from './ConversationStore';
import { DeploymentStore, DeploymentStoreData } from './DeploymentStore';
import { PullRequestStore, PullRequestStoreData } from './PullRequestStore';
import { RepositoryStore, RepositoryStoreData } from './RepositoryStore';
import { ReviewStore, ReviewStoreData } from './ReviewStore';
import { TaskStore, TaskStoreData } from './TaskStore';
import { TokenStore, TokenStoreData } from './TokenStore';
import { WorkflowRunStore, WorkflowRunStoreData } from './WorkflowRunStore';
import { WorldEvents } from './events';

/** All state as plain data. @public */
export interface WorldData {
  version: 1;
  random: number;
  sequences: Record<string, number>;
  accounts: AccountStoreData;
  repositories: RepositoryStoreData;
  pullRequests: PullRequestStoreData;
  reviews: ReviewStoreData;
  conversations: ConversationStoreData;
  checks: CheckStoreData;
  workflowRuns: WorkflowRunStoreData;
  deployments: DeploymentStoreData;
  tasks: TaskStoreData;
  apps: AppStoreData;
  tokens: TokenStoreData;
}

/**
 * First ids, of the size that GitHub's have: those of pull requests, reviews and check runs do not fit in 32 bits.
 */
const FIRST_IDS = {
  account: 90_000_001,
  repository: 700_000_001,
  team: 8_000_001,
  label: 6_000_000_001,
  pullRequest: 4_300_000_001,
  review: 5_100_000_001,
  comment: 5_700_000_001,
  checkRun: 61_000_000_001,
  checkSuite: 52_000_000_001,
  status: 44_000_000_001,
  workflowRun: 21_000_000_001,
  delivery: 31_000_000_001,
  deployment: 3_900_000_001,
  deploymentStatus: 6_900_000_001,
  installation: 70_000_001,
  app: 2_000_001,
} as const;

/** @public */
export type SequenceName = keyof typeof FIRST_IDS;

/**
 * The simulated GitHub without its doors: the stores and what may be done to them.
 *
 * REST, GraphQL and the pages all act through the stores' methods. Each method checks GitHub's rules, changes the
 * state, then tells `events`. Nothing here knows who may do what: the doors do.
 *
 * @public
 */
export class World {
  readonly clock: SimulatorClock;
  readonly random: SeededRandom;
  readonly events = new WorldEvents();
  readonly accounts: AccountStore;
  readonly repositories: RepositoryStore;
  readonly pullRequests: PullRequestStore;
  readonly reviews: ReviewStore;
  readonly conversations: ConversationStore;
  readonly checks: CheckStore;
  readonly workflowRuns: WorkflowRunStore;
  readonly deployments: DeploymentStore;
  readonly tasks: TaskStore;
  readonly apps: AppStore;
  readonly tokens: TokenStore;
  #sequences: Record<string, number> = {};

  private constructor(options: {
    clock: SimulatorClock;
    random: SeededRandom;
  }) {
    this.clock = options.clock;
    this.random = options.random;
    this.accounts = AccountStore.create(this);
    this.repositories = RepositoryStore.create(this);
    this.pullRequests = PullRequestStore.create(this);
    this.reviews = ReviewStore.create(this);
    this.conversations = ConversationStore.create(this);
    this.checks = CheckStore.create(this);
    this.workflowRuns = WorkflowRunStore.create(this);
    this.deployments = DeploymentStore.create(this);
    this.tasks = TaskStore.create(this);
    this.apps = AppStore.create(this);
    this.tokens = TokenStore.create(this);
  }

  static create(
    options: { clock?: SimulatorClock; random?: number } = {},
  ): World {
    const world = new World({
      clock: options.clock ?? SimulatorClock.create(),
      random: SeededRandom.create(options.random ?? 1),
    });
    world.accounts.createWellKnown();
    world.apps.createWellKnown();
    return world;
  }

  /** A world as `toData` left it. */
  static fromData(options: { data: WorldData; clock?: SimulatorClock }): World {
    const { data } = options;
    const world = new World({
      clock: options.clock ?? SimulatorClock.create(),
      random: SeededRandom.create(0),
    });
    world.random.state = data.random;
    world.#sequences = { ...data.sequences };
    world.accounts.load(data.accounts);
    world.repositories.load(data.repositories);
    world.pullRequests.load(data.pullRequests);
    world.reviews.load(data.reviews);
    world.conversations.load(data.conversations);
    world.checks.load(data.checks);
    world.workflowRuns.load(data.workflowRuns);
    world.deployments.load(data.deployments);
    world.tasks.load(data.tasks);
    world.apps.load(data.apps);
    world.tokens.load(data.tokens);
    return world;
  }

  toData(): WorldData {
    return {
      version: 1,
      random: this.random.state,
      sequences: { ...this.#sequences },
      accounts: this.accounts.toData(),
      repositories: this.repositories.toData(),
      pullRequests: this.pullRequests.toData(),
      reviews: this.reviews.toData(),
      conversations: this.conversations.toData(),
      checks: this.checks.toData(),
      workflowRuns: this.workflowRuns.toData(),
      deployments: this.deployments.toData(),
      tasks: this.tasks.toData(),
      apps: this.apps.toData(),
      tokens: this.tokens.toData(),
    };
  }

  /** A database id that was never given before. */
  nextId(name: SequenceName): number {
    const id = this.#sequences[name] ?? FIRST_IDS[name];
    // Ids of GitHub are not dense; a client that counts on that should notice.
    this.#sequences[name] = id + this.random.integer(1, 7);
    return id;
  }
}
