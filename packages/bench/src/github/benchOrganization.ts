import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SimulatorSeed } from '@agent-tasks/github-simulator';
import { Entity, RELATION_OWNED_BY } from '@backstage/catalog-model';
import { parse } from 'yaml';
import { ROOT } from '../harness/layout';

/** Who reviews and merges in the bench organisation. */
export const REVIEWER = 'robin';

/** The template of the catalog that benches launch. */
export const TEMPLATE = 'bump-dependency';

const OWNER = 'acme';
const TEAM = 'team-bench';
const APP_ID = 1;
const INSTALLATION_ID = 52_001;
const WEBHOOK_SECRET = 'bench-webhook-secret';

/** As the demo organisation has them, in `catalog/github.yaml`. */
const APP_PERMISSIONS = {
  actions: 'write',
  checks: 'read',
  contents: 'write',
  issues: 'write',
  metadata: 'read',
  pull_requests: 'write',
  statuses: 'write',
} as const;

const APP_EVENTS = [
  'check_run',
  'check_suite',
  'pull_request',
  'pull_request_review',
  'push',
  'status',
  'workflow_run',
];

/** An organisation of GitHub and the catalog that describes it. */
export interface BenchOrganization {
  seed: SimulatorSeed;
  /** Components, one for each repository, with their team and the template. */
  entities: Entity[];
  /** Entity refs, in the order of the repositories. */
  components: string[];
  /** A token that starts and reads agent tasks. */
  starterToken: string;
  app: { id: number; privateKeyPem: string; installationId: number };
  webhookSecret: string;
}

/**
 * Makes an organisation with a number of small repositories, each of one component of one team.
 *
 * `webhookUrl` is where GitHub's webhooks go; none are sent without it. `teams` own the components in turn (1). Without
 * `checks` nothing has to pass before a pull request is merged (true). `approvals` are required before it (1). `templates` are
 * further ones.
 */
export function createBenchOrganization(options: {
  repositories: number;
  webhookUrl?: string;
  teams?: number;
  checks?: boolean;
  approvals?: number;
  templates?: Entity[];
}): BenchOrganization {
  const {
    repositories,
    webhookUrl,
    teams = 1,
    checks = true,
    approvals = 1,
    templates = [],
  } = options;
  const teamNames = Array.from({ length: teams }, (_, index) =>
    teams === 1 ? TEAM : `${TEAM}-${String(index + 1).padStart(3, '0')}`,
  );
  const names = Array.from(
    { length: repositories },
    (_, index) => `service-${String(index + 1).padStart(3, '0')}`,
  );
  const starterToken = 'github_pat_bench_starter';
  const privateKeyPem = generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();
  return {
    seed: {
      organizations: [
        {
          login: OWNER,
          users: [{ login: 'acme-agent-bot' }, { login: REVIEWER }],
          repositories: names.map(name => ({
            name,
            files: filesOf(name),
            ...(!checks && { checks: [] }),
            requiredChecks: checks ? ['build', 'test'] : [],
            requiredApprovals: approvals,
          })),
        },
      ],
      fineGrainedTokens: [
        {
          token: starterToken,
          user: 'acme-agent-bot',
          repositories: [`${OWNER}/*`],
          permissions: {
            agent_tasks: 'write',
            metadata: 'read',
            // For the loop that polls: it reads pull requests with the same token, and makes no others.
            pull_requests: 'write',
            contents: 'write',
          },
        },
      ],
      app: {
        id: APP_ID,
        slug: 'agent-tasks-bench',
        name: 'Agent Tasks (bench)',
        clientId: 'Iv23libench000000001',
        clientSecret: 'bench-client-secret',
        privateKeyPem,
        webhookSecret: WEBHOOK_SECRET,
        webhookUrl,
        permissions: APP_PERMISSIONS,
        events: APP_EVENTS,
        installations: [
          {
            id: INSTALLATION_ID,
            account: OWNER,
            repositories: 'all',
            permissions: APP_PERMISSIONS,
          },
        ],
      },
    },
    entities: [
      ...teamNames.map(name => ({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Group',
        metadata: { name },
        spec: { type: 'team', children: [] },
      })),
      ...names.map((name, index) =>
        componentOf(name, teamNames[index % teams]),
      ),
      readTemplate(),
      ...templates,
    ],
    components: names.map(name => `component:default/${name}`),
    starterToken,
    app: { id: APP_ID, privateKeyPem, installationId: INSTALLATION_ID },
    webhookSecret: WEBHOOK_SECRET,
  };
}

function filesOf(name: string): Record<string, string> {
  const manifest = {
    name,
    version: '1.0.0',
    dependencies: { axios: '1.7.2', express: '4.19.2' },
  };
  return {
    'README.md': `# ${name}\n`,
    'package.json': `${JSON.stringify(manifest, undefined, 2)}\n`,
    'src/index.ts': "import axios from 'axios';\n\nexport { axios };\n",
  };
}

function componentOf(name: string, team: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      annotations: { 'github.com/project-slug': `${OWNER}/${name}` },
    },
    spec: { type: 'service', lifecycle: 'production', owner: team },
    relations: [
      { type: RELATION_OWNED_BY, targetRef: `group:default/${team}` },
    ],
  };
}

/** The template of the catalog that benches launch. */
export function readTemplate(): Entity {
  const file = join(ROOT, 'catalog/templates', `${TEMPLATE}.yaml`);
  return parse(readFileSync(file, 'utf8'));
}
