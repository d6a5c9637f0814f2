import { generateKeyPairSync } from 'crypto';
import { SimulatorSeed } from '../seed';

const keys = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  publicKeyEncoding: { type: 'spki', format: 'pem' },
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
});

/** The App's private key, new in each process. */
export const TEST_APP_KEY = keys.privateKey;
export const TEST_APP_ID = 4242;
export const TEST_INSTALLATION_ID = 777;

export const STARTER_TOKEN = 'github_pat_starter0000000000000000000000';
export const READER_TOKEN = 'github_pat_reader00000000000000000000000';
export const OTHER_TOKEN = 'github_pat_other000000000000000000000000';
export const EXPIRING_TOKEN = 'github_pat_expiring000000000000000000000';
export const USER_TOKEN = 'ghu_user000000000000000000000000000000000';
export const REFRESH_TOKEN = 'ghr_refresh00000000000000000000000000000';

/** A small organisation: two repositories with real files, an archived one, one without the agent. */
export const testSeed: SimulatorSeed = {
  organizations: [
    {
      login: 'acme',
      name: 'Acme',
      users: [
        { login: 'ada', name: 'Ada Ash' },
        { login: 'ben', name: 'Ben Bay' },
        { login: 'robot', name: 'Task Robot' },
      ],
      teams: [{ slug: 'payments', name: 'Payments', members: ['ada', 'ben'] }],
      repositories: [
        {
          name: 'shop',
          description: 'The shop.',
          codeowners: '* @acme/payments\n/docs/ @ben\n',
          requiredChecks: ['test'],
          secrets: ['NPM_TOKEN', 'PROD_DATABASE_URL'],
          variables: { REGION: 'eu' },
          organizationSecrets: ['SONAR_TOKEN'],
          organizationVariables: { TIER: 'gold' },
          files: {
            'README.md': '# shop\n\nSells things.\n',
            'package.json': `${JSON.stringify(
              {
                name: 'shop',
                version: '1.0.0',
                dependencies: { lodash: '^4.17.15', express: '^4.18.0' },
              },
              undefined,
              2,
            )}\n`,
            'package-lock.json': `${JSON.stringify(
              {
                name: 'shop',
                lockfileVersion: 3,
                packages: {
                  '': { dependencies: { lodash: '^4.17.15' } },
                  'node_modules/lodash': {
                    version: '4.17.15',
                    resolved:
                      'https://packages.example.com/lodash/-/lodash-4.17.15.tgz',
                    integrity: 'sha512-old',
                  },
                },
              },
              undefined,
              2,
            )}\n`,
            'src/index.js':
              'var total = 0;\nexport function add(a, b) {\n  if (a == b) {\n    return a * 2;\n  }\n  return a + b;\n}\n',
            'migrations/0001_init.sql': 'CREATE TABLE orders (id int);\n',
            '.github/workflows/ci.yml':
              'name: CI\non: [push]\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: npm test\n',
          },
        },
        { name: 'blog', requiredApprovals: 0, checks: [] },
        { name: 'attic', archived: true },
        { name: 'closed', agentEnabled: false },
      ],
    },
  ],
  fineGrainedTokens: [
    {
      token: STARTER_TOKEN,
      user: 'robot',
      repositories: ['acme/*'],
      permissions: {
        agent_tasks: 'write',
        contents: 'write',
        pull_requests: 'write',
        issues: 'write',
        statuses: 'write',
        checks: 'read',
        actions: 'write',
        agent_secrets: 'read',
        agent_variables: 'read',
        administration: 'read',
      },
    },
    {
      token: READER_TOKEN,
      user: 'ada',
      repositories: ['acme/*'],
      permissions: { agent_tasks: 'read', pull_requests: 'read' },
    },
    {
      token: OTHER_TOKEN,
      user: 'ada',
      repositories: ['acme/blog'],
      permissions: { agent_tasks: 'write', pull_requests: 'write' },
    },
    {
      token: EXPIRING_TOKEN,
      user: 'robot',
      repositories: ['acme/*'],
      permissions: { agent_tasks: 'write' },
      expiresAt: '2026-01-02T00:00:00Z',
    },
  ],
  app: {
    id: TEST_APP_ID,
    slug: 'agent-tasks',
    name: 'Agent Tasks',
    clientId: 'Iv1.0123456789abcdef',
    clientSecret: 'client-secret',
    privateKeyPem: TEST_APP_KEY,
    webhookSecret: "It's a Secret to Everybody",
    installations: [
      {
        id: TEST_INSTALLATION_ID,
        account: 'acme',
        repositories: ['shop', 'blog'],
        permissions: {
          agent_tasks: 'write',
          contents: 'write',
          pull_requests: 'write',
          issues: 'write',
          statuses: 'write',
          checks: 'write',
          actions: 'write',
        },
      },
    ],
    userTokens: [
      { token: USER_TOKEN, refreshToken: REFRESH_TOKEN, user: 'ada' },
    ],
  },
};
