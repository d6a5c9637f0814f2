import { createPublicKey } from 'crypto';
import {
  SeedApp,
  SeedOrganization,
  SeedRepository,
  SimulatorSeed,
} from './seed';
import { Account, Permissions, World } from './state';

const DEFAULT_CHECKS = ['build', 'test'];
const EVENTS = [
  'check_run',
  'check_suite',
  'deployment_status',
  'issue_comment',
  'pull_request',
  'pull_request_review',
  'push',
  'repository',
  'status',
  'workflow_run',
];

/**
 * Fills an empty world.
 *
 * @throws Error that names the entry, where one refers to something that the seed does not have
 */
export function loadSeed(options: { world: World; seed: SimulatorSeed }): void {
  const { world, seed } = options;
  for (const organization of seed.organizations) {
    loadOrganization(world, organization);
  }
  for (const token of seed.fineGrainedTokens ?? []) {
    world.tokens.add({
      kind: 'fine_grained',
      token: token.token,
      userId: accountOf(world, token.user, 'A fine-grained token').id,
      repositories: [...token.repositories],
      permissions: { metadata: 'read', ...token.permissions },
      expiresAt: token.expiresAt ? Date.parse(token.expiresAt) : undefined,
    });
  }
  if (seed.app) {
    loadApp(world, seed.app);
  }
}

function loadOrganization(world: World, seed: SeedOrganization): void {
  const { accounts } = world;
  const organization = accounts.create({
    type: 'Organization',
    login: seed.login,
    name: seed.name,
  });
  if (seed.baseRole) {
    accounts.setBaseRole({
      organizationId: organization.id,
      role: seed.baseRole,
    });
  }
  for (const { login, name, email } of seed.users) {
    const user =
      accounts.getByLogin(login) ?? accounts.create({ login, name, email });
    accounts.addMember({ organizationId: organization.id, userId: user.id });
  }
  for (const team of seed.teams ?? []) {
    accounts.createTeam({
      organizationId: organization.id,
      slug: team.slug,
      name: team.name,
      memberIds: team.members.map(
        login => accountOf(world, login, `Team ${team.slug}`).id,
      ),
    });
  }
  for (const repository of seed.repositories) {
    loadRepository(world, organization, repository);
  }
}

function loadRepository(
  world: World,
  owner: Account,
  seed: SeedRepository,
): void {
  const defaultBranch = seed.defaultBranch ?? 'main';
  const files = { ...seed.files };
  if (seed.codeowners !== undefined) {
    files['.github/CODEOWNERS'] = seed.codeowners;
  }
  if (Object.keys(files).length === 0) {
    files['README.md'] = `# ${seed.name}\n\n${seed.description ?? ''}\n`;
  }
  const variables = (record: Record<string, string> | undefined) =>
    Object.entries(record ?? {}).map(([name, value]) => ({ name, value }));
  world.repositories.create({
    owner,
    name: seed.name,
    description: seed.description,
    private: seed.private,
    archived: seed.archived,
    defaultBranch,
    files,
    collaborators: seed.collaborators,
    protections: [
      {
        pattern: defaultBranch,
        requiredChecks: (seed.requiredChecks ?? []).map(context => ({
          context,
        })),
        requiredApprovals: seed.requiredApprovals ?? 1,
        requireCodeOwnerReview: seed.requireCodeOwnerReview ?? false,
        dismissStaleReviews: seed.dismissStaleReviews ?? false,
      },
    ],
    ci: (seed.checks ?? DEFAULT_CHECKS).map(name => ({
      name,
      durationSeconds: { min: 5, max: 15 },
      flakiness: 0,
    })),
    agent: {
      enabled: seed.agentEnabled ?? true,
      secrets: seed.secrets ?? [],
      variables: variables(seed.variables),
      organizationSecrets: seed.organizationSecrets ?? [],
      organizationVariables: variables(seed.organizationVariables),
    },
  });
}

function loadApp(world: World, seed: SeedApp): void {
  const [first] = seed.installations;
  const permissions = seed.permissions ?? mergedPermissions(seed);
  const app = world.apps.create({
    id: seed.id,
    slug: seed.slug,
    name: seed.name,
    owner: first
      ? accountOf(world, first.account, `App ${seed.slug}`)
      : world.accounts.getByLogin('github')!,
    clientId: seed.clientId,
    clientSecret: seed.clientSecret,
    publicKeyPem:
      seed.publicKeyPem ??
      (seed.privateKeyPem
        ? createPublicKey(seed.privateKeyPem)
            .export({ type: 'spki', format: 'pem' })
            .toString()
        : undefined),
    webhookSecret: seed.webhookSecret,
    webhookUrl: seed.webhookUrl,
    permissions,
    events: seed.events ?? EVENTS,
  });
  for (const installation of seed.installations) {
    const account = accountOf(
      world,
      installation.account,
      `Installation ${installation.id}`,
    );
    world.apps.install({
      id: installation.id,
      app,
      account,
      repositories:
        installation.repositories === 'all'
          ? undefined
          : installation.repositories.map(name => {
              const fullName = `${account.login}/${name.replace(/^.*\//, '')}`;
              const repository = world.repositories.getByFullName(fullName);
              if (!repository) {
                throw new Error(
                  `Installation ${installation.id} names the repository ${fullName}, which the seed does not have`,
                );
              }
              return repository;
            }),
      permissions: { ...installation.permissions, metadata: 'read' },
    });
  }
  for (const token of seed.userTokens ?? []) {
    const now = world.clock.now();
    world.tokens.add({
      kind: 'app_user',
      token: token.token,
      refreshToken: token.refreshToken,
      userId: accountOf(world, token.user, 'A user token').id,
      appId: app.id,
      expiresAt: token.expiresAt
        ? Date.parse(token.expiresAt)
        : now + 8 * 3_600_000,
      refreshTokenExpiresAt: now + 15_811_200_000,
    });
  }
}

function mergedPermissions(seed: SeedApp): Permissions {
  return Object.assign(
    {},
    ...seed.installations.map(installation => installation.permissions),
    { metadata: 'read' },
  );
}

function accountOf(world: World, login: string, who: string): Account {
  const account = world.accounts.getByLogin(login);
  if (!account) {
    throw new Error(
      `${who} names the account ${login}, which the seed does not have`,
    );
  }
  return account;
}
