import { Account, BranchProtection, Repository } from '../state/entities';
import type { World } from '../state/World';
import { repositoryFiles } from './repositoryFiles';
import { Seed, SeedCheck, SeedRepository } from './Seed';

const DEFAULT_CHECKS: SeedCheck[] = [
  { name: 'build', seconds: [4, 9] },
  { name: 'test', seconds: [6, 14] },
];

const LABELS = [
  { name: 'dependencies', color: '0366d6' },
  { name: 'agent', color: '8250df' },
];

/**
 * Makes a seed's organisation in a world that has none of it yet. Apps have no key: whoever starts the simulator
 * gives them one.
 *
 * @public
 */
export function applySeed(options: { world: World; seed: Seed }): void {
  const { world, seed } = options;
  const organization = world.accounts.create({
    type: 'Organization',
    login: seed.organization.login,
    name: seed.organization.name,
  });
  const users = new Map<string, Account>();
  for (const { login, name } of seed.users) {
    const user = world.accounts.create({ login, name });
    users.set(login, user);
    world.accounts.addMember({
      organizationId: organization.id,
      userId: user.id,
    });
  }
  for (const { slug, name, members } of seed.teams ?? []) {
    world.accounts.createTeam({
      organizationId: organization.id,
      slug,
      name,
      memberIds: members.map(login => users.get(login)!.id),
    });
  }
  for (const repository of seed.repositories) {
    createRepository({ world, seed, organization, repository });
  }
  for (const {
    token,
    user,
    repositories,
    permissions,
    expiresAt,
  } of seed.tokens ?? []) {
    world.tokens.add({
      kind: 'fine_grained',
      token,
      userId: users.get(user)!.id,
      repositories,
      permissions,
      expiresAt: expiresAt === undefined ? undefined : Date.parse(expiresAt),
    });
  }
  for (const { installationId, ...app } of seed.apps ?? []) {
    world.apps.install({
      id: installationId,
      app: world.apps.create({ ...app, owner: organization }),
      account: organization,
    });
  }
}

function createRepository(options: {
  world: World;
  seed: Seed;
  organization: Account;
  repository: SeedRepository;
}): Repository {
  const { world, seed, organization } = options;
  const repository = { ...seed.defaults, ...options.repository };
  // Texts have no workflow: no job runs on them, so none can be required; a status, with its slash, can.
  const checks =
    repository.kind === 'docs' ? [] : (repository.checks ?? DEFAULT_CHECKS);
  const names = checks.map(check => check.name);
  const protection: BranchProtection = {
    pattern: 'main',
    requiredChecks: (repository.requiredChecks ?? [])
      .filter(context => repository.kind !== 'docs' || context.includes('/'))
      .map(context => ({ context })),
    requiredApprovals: repository.requiredApprovals ?? 0,
    requireCodeOwnerReview: repository.requireCodeOwnerReview ?? false,
    dismissStaleReviews: true,
  };
  return world.repositories.create({
    owner: organization,
    name: repository.name,
    description: repository.description,
    archived: repository.archived,
    files: repositoryFiles({
      organization: seed.organization,
      repository,
      jobs: names,
    }),
    protections: [protection],
    labels: LABELS,
    collaborators: Object.fromEntries(
      seed.users
        .filter(({ role }) => role === 'admin')
        .map(({ login }) => [login, 'admin' as const]),
    ),
    ci: checks.map(({ name, seconds: [min, max], flakiness }) => ({
      name,
      durationSeconds: { min, max },
      flakiness: flakiness ?? 0,
    })),
    agent: {
      secrets: repository.secrets ?? [],
      variables: repository.variables ?? [],
      requireWorkflowApproval: repository.workflowApproval ?? false,
    },
  });
}
