import { setTimeout as sleep } from 'node:timers/promises';
import { AgentTasksClient } from '@agent-tasks/plugin-agent-tasks-common';

const TIMEOUT_MS = 60_000;
const POLL_MS = 200;

/** Resolves once the backend has taken a template from the catalog. */
export async function untilTemplate(
  client: AgentTasksClient,
  name: string,
): Promise<void> {
  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    const { items } = await client.listTemplates();
    if (items.some(template => template.name === name)) {
      return;
    }
    if (Date.now() > deadline) {
      throw new Error(`The backend has no template '${name}'`);
    }
    await sleep(POLL_MS);
  }
}
