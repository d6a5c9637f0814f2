import { isoTime } from '../../clock/SimulatorClock';
import { Permissions } from '../../state';
import { pageOf } from '../pagination';
import { RepositoryRequest, RestOperation } from '../RestOperation';

const SECRETS: Permissions[] = [{ agent_secrets: 'read' }, { secrets: 'read' }];
const VARIABLES: Permissions[] = [
  { agent_variables: 'read' },
  { variables: 'read' },
];

/** What an agent in a repository can read and may do. Values of secrets are never told, here as on GitHub. */
export const agentSettingsOperations: RestOperation[] = [
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/agents/secrets',
    access: 'repository',
    anyOf: SECRETS,
    handle: request => listSecrets(request, request.repository.agent.secrets),
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/agents/organization-secrets',
    access: 'repository',
    anyOf: SECRETS,
    handle: request =>
      listSecrets(request, request.repository.agent.organizationSecrets),
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/agents/variables',
    access: 'repository',
    anyOf: VARIABLES,
    handle: request =>
      listVariables(request, request.repository.agent.variables),
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/agents/organization-variables',
    access: 'repository',
    anyOf: VARIABLES,
    handle: request =>
      listVariables(request, request.repository.agent.organizationVariables),
  },
  {
    method: 'GET',
    path: '/repos/{owner}/{repo}/copilot/cloud-agent/configuration',
    access: 'repository',
    anyOf: [{ copilot_agent_settings: 'read' }, { administration: 'read' }],
    handle({ repository: { agent } }) {
      return {
        status: 200,
        body: {
          mcp_configuration: agent.mcpConfiguration ?? null,
          enabled_tools: agent.enabledTools,
          require_actions_workflow_approval: agent.requireWorkflowApproval,
          is_firewall_enabled: agent.firewallEnabled,
          is_firewall_recommended_allowlist_enabled:
            agent.firewallRecommendedAllowlistEnabled,
          custom_allowlist: agent.customAllowlist,
          is_automations_enabled: false,
          require_write_access_for_automation_triggers: true,
        },
      };
    },
  },
];

function listSecrets(request: RepositoryRequest, names: string[]) {
  const { items, headers } = pageOf({ request, items: names });
  return {
    status: 200,
    body: {
      total_count: names.length,
      secrets: items.map(name => ({ name, ...times(request) })),
    },
    headers,
  };
}

function listVariables(
  request: RepositoryRequest,
  variables: { name: string; value: string }[],
) {
  const { items, headers } = pageOf({ request, items: variables });
  return {
    status: 200,
    body: {
      total_count: variables.length,
      variables: items.map(variable => ({ ...variable, ...times(request) })),
    },
    headers,
  };
}

function times({ repository }: RepositoryRequest) {
  return {
    created_at: isoTime(repository.createdAt),
    updated_at: isoTime(repository.createdAt),
  };
}
