import { AgentTasksHint } from '@agent-tasks/plugin-agent-tasks-node';
import { z } from 'zod';

const NODE_ID = /^[A-Za-z0-9_=+/-]{1,200}$/;

const payloadSchema = z.object({
  pull_request: z.object({ node_id: z.string().regex(NODE_ID) }).optional(),
});

/** Events that come with a pull request as a whole. */
const OF_A_CHANGE = /^pull_request(_|$)/;
/** Events that name pull requests by number or not at all, so all that one learns is that there is something to read. */
const OF_SOMETHING =
  /^(check_run|check_suite|status|workflow_run|workflow_job|deployment_status)$/;

/**
 * What an event of GitHub is a reason to read. Nothing in an event is believed: a forged one costs a read.
 */
export function toHints(options: {
  /** The value of `X-GitHub-Event`. */
  event: string | undefined;
  payload: unknown;
}): AgentTasksHint[] {
  const { event = '', payload } = options;
  if (OF_A_CHANGE.test(event)) {
    const parsed = payloadSchema.safeParse(payload);
    const globalId = parsed.success
      ? parsed.data.pull_request?.node_id
      : undefined;
    return [globalId ? { type: 'change', globalId } : { type: 'tasks' }];
  }
  return OF_SOMETHING.test(event) ? [{ type: 'tasks' }] : [];
}
