import {
  Account,
  GitHubApp,
  Installation,
  Permissions,
  Repository,
  WebhookDelivery,
} from './entities';
import { nodeId } from './nodeId';
import type { World } from './World';

/** @public */
export interface AppStoreData {
  apps: GitHubApp[];
  installations: Installation[];
  deliveries: WebhookDelivery[];
}

/** As many as are kept for each App; GitHub keeps three days of them. */
const MAX_DELIVERIES = 5_000;

/** GitHub Apps, where they are installed, and the log of their webhooks. @public */
export class AppStore {
  readonly #world: World;
  readonly #apps = new Map<number, GitHubApp>();
  readonly #installations = new Map<number, Installation>();
  readonly #deliveries = new Map<number, WebhookDelivery>();

  private constructor(world: World) {
    this.#world = world;
  }

  static create(world: World): AppStore {
    return new AppStore(world);
  }

  /** GitHub Actions is an App too: check runs of workflows are its. */
  createWellKnown(): void {
    const bot = this.#world.accounts.actions;
    this.#apps.set(15_368, {
      id: 15_368,
      nodeId: nodeId({ kind: 'A', id: 15_368 }),
      slug: 'github-actions',
      name: 'GitHub Actions',
      ownerId: this.#world.accounts.getByLogin('github')!.id,
      botId: bot.id,
      clientId: 'Iv1.05c79e9ad1f6bdfa',
      clientSecret: '',
      permissions: { actions: 'write', checks: 'write', contents: 'read' },
      events: [],
      createdAt: Date.UTC(2018, 6, 30),
    });
  }

  get actions(): GitHubApp {
    return this.#apps.get(15_368)!;
  }

  create(options: {
    id?: number;
    slug: string;
    name?: string;
    owner: Account;
    clientId: string;
    clientSecret: string;
    publicKeyPem?: string;
    webhookSecret?: string;
    webhookUrl?: string;
    permissions: Permissions;
    events?: string[];
  }): GitHubApp {
    const id = options.id ?? this.#world.nextId('app');
    const bot = this.#world.accounts.create({
      type: 'Bot',
      login: `${options.slug}[bot]`,
      graphqlLogin: options.slug,
    });
    const app: GitHubApp = {
      id,
      nodeId: nodeId({ kind: 'A', id }),
      slug: options.slug,
      name: options.name ?? options.slug,
      ownerId: options.owner.id,
      botId: bot.id,
      clientId: options.clientId,
      clientSecret: options.clientSecret,
      publicKeyPem: options.publicKeyPem,
      webhookSecret: options.webhookSecret,
      webhookUrl: options.webhookUrl,
      permissions: { ...options.permissions },
      events: options.events ?? [],
      createdAt: this.#world.clock.now(),
    };
    this.#apps.set(id, app);
    return app;
  }

  get(id: number): GitHubApp | undefined {
    return this.#apps.get(id);
  }

  getByClientId(clientId: string): GitHubApp | undefined {
    return this.list().find(app => app.clientId === clientId);
  }

  list(): GitHubApp[] {
    return [...this.#apps.values()];
  }

  install(options: {
    id?: number;
    app: GitHubApp;
    account: Account;
    /** All of the account's when left out. */
    repositories?: Repository[];
    permissions?: Permissions;
    events?: string[];
  }): Installation {
    const { app, account } = options;
    const installation: Installation = {
      id: options.id ?? this.#world.nextId('installation'),
      appId: app.id,
      accountId: account.id,
      repositoryIds: options.repositories?.map(repository => repository.id),
      permissions: { ...(options.permissions ?? app.permissions) },
      events: options.events ?? app.events,
      createdAt: this.#world.clock.now(),
    };
    this.#installations.set(installation.id, installation);
    return installation;
  }

  getInstallation(id: number): Installation | undefined {
    return this.#installations.get(id);
  }

  listInstallations(app?: GitHubApp): Installation[] {
    return [...this.#installations.values()].filter(
      installation => !app || installation.appId === app.id,
    );
  }

  covers(options: {
    installation: Installation;
    repository: Repository;
  }): boolean {
    const { installation, repository } = options;
    return (
      installation.suspendedAt === undefined &&
      installation.accountId === repository.ownerId &&
      (installation.repositoryIds?.includes(repository.id) ?? true)
    );
  }

  /** The App's installation that covers a repository. */
  installationFor(options: {
    app: GitHubApp;
    repository: Repository;
  }): Installation | undefined {
    return this.listInstallations(options.app).find(installation =>
      this.covers({ installation, repository: options.repository }),
    );
  }

  /** Notes a delivery; the log keeps the newest. */
  recordDelivery(delivery: Omit<WebhookDelivery, 'id'>): WebhookDelivery {
    const recorded = { ...delivery, id: this.#world.nextId('delivery') };
    this.#deliveries.set(recorded.id, recorded);
    if (this.#deliveries.size > MAX_DELIVERIES) {
      const [oldest] = this.#deliveries.keys();
      this.#deliveries.delete(oldest);
    }
    return recorded;
  }

  getDelivery(id: number): WebhookDelivery | undefined {
    return this.#deliveries.get(id);
  }

  /** Newest first. */
  listDeliveries(app: GitHubApp): WebhookDelivery[] {
    return [...this.#deliveries.values()]
      .filter(delivery => delivery.appId === app.id)
      .reverse();
  }

  load(data: AppStoreData): void {
    data.apps.forEach(app => this.#apps.set(app.id, app));
    data.installations.forEach(installation =>
      this.#installations.set(installation.id, installation),
    );
    data.deliveries.forEach(delivery =>
      this.#deliveries.set(delivery.id, delivery),
    );
  }

  toData(): AppStoreData {
    return {
      apps: this.list(),
      installations: this.listInstallations(),
      deliveries: [...this.#deliveries.values()],
    };
  }
}
