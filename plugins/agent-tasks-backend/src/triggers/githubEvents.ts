import { z } from 'zod';

/** The kinds of events of GitHub that triggers take. */
export const githubEvents = [
  'dependabot_alert',
  'deployment_status',
  'push',
  'repository_vulnerability_alert',
  'workflow_run',
] as const;

const fullName = /^[A-Za-z0-9_.-]{1,100}\/[A-Za-z0-9_.-]{1,100}$/;

const id = z.union([z.number(), z.string().max(100)]);

const payloadSchema = z.object({
  action: z.string().optional().catch(undefined),
  ref: z.string().max(300).optional().catch(undefined),
  repository: z
    .object({
      full_name: z.string().regex(fullName),
      pushed_at: z.union([z.number(), z.string()]).optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  alert: z
    .object({
      id: id.optional().catch(undefined),
      number: id.optional().catch(undefined),
      created_at: z.string().optional().catch(undefined),
      updated_at: z.string().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
  deployment: z.object({ id }).optional().catch(undefined),
  deployment_status: z
    .object({ updated_at: z.string() })
    .optional()
    .catch(undefined),
  workflow_run: z
    .object({ id, updated_at: z.string() })
    .optional()
    .catch(undefined),
});

/** What is read of an event beside what expressions read. */
export interface EventFacts {
  /** `owner/name`. */
  repository?: string;
  /** When it happened, as it says. */
  happenedAt?: Date;
  /** What it is about: of two events with the same subject the later one holds. */
  subject?: string;
}

/** Reads an event of GitHub. What is not as expected is left out. */
export function readGithubEvent(options: {
  kind: string;
  payload: unknown;
}): EventFacts {
  const { data } = payloadSchema.safeParse(options.payload);
  if (!data) {
    return {};
  }
  const repository = data.repository?.full_name;
  const { about, at } = factsOf(options.kind, data);
  const happenedAt = toTime(at);
  return {
    ...(repository && { repository }),
    ...(happenedAt && { happenedAt }),
    ...(repository &&
      about !== undefined && {
        subject: `${options.kind} ${repository.toLocaleLowerCase('en-US')} ${about}`,
      }),
  };
}

function factsOf(
  kind: string,
  data: z.infer<typeof payloadSchema>,
): { about?: number | string; at?: number | string } {
  const { alert } = data;
  switch (kind) {
    case 'push':
      // A commit may be years old; the push is not.
      return { about: data.ref, at: data.repository?.pushed_at };
    case 'deployment_status':
      return {
        about: data.deployment?.id,
        at: data.deployment_status?.updated_at,
      };
    case 'workflow_run':
      return {
        about: data.workflow_run?.id,
        at: data.workflow_run?.updated_at,
      };
    default:
      return {
        about: alert?.number ?? alert?.id,
        at:
          alert?.updated_at ??
          // Later events of an alert have this time too.
          (data.action?.startsWith('create') ? alert?.created_at : undefined),
      };
  }
}

/** Of pushes GitHub tells the time in seconds since 1970. */
function toTime(value: number | string | undefined): Date | undefined {
  if (value === undefined) {
    return undefined;
  }
  const time = new Date(typeof value === 'number' ? value * 1000 : value);
  return Number.isNaN(time.getTime()) ? undefined : time;
}
