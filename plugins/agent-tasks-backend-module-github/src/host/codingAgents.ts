/**
 * Logins, as GraphQL shows them, of the Apps in whose name coding agents open pull requests. An App of the same name as a
 * person's login does no harm: only bots are compared with them.
 */
const AGENT_LOGINS: ReadonlySet<string> = new Set([
  'copilot-swe-agent',
  'claude',
  'anthropic-claude',
  'claude-code-action',
  'openai-codex',
  'chatgpt-codex-connector',
  'cursor',
  'devin-ai-integration',
  'google-labs-jules',
  'amazon-q-developer',
]);

/**
 * Agents that open pull requests in the name of the person who asked, on branches that begin so. Nothing but the branch
 * then tells: a person who names branches like this is taken for an agent, which holds back rather too much than too
 * little.
 */
const AGENT_BRANCHES: readonly string[] = ['codex/', 'claude/', 'cursor/'];

/** Whether a coding agent made a pull request. Bots that update dependencies or translate are none. */
export function isByCodingAgent(pullRequest: {
  author: { __typename: string; login: string } | null;
  headRefName: string;
}): boolean {
  const { author, headRefName } = pullRequest;
  if (author?.__typename === 'Bot') {
    return AGENT_LOGINS.has(author.login.toLocaleLowerCase('en-US'));
  }
  return AGENT_BRANCHES.some(prefix => headRefName.startsWith(prefix));
}
