import { Account, RepositoryRole, Team } from './entities';
import type { World } from './World';

/** @public */
export interface AccountStoreData {
  accounts: Account[];
  teams: Team[];
  /** Organisation to the members' ids. */
  members: Record<string, number[]>;
  /** Organisation to the role that its members have in every repository. */
  baseRoles: Record<string, RepositoryRole>;
}

/** Users, organisations with their members and teams, and bots. @public */
export class AccountStore {
  readonly #world: World;
  readonly #accounts = new Map<number, Account>();
  readonly #byLogin = new Map<string, Account>();
  readonly #teams = new Map<number, Team>();
  readonly #members = new Map<number, Set<number>>();
  readonly #baseRoles = new Map<number, RepositoryRole>();

  private constructor(world: World) {
    this.#world = world;
  }

  static create(world: World): AccountStore {
    return new AccountStore(world);
  }

  /** The accounts that every GitHub has. */
  createWellKnown(): void {
    this.#add({
      id: 198_982_749,
      type: 'Bot',
      login: 'Copilot',
      graphqlLogin: 'copilot-swe-agent',
      email: '198982749+Copilot@users.noreply.github.com',
      createdAt: Date.UTC(2025, 1, 12),
    });
    this.#add({
      id: 41_898_282,
      type: 'Bot',
      login: 'github-actions[bot]',
      graphqlLogin: 'github-actions',
      email: '41898282+github-actions[bot]@users.noreply.github.com',
      createdAt: Date.UTC(2018, 6, 30),
    });
    this.#add({
      id: 9919,
      type: 'Organization',
      login: 'github',
      name: 'GitHub',
      email: 'support@github.com',
      createdAt: Date.UTC(2008, 4, 11),
    });
    this.#add({
      id: 19_864_447,
      type: 'User',
      login: 'web-flow',
      name: 'GitHub Web Flow',
      email: 'noreply@github.com',
      createdAt: Date.UTC(2016, 5, 10),
    });
  }

  /** The agent, as the author of its pull requests and commits. */
  get copilot(): Account {
    return this.getByLogin('Copilot')!;
  }

  get webFlow(): Account {
    return this.getByLogin('web-flow')!;
  }

  get actions(): Account {
    return this.getByLogin('github-actions[bot]')!;
  }

  create(options: {
    login: string;
    type?: Account['type'];
    name?: string;
    graphqlLogin?: string;
    email?: string;
    id?: number;
  }): Account {
    const id = options.id ?? this.#world.nextId('account');
    const account: Account = {
      id,
      type: options.type ?? 'User',
      login: options.login,
      graphqlLogin: options.graphqlLogin,
      name: options.name,
      email: options.email ?? `${id}+${options.login}@users.noreply.github.com`,
      createdAt: this.#world.clock.now(),
    };
    this.#add(account);
    return account;
  }

  get(id: number): Account | undefined {
    return this.#accounts.get(id);
  }

  /** An account that is known to exist, since another entity refers to it. */
  require(id: number): Account {
    const account = this.#accounts.get(id);
    if (!account) {
      throw new Error(`No account has the id ${id}`);
    }
    return account;
  }

  /** Without regard to case; bots are found by both of their logins. */
  getByLogin(login: string): Account | undefined {
    return this.#byLogin.get(login.toLocaleLowerCase('en-US'));
  }

  list(type?: Account['type']): Account[] {
    return [...this.#accounts.values()].filter(
      account => !type || account.type === type,
    );
  }

  createTeam(options: {
    organizationId: number;
    slug: string;
    name?: string;
    memberIds: number[];
  }): Team {
    const team: Team = {
      id: this.#world.nextId('team'),
      organizationId: options.organizationId,
      slug: options.slug,
      name: options.name ?? options.slug,
      memberIds: [...options.memberIds],
    };
    this.#teams.set(team.id, team);
    return team;
  }

  getTeam(id: number): Team | undefined {
    return this.#teams.get(id);
  }

  getTeamBySlug(options: {
    organizationId: number;
    slug: string;
  }): Team | undefined {
    return this.listTeams(options.organizationId).find(
      team => team.slug === options.slug,
    );
  }

  listTeams(organizationId: number): Team[] {
    return [...this.#teams.values()].filter(
      team => team.organizationId === organizationId,
    );
  }

  addMember(options: { organizationId: number; userId: number }): void {
    let members = this.#members.get(options.organizationId);
    if (!members) {
      members = new Set();
      this.#members.set(options.organizationId, members);
    }
    members.add(options.userId);
  }

  isMember(options: { organizationId: number; userId: number }): boolean {
    return (
      this.#members.get(options.organizationId)?.has(options.userId) ?? false
    );
  }

  listMembers(organizationId: number): Account[] {
    return [...(this.#members.get(organizationId) ?? [])].map(id =>
      this.require(id),
    );
  }

  setBaseRole(options: { organizationId: number; role: RepositoryRole }): void {
    this.#baseRoles.set(options.organizationId, options.role);
  }

  /** `write` unless the organisation says otherwise. */
  getBaseRole(organizationId: number): RepositoryRole {
    return this.#baseRoles.get(organizationId) ?? 'write';
  }

  load(data: AccountStoreData): void {
    data.accounts.forEach(account => this.#add(account));
    data.teams.forEach(team => this.#teams.set(team.id, team));
    for (const [id, members] of Object.entries(data.members)) {
      this.#members.set(Number(id), new Set(members));
    }
    for (const [id, role] of Object.entries(data.baseRoles)) {
      this.#baseRoles.set(Number(id), role);
    }
  }

  toData(): AccountStoreData {
    return {
      accounts: [...this.#accounts.values()],
      teams: [...this.#teams.values()],
      members: Object.fromEntries(
        [...this.#members].map(([id, members]) => [id, [...members]]),
      ),
      baseRoles: Object.fromEntries(this.#baseRoles),
    };
  }

  #add(account: Account): void {
    this.#accounts.set(account.id, account);
    for (const login of [account.login, account.graphqlLogin]) {
      if (login) {
        this.#byLogin.set(login.toLocaleLowerCase('en-US'), account);
      }
    }
  }
}
