const text = { type: 'string', minLength: 1 };
const texts = { type: 'array', items: text };
const versions = {
  type: 'object',
  propertyNames: { minLength: 1 },
  additionalProperties: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+' },
};
const permissions = {
  type: 'object',
  additionalProperties: { enum: ['read', 'write', 'admin'] },
};
const packageKinds = ['node-service', 'node-library', 'web-app', 'web-library'];

function closed(
  properties: Record<string, unknown>,
  required: string[],
): Record<string, unknown> {
  return { type: 'object', additionalProperties: false, required, properties };
}

const settings = {
  requiredApprovals: { type: 'integer', minimum: 0, maximum: 6 },
  requireCodeOwnerReview: { type: 'boolean' },
  workflowApproval: { type: 'boolean' },
  checks: {
    type: 'array',
    items: closed(
      {
        name: text,
        seconds: {
          type: 'array',
          items: { type: 'number', minimum: 0 },
          minItems: 2,
          maxItems: 2,
        },
        flakiness: { type: 'number', minimum: 0, maximum: 1 },
      },
      ['name', 'seconds'],
    ),
  },
  requiredChecks: texts,
};

/** JSON Schema of `OrganizationFile`, closed at every level so that a misspelt key is an error. */
export const organizationFileSchema = closed(
  {
    organization: closed({ login: text, name: text }, ['login']),
    users: {
      type: 'array',
      items: closed(
        { login: text, name: text, role: { enum: ['admin', 'member'] } },
        ['login'],
      ),
    },
    teams: {
      type: 'array',
      items: closed({ slug: text, name: text, members: texts }, [
        'slug',
        'members',
      ]),
    },
    tokens: {
      type: 'array',
      items: closed(
        {
          token: text,
          user: text,
          repositories: texts,
          permissions,
          expiresAt: { type: 'string', format: 'date-time' },
        },
        ['token', 'user', 'repositories', 'permissions'],
      ),
    },
    apps: {
      type: 'array',
      items: closed(
        {
          id: { type: 'integer', minimum: 1 },
          slug: text,
          name: text,
          installationId: { type: 'integer', minimum: 1 },
          clientId: text,
          clientSecret: text,
          webhookSecret: text,
          permissions,
          events: texts,
        },
        [
          'id',
          'slug',
          'name',
          'installationId',
          'clientId',
          'clientSecret',
          'permissions',
        ],
      ),
    },
    defaults: closed(settings, []),
    repositories: {
      type: 'array',
      items: closed(
        {
          ...settings,
          name: { type: 'string', pattern: '^[\\w.-]+$' },
          kind: {
            enum: [
              ...packageKinds,
              'node-workspace',
              'web-workspace',
              'node-monorepo',
              'docs',
            ],
          },
          team: text,
          description: text,
          version: text,
          archived: { type: 'boolean' },
          dependencies: versions,
          modules: texts,
          packages: {
            type: 'array',
            items: closed(
              {
                path: text,
                kind: { enum: packageKinds },
                name: text,
                version: text,
                dependencies: versions,
                modules: texts,
              },
              ['path', 'kind', 'name', 'version'],
            ),
          },
          secrets: texts,
          variables: {
            type: 'array',
            items: closed({ name: text, value: { type: 'string' } }, [
              'name',
              'value',
            ]),
          },
          files: { type: 'object', additionalProperties: { type: 'string' } },
        },
        ['name', 'kind'],
      ),
    },
  },
  ['organization', 'users', 'repositories'],
);
