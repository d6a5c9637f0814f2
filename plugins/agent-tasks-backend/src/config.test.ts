import { ConfigReader } from '@backstage/config';
import { JsonValue } from '@backstage/types';
import { readConfig } from './config';

function read(agentTasks?: JsonValue) {
  return readConfig(
    new ConfigReader(agentTasks === undefined ? {} : { agentTasks }),
  );
}

const defaults = {
  triggers: {
    secrets: {},
    hookWindowSeconds: 300,
    eventMaxAgeSeconds: 3600,
    keepRunsDays: 90,
  },
  limits: {
    running: 5,
    provider: {},
    account: { startsPerMinute: 20 },
    repository: { running: 1, openChanges: 3, autoChanges: 3 },
    team: {
      running: 10,
      openChanges: 10,
      autoChanges: 10,
      reviewMinutes: 300,
      launchesPerDay: 100,
    },
    pendingChecks: 20,
  },
  backpressure: {
    contentPerMinute: 80,
    contentPerHour: 500,
    startsAtOnce: 8,
    breakerFailures: 5,
  },
  starts: { requestTimeoutSeconds: 30, settleSeconds: 120, decideSeconds: 900 },
  watch: {
    tasksSeconds: 15,
    changesSeconds: 60,
    hintsSeconds: 10,
    unseenSeconds: 600,
  },
};

describe('readConfig', () => {
  it.each<[string, JsonValue | undefined]>([
    ['nothing', undefined],
    ['an empty section', {}],
    ['empty sections', { limits: {}, starts: {}, watch: {} }],
    ['the sections of modules only', { github: { anything: 1 } }],
  ])('has defaults where %s is set', (_what, agentTasks) => {
    expect(read(agentTasks)).toEqual(defaults);
  });

  it('takes what is set, and defaults beside it', () => {
    expect(
      read({
        limits: { running: 0, team: { openChanges: 40 } },
        starts: { decideSeconds: 60.5 },
        watch: { tasksSeconds: 3600 },
      }),
    ).toEqual({
      ...defaults,
      limits: {
        ...defaults.limits,
        running: 0,
        team: { ...defaults.limits.team, openChanges: 40 },
      },
      starts: { ...defaults.starts, decideSeconds: 60.5 },
      watch: { ...defaults.watch, tasksSeconds: 3600 },
    });
  });

  it('takes secrets of triggers that nobody guesses, and never names them', () => {
    const secret = 'ci-secret-of-32-characters-here!';
    expect(read({ triggers: { secrets: { ci: secret } } }).triggers).toEqual({
      ...defaults.triggers,
      secrets: { ci: secret },
    });
    expect(() => read({ triggers: { secrets: { ci: 'guessed' } } })).toThrow(
      /^Invalid configuration: agentTasks.triggers.secrets.ci must be at least 16 characters, so that nobody guesses it$/,
    );
    expect(() => read({ triggers: { secrets: { 'C I': secret } } })).toThrow(
      /^Invalid configuration: agentTasks.triggers.secrets.C I (?!.*ci-secret)/,
    );
  });

  it('reads none as no such limit, and 0 as nothing', () => {
    const { limits, backpressure } = read({
      limits: {
        provider: { running: 'none' },
        account: { running: 0, startsPerMinute: 'none' },
        team: { reviewMinutes: 'none', launchesPerDay: 0 },
        pendingChecks: 'none',
      },
      backpressure: {
        contentPerMinute: 'none',
        contentPerHour: 'none',
        startsAtOnce: 'none',
      },
    });
    expect(limits).toEqual({
      ...defaults.limits,
      account: { running: 0 },
      team: {
        running: 10,
        openChanges: 10,
        autoChanges: 10,
        launchesPerDay: 0,
      },
      pendingChecks: undefined,
    });
    expect(backpressure).toEqual({ breakerFailures: 5 });
  });

  it.each([-1, 1.5, 1e9, Infinity, NaN, '20', true, []])(
    'refuses %p as a limit, with its path and what to write',
    value => {
      for (const [section, path, range] of [
        [
          { limits: { account: { startsPerMinute: value } } },
          'limits.account.startsPerMinute',
          '0 (nothing starts) to 10,000',
        ],
        [
          { limits: { account: { running: value } } },
          'limits.account.running',
          '0 (nothing starts) to 10,000',
        ],
        [
          { limits: { provider: { running: value } } },
          'limits.provider.running',
          '0 (nothing starts) to 10,000',
        ],
        [
          { limits: { pendingChecks: value } },
          'limits.pendingChecks',
          '0 (nothing starts) to 10,000',
        ],
        [
          { limits: { team: { reviewMinutes: value } } },
          'limits.team.reviewMinutes',
          '0 (nothing starts) to 100,000',
        ],
        [
          { limits: { team: { launchesPerDay: value } } },
          'limits.team.launchesPerDay',
          '0 (nothing starts) to 100,000',
        ],
        [
          { backpressure: { contentPerMinute: value } },
          'backpressure.contentPerMinute',
          '1 to 100,000',
        ],
        [
          { backpressure: { contentPerHour: value } },
          'backpressure.contentPerHour',
          '1 to 1,000,000',
        ],
        [
          { backpressure: { startsAtOnce: value } },
          'backpressure.startsAtOnce',
          '1 to 100',
        ],
      ] as [JsonValue, string, string][]) {
        expect(() => read(section)).toThrow(
          `Invalid configuration: agentTasks.${path} must be a whole number from ${range}, or none, for no such limit`,
        );
      }
    },
  );

  it.each<[JsonValue, string]>([
    [
      { limits: { team: { autoChanges: -1 } } },
      'agentTasks.limits.team.autoChanges must not be negative; 0 starts nothing',
    ],
    [
      { limits: { repository: { autoChanges: 0.5 } } },
      'agentTasks.limits.repository.autoChanges must be a whole number',
    ],
    [
      { limits: { account: { startsPerHour: 5 } } },
      'agentTasks.limits.account.startsPerHour is not a setting',
    ],
    [
      { backpressure: { startsAtOnce: 0 } },
      'agentTasks.backpressure.startsAtOnce must be a whole number from 1 to 100, or none',
    ],
    [
      { backpressure: { breakerFailures: 0 } },
      'agentTasks.backpressure.breakerFailures must be at least 1',
    ],
    [
      { backpressure: { breakerFailures: 2.5 } },
      'agentTasks.backpressure.breakerFailures must be a whole number',
    ],
    [{ backpressure: 'much' }, 'agentTasks.backpressure must be an object'],
    ['yes', 'agentTasks must be an object'],
    [[], 'agentTasks must be an object'],
    [
      { limit: { running: 5 } },
      'agentTasks.limit is not a setting. Check its spelling; config.schema.json of @agent-tasks/plugin-agent-tasks-backend lists them all',
    ],
    [{ limits: { runing: 5 } }, 'agentTasks.limits.runing is not a setting'],
    [{ limits: 5 }, 'agentTasks.limits must be an object'],
    [{ limits: { team: 5 } }, 'agentTasks.limits.team must be an object'],
    [
      { limits: { team: { openchanges: 5 } } },
      'agentTasks.limits.team.openchanges is not a setting',
    ],
    [
      { limits: { repository: { openChanges: -1 } } },
      'agentTasks.limits.repository.openChanges must not be negative; 0 starts nothing',
    ],
    [{ starts: [] }, 'agentTasks.starts must be an object'],
    [{ watch: 'often' }, 'agentTasks.watch must be an object'],
    [
      { limits: { running: '5' } },
      'agentTasks.limits.running must be a whole number',
    ],
    [
      { limits: { running: 1.5 } },
      'agentTasks.limits.running must be a whole number',
    ],
    [
      { limits: { running: -1 } },
      'agentTasks.limits.running must not be negative; 0 starts nothing',
    ],
    [
      { limits: { running: 10_001 } },
      'agentTasks.limits.running must be at most 10,000',
    ],
    [
      { starts: { requestTimeoutSeconds: '30s' } },
      'agentTasks.starts.requestTimeoutSeconds must be a number of seconds',
    ],
    [
      { starts: { requestTimeoutSeconds: 0 } },
      'agentTasks.starts.requestTimeoutSeconds must be at least 1 seconds',
    ],
    [
      { starts: { requestTimeoutSeconds: 301, settleSeconds: 400 } },
      'agentTasks.starts.requestTimeoutSeconds must be at most 300 seconds',
    ],
    [
      { starts: { requestTimeoutSeconds: 60, settleSeconds: 59 } },
      'agentTasks.starts.settleSeconds must not be less than requestTimeoutSeconds, or a live request could be taken for a dead one',
    ],
    [
      { starts: { settleSeconds: 10 } },
      'agentTasks.starts.settleSeconds must not be less than requestTimeoutSeconds',
    ],
    [
      { starts: { decideSeconds: 0 } },
      'agentTasks.starts.decideSeconds must be at least 1 second',
    ],
    [
      { watch: { unseenSeconds: 9 } },
      'agentTasks.watch.unseenSeconds must be at least 10 seconds',
    ],
    [
      { watch: { changesSeconds: true } },
      'agentTasks.watch.changesSeconds must be a number of seconds',
    ],
    [
      { watch: { tasksSeconds: 3601 } },
      'agentTasks.watch.tasksSeconds must be at most 3600 seconds',
    ],
  ])('refuses %j with the path and the reason', (agentTasks, problem) => {
    expect(() => read(agentTasks)).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(/^Invalid configuration: agentTasks/),
      }),
    );
    expect(() => read(agentTasks)).toThrow(problem);
  });

  it('names everything that is wrong at once', () => {
    expect(() =>
      read({
        limits: { running: 'many', paused: true },
        watch: { taskSeconds: 1 },
        brakes: {},
      }),
    ).toThrow(
      /agentTasks\.limits\.running .*agentTasks\.limits\.paused is not a setting.*agentTasks\.watch\.taskSeconds is not a setting.*agentTasks\.brakes is not a setting/s,
    );
  });
});
