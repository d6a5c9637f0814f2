import { Config } from '@backstage/config';
import { z } from 'zod';

/** The sections below `agentTasks` that modules read, each with a schema of its own. */
const moduleSections = ['github'];

const seconds = (options: { min: number; max: number; default: number }) =>
  z
    .number('must be a number of seconds')
    .min(options.min, `must be at least ${options.min} seconds`)
    .max(options.max, `must be at most ${options.max} seconds`)
    .default(options.default);

const count = (byDefault: number) =>
  z
    .int('must be a whole number')
    .min(0, 'must not be negative; 0 starts nothing')
    .max(10_000, 'must be at most 10,000')
    .default(byDefault);

/** A whole number, or `none`, which is read as `undefined`: there is no such limit. */
const countOrNone = (options: {
  min: 0 | 1;
  max: number;
  default: number | 'none';
}) => {
  const { min, max } = options;
  const problem = `must be a whole number from ${
    min === 0 ? '0 (nothing starts)' : min
  } to ${max.toLocaleString('en-US')}, or none, for no such limit`;
  return z
    .union(
      [z.literal('none'), z.int(problem).min(min, problem).max(max, problem)],
      problem,
    )
    .default(options.default)
    .transform(value => (value === 'none' ? undefined : value));
};

const schema = z.strictObject({
  triggers: z
    .strictObject({
      secrets: z
        .record(
          z
            .string()
            .regex(
              /^[a-z0-9]+(-[a-z0-9]+)*$/,
              'must have a name of small letters, digits and dashes',
            ),
          z
            .string('must be text')
            .min(
              16,
              'must be at least 16 characters, so that nobody guesses it',
            ),
        )
        .default({}),
      hookWindowSeconds: seconds({ min: 10, max: 3600, default: 300 }),
      eventMaxAgeSeconds: seconds({ min: 60, max: 604_800, default: 3600 }),
      keepRunsDays: z
        .int('must be a whole number')
        .min(1, 'must be at least 1')
        .max(3650, 'must be at most 3,650')
        .default(90),
    })
    .prefault({}),
  limits: z
    .strictObject({
      running: count(5),
      provider: z
        .strictObject({
          running: countOrNone({ min: 0, max: 10_000, default: 'none' }),
        })
        .prefault({}),
      account: z
        .strictObject({
          running: countOrNone({ min: 0, max: 10_000, default: 'none' }),
          startsPerMinute: countOrNone({ min: 0, max: 10_000, default: 20 }),
        })
        .prefault({}),
      repository: z
        .strictObject({
          running: count(1),
          openChanges: count(3),
          autoChanges: count(3),
        })
        .prefault({}),
      team: z
        .strictObject({
          running: count(10),
          openChanges: count(10),
          autoChanges: count(10),
          reviewMinutes: countOrNone({ min: 0, max: 100_000, default: 300 }),
          launchesPerDay: countOrNone({ min: 0, max: 100_000, default: 100 }),
        })
        .prefault({}),
      pendingChecks: countOrNone({ min: 0, max: 10_000, default: 20 }),
    })
    .prefault({}),
  backpressure: z
    .strictObject({
      contentPerMinute: countOrNone({ min: 1, max: 100_000, default: 80 }),
      contentPerHour: countOrNone({ min: 1, max: 1_000_000, default: 500 }),
      startsAtOnce: countOrNone({ min: 1, max: 100, default: 8 }),
      breakerFailures: z
        .int('must be a whole number')
        .min(1, 'must be at least 1')
        .max(100, 'must be at most 100')
        .default(5),
    })
    .prefault({}),
  starts: z
    .strictObject({
      requestTimeoutSeconds: seconds({ min: 1, max: 300, default: 30 }),
      settleSeconds: seconds({ min: 1, max: 3600, default: 120 }),
      decideSeconds: seconds({ min: 1, max: 86_400, default: 900 }),
    })
    .refine(starts => starts.settleSeconds >= starts.requestTimeoutSeconds, {
      path: ['settleSeconds'],
      message:
        'must not be less than requestTimeoutSeconds, or a live request could be taken for a dead one',
    })
    .prefault({}),
  watch: z
    .strictObject({
      tasksSeconds: seconds({ min: 1, max: 3600, default: 15 }),
      changesSeconds: seconds({ min: 1, max: 3600, default: 60 }),
      hintsSeconds: seconds({ min: 1, max: 300, default: 10 }),
      unseenSeconds: seconds({ min: 10, max: 86_400, default: 600 }),
    })
    .prefault({}),
});

/** The settings below `agentTasks`, with defaults filled in. */
export type AgentTasksConfig = z.infer<typeof schema>;

function describe(issue: z.core.$ZodIssue): string[] {
  const path = ['agentTasks', ...issue.path].join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(
      key =>
        `${path}.${key} is not a setting. Check its spelling; config.schema.json of @agent-tasks/plugin-agent-tasks-backend lists them all`,
    );
  }
  if (issue.code === 'invalid_type' && issue.expected === 'object') {
    return [`${path} must be an object`];
  }
  return [`${path} ${issue.message}`];
}

/**
 * Reads the settings, once.
 *
 * @throws Error that names the path and the reason of everything that is wrong
 */
export function readConfig(config: Config): AgentTasksConfig {
  const all = config.getOptional<Record<string, unknown>>('agentTasks') ?? {};
  if (typeof all !== 'object' || Array.isArray(all)) {
    throw new Error('Invalid configuration: agentTasks must be an object');
  }
  const own = Object.fromEntries(
    Object.entries(all).filter(([key]) => !moduleSections.includes(key)),
  );
  const result = schema.safeParse(own);
  if (!result.success) {
    throw new Error(
      `Invalid configuration: ${result.error.issues.flatMap(describe).join('; ')}`,
    );
  }
  return result.data;
}
