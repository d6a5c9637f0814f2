/** The workflow in which GitHub runs the agent. */
export const AGENT_WORKFLOW_PATH = 'dynamic/copilot-swe-agent/copilot';

/** The agent's branches begin so. */
export const AGENT_BRANCH_PREFIX = 'copilot/';
