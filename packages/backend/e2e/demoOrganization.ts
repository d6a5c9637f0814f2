import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Permissions, SimulatorSeed } from '@agent-tasks/github-simulator';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import { parse, parseAllDocuments } from 'yaml';

const ROOT = join(resolvePackagePath('backend'), '../..');

interface OrganizationFile {
  organization: { login: string; name: string };
  users: { login: string; name: string }[];
  apps: { id: number; installationId: number; permissions: Permissions }[];
  repositories: { name: string; archived?: boolean }[];
}

function readYaml<T>(path: string): T {
  return parse(readFileSync(join(ROOT, path), 'utf8')) as T;
}

/** The settings of the demo, with those of its paths absolute that tests use. */
export function readDemoConfig(): JsonObject & { catalog: JsonObject } {
  const config = readYaml<ReturnType<typeof readDemoConfig>>('app-config.yaml');
  const [location] = config.catalog.locations as JsonObject[];
  return {
    ...config,
    catalog: {
      ...config.catalog,
      locations: [{ ...location, target: join(ROOT, 'catalog/all.yaml') }],
    },
  };
}

/** What `catalog/all.yaml` leads to, as its authors wrote it. */
export function readDemoEntities(): Entity[] {
  const { spec } = readYaml<Entity>('catalog/all.yaml');
  return (spec!.targets as string[]).flatMap(target =>
    parseAllDocuments(
      readFileSync(join(ROOT, 'catalog', target), 'utf8'),
    ).flatMap(document => (document.toJS() as Entity) ?? []),
  );
}

/** Who may do what at GitHub. */
export interface DemoCredentials {
  starterToken: string;
  /** The App's private key in PEM format. */
  privateKey: string;
  webhookSecret: string;
}

/**
 * GitHub as the demo knows it: all of its repositories with little in them, so that a test starts at once, and without
 * checks or approvals, so that it merges at once.
 */
export function demoSeed(options: {
  credentials: DemoCredentials;
  /** Names of repositories in which the agent is switched off. */
  withoutAgent?: string[];
}): SimulatorSeed {
  const { credentials, withoutAgent = [] } = options;
  const file = readYaml<OrganizationFile>('catalog/github.yaml');
  const [app] = file.apps;
  return {
    organizations: [
      {
        ...file.organization,
        users: file.users.map(({ login, name }) => ({ login, name })),
        repositories: file.repositories.map(({ name, archived }) => ({
          name,
          archived,
          files: { 'README.md': `# ${name}\n` },
          checks: [],
          requiredApprovals: 0,
          agentEnabled: !withoutAgent.includes(name),
        })),
      },
    ],
    fineGrainedTokens: [
      {
        token: credentials.starterToken,
        user: 'acme-agent-bot',
        repositories: [`${file.organization.login}/*`],
        permissions: { agent_tasks: 'write', metadata: 'read' },
      },
    ],
    app: {
      id: app.id,
      slug: 'agent-tasks',
      clientId: 'Iv1.0123456789abcdef',
      clientSecret: 'of-no-use-here',
      privateKeyPem: credentials.privateKey,
      webhookSecret: credentials.webhookSecret,
      permissions: app.permissions,
      events: [
        'pull_request',
        'pull_request_review',
        'push',
        'check_run',
        'check_suite',
        'dependabot_alert',
        'status',
        'workflow_run',
      ],
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
