import { SeedRepository, SimulatorSeed } from '../seed';
import { FileCheck, OrganizationFile } from './OrganizationFile';
import { repositoryFiles } from './repositoryFiles';

const DEFAULT_CHECKS: FileCheck[] = [
  { name: 'build', seconds: [4, 9] },
  { name: 'test', seconds: [6, 14] },
];

/** The jobs that run on pull requests of each repository, by its name: how long they take, and how often they fail. */
export function checksOf(file: OrganizationFile): Map<string, FileCheck[]> {
  return new Map(
    file.repositories.map(({ name, kind, checks }) => [
      name,
      // Texts have no workflow.
      kind === 'docs'
        ? []
        : (checks ?? file.defaults?.checks ?? DEFAULT_CHECKS),
    ]),
  );
}

/**
 * Makes the seed of a simulator from an organisation: the contents of all repositories, their protection, tokens and
 * Apps. An App has no key: whoever starts the simulator gives it one.
 *
 * @public
 */
export function toSimulatorSeed(file: OrganizationFile): SimulatorSeed {
  const checks = checksOf(file);
  const [app, ...others] = file.apps ?? [];
  if (others.length > 0) {
    throw new Error('The organisation is wrong: it has more than one App');
  }
  return {
    organizations: [
      {
        ...file.organization,
        users: file.users.map(({ login, name }) => ({ login, name })),
        teams: file.teams,
        repositories: file.repositories.map(repository => {
          const settings = { ...file.defaults, ...repository };
          const jobs = checks.get(repository.name)!.map(({ name }) => name);
          const seed: SeedRepository = {
            name: repository.name,
            description: repository.description,
            archived: repository.archived,
            files: repositoryFiles({
              organization: file.organization,
              repository,
              jobs,
            }),
            checks: jobs,
            // What no job reports can only be the context of a status, such as `agent-tasks/gate`.
            requiredChecks: settings.requiredChecks?.filter(
              context => jobs.includes(context) || context.includes('/'),
            ),
            requiredApprovals: settings.requiredApprovals,
            requireCodeOwnerReview: settings.requireCodeOwnerReview,
            dismissStaleReviews: true,
            secrets: repository.secrets,
            variables: Object.fromEntries(
              (repository.variables ?? []).map(({ name, value }) => [
                name,
                value,
              ]),
            ),
            collaborators: Object.fromEntries(
              file.users
                .filter(({ role }) => role === 'admin')
                .map(({ login }) => [login, 'admin' as const]),
            ),
          };
          return seed;
        }),
      },
    ],
    fineGrainedTokens: file.tokens,
    app: app && {
      id: app.id,
      slug: app.slug,
      name: app.name,
      clientId: app.clientId,
      clientSecret: app.clientSecret,
      webhookSecret: app.webhookSecret,
      permissions: app.permissions,
      events: app.events,
      installations: [
        {
          id: app.installationId,
          account: file.organization.login,
          repositories: 'all',
          permissions: app.permissions,
        },
      ],
    },
  };
}
