import {
  settledTaskStates,
  taskStates,
  TaskState,
} from '@agent-tasks/plugin-agent-tasks-common';
import fc from 'fast-check';
import {
  CampaignProgress,
  decideCampaign,
  WaveProgress,
} from './campaignState';

const now = new Date('2026-05-01T12:00:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);

function wave(
  number: number,
  states: Partial<Record<TaskState, number>>,
  more: Partial<WaveProgress> = {},
): WaveProgress {
  return {
    number,
    approved: false,
    stopped: false,
    continued: false,
    states,
    reverted: 0,
    checks: { known: 0, failed: 0 },
    ...more,
  };
}

function begun(
  number: number,
  states: Partial<Record<TaskState, number>>,
  more: Partial<WaveProgress> = {},
): WaveProgress {
  return wave(number, states, { releasedAt: ago(3600), ...more });
}

function decide(
  waves: WaveProgress[],
  more: Partial<Omit<CampaignProgress, 'waves'>> = {},
) {
  return decideCampaign({
    now,
    rollout: {},
    paused: false,
    cancelled: false,
    ...more,
    waves,
  });
}

const statesOf = (decision: ReturnType<typeof decide>) =>
  decision.waves.map(one => one.state);

describe('A campaign', () => {
  it('runs while tasks of its wave are open, and releases nothing', () => {
    const decision = decide([
      begun(1, { merged: 1, in_review: 1 }),
      wave(2, { held: 3 }),
    ]);
    expect(decision.state).toBe('running');
    expect(decision.action).toBeUndefined();
    expect(statesOf(decision)).toEqual(['running', 'waiting']);
  });

  it('goes on by itself when the wave has settled', () => {
    expect(
      decide([begun(1, { merged: 1 }), wave(2, { held: 3 })]).action,
    ).toEqual({ do: 'release', wave: 2 });
  });

  it('soaks first, from when the last task settled', () => {
    const waves = [
      begun(1, { merged: 1 }, { lastSettledAt: ago(50) }),
      wave(2, { held: 3 }),
    ];
    const soaking = decide(waves, { rollout: { soakSeconds: 60 } });
    expect(soaking.action).toBeUndefined();
    expect(soaking.waves[0]).toEqual({
      number: 1,
      state: 'soaking',
      continuesAt: ago(-10),
    });
    expect(soaking.lookAt).toEqual(ago(-10));
    expect(decide(waves, { rollout: { soakSeconds: 50 } }).action).toEqual({
      do: 'release',
      wave: 2,
    });
  });

  it('waits for an approval where the rollout asks for it', () => {
    const rollout = { continue: 'approval' as const };
    const first = begun(1, { merged: 1 });
    const waiting = decide([first, wave(2, { held: 3 })], { rollout });
    expect(waiting.state).toBe('waiting_for_approval');
    expect(waiting.action).toBeUndefined();
    expect(statesOf(waiting)).toEqual(['done', 'waiting_for_approval']);
    expect(
      decide([first, wave(2, { held: 3 }, { approved: true })], { rollout })
        .action,
    ).toEqual({ do: 'release', wave: 2 });
  });

  it('stops when more than a share failed, and says how many', () => {
    const decision = decide(
      [begun(1, { failed: 1, merged: 3 }), wave(2, { held: 3 })],
      { rollout: { stopOn: { failedPercent: 20 } } },
    );
    expect(decision.state).toBe('stopped');
    expect(decision.action).toEqual({
      do: 'stop',
      wave: 1,
      rule: 'failed',
      actualPercent: 25,
      limitPercent: 20,
      counted: 4,
    });
    expect(statesOf(decision)).toEqual(['stopped', 'waiting']);
  });

  it.each([
    ['closed', { closed: 1 }, {}, { closedPercent: 0 }],
    ['reverted', { merged: 1 }, { reverted: 1 }, { revertedPercent: 50 }],
    [
      'checks_failed',
      { in_review: 2 },
      { checks: { known: 2, failed: 1 } },
      { checksFailedPercent: 40 },
    ],
  ] as const)('stops on %s', (rule, states, more, stopOn) => {
    expect(
      decide([begun(1, states, more), wave(2, { held: 1 })], {
        rollout: { stopOn },
      }).action,
    ).toMatchObject({ do: 'stop', rule });
  });

  it('stops within the last wave while tasks of it wait, and not when none does', () => {
    const rollout = { stopOn: { failedPercent: 10 } };
    expect(
      decide([begun(1, { failed: 5, queued: 5 })], { rollout }).state,
    ).toBe('stopped');
    expect(
      decide([begun(1, { failed: 5, in_review: 5 })], { rollout }).state,
    ).toBe('running');
  });

  it('does not judge by fewer tasks than the rule wants', () => {
    const waves = [begun(1, { failed: 1, queued: 9 })];
    const stopOn = { failedPercent: 10, minTasks: 2 };
    expect(decide(waves, { rollout: { stopOn } }).state).toBe('running');
  });

  it('counts neither what was cancelled nor what joined another task', () => {
    expect(
      decide(
        [
          begun(1, { failed: 1, cancelled: 8, joined: 8, merged: 1 }),
          wave(2, { held: 1 }),
        ],
        { rollout: { stopOn: { failedPercent: 49 } } },
      ).action,
    ).toMatchObject({ actualPercent: 50, counted: 2 });
  });

  it('stays stopped until somebody goes on, and then judges the waves after that', () => {
    const rollout = { stopOn: { failedPercent: 10 } };
    const failed = begun(1, { failed: 1 }, { stopped: true });
    const later = wave(2, { held: 3 });
    expect(decide([failed, later], { rollout }).action).toBeUndefined();
    expect(decide([failed, later], { rollout }).state).toBe('stopped');
    const on = { ...failed, continued: true };
    expect(decide([on, later], { rollout }).action).toEqual({
      do: 'release',
      wave: 2,
    });
    expect(
      decide([on, begun(2, { merged: 2, queued: 1 })], { rollout }).state,
    ).toBe('running');
    // A person has decided: no soak time and no approval comes on top.
    expect(
      decide([{ ...on, lastSettledAt: ago(1) }, later], {
        rollout: { ...rollout, soakSeconds: 3600, continue: 'approval' },
      }).action,
    ).toEqual({ do: 'release', wave: 2 });
    expect(
      decide([on, begun(2, { failed: 1, queued: 2 })], { rollout }).action,
    ).toMatchObject({ do: 'stop', wave: 2, counted: 1 });
  });

  it('releases nothing while it is paused, but still stops', () => {
    const waves = [begun(1, { merged: 1 }), wave(2, { held: 3 })];
    expect(decide(waves, { paused: true })).toMatchObject({ state: 'paused' });
    expect(decide(waves, { paused: true }).action).toBeUndefined();
    expect(
      decide([begun(1, { failed: 1 }), wave(2, { held: 3 })], {
        paused: true,
        rollout: { stopOn: { failedPercent: 1 } },
      }).state,
    ).toBe('stopped');
  });

  it('has finished when all is settled', () => {
    const decision = decide([begun(1, { merged: 1 }), begun(2, { closed: 2 })]);
    expect(decision.state).toBe('finished');
    expect(statesOf(decision)).toEqual(['done', 'done']);
  });

  const anyWaves = fc
    .array(
      fc.record({
        states: fc.dictionary(
          fc.constantFrom(...taskStates),
          fc.integer({ min: 1, max: 50 }),
          { maxKeys: 4 },
        ),
        approved: fc.boolean(),
        stopped: fc.boolean(),
        continued: fc.boolean(),
        settledAgo: fc.integer({ min: 0, max: 200 }),
      }),
      { minLength: 1, maxLength: 5 },
    )
    .chain(all =>
      fc.integer({ min: 1, max: all.length }).map(released =>
        all.map(({ settledAgo, ...one }, index) => ({
          ...wave(index + 1, index < released ? one.states : { held: 1 }),
          approved: one.approved,
          stopped: one.stopped && index < released,
          continued: one.stopped && one.continued && index < released,
          ...(index < released && {
            releasedAt: ago(300),
            lastSettledAt: ago(settledAgo),
          }),
        })),
      ),
    );
  const anyRollout = fc.record(
    {
      continue: fc.constantFrom('automatic' as const, 'approval' as const),
      soakSeconds: fc.integer({ min: 0, max: 200 }),
      stopOn: fc.record({ failedPercent: fc.integer({ min: 0, max: 100 }) }),
    },
    { requiredKeys: [] },
  );

  /** Why the release of a wave would be wrong. */
  function wrongReleases(progress: CampaignProgress): string[] {
    const { action } = decideCampaign(progress);
    if (action?.do !== 'release') {
      return [];
    }
    const { waves, rollout, paused, cancelled } = progress;
    const released = waves[action.wave - 1];
    const letGo = waves.filter(one => one.releasedAt).at(-1)?.continued;
    const wrong = waves
      .filter(one => one.number < action.wave)
      .flatMap(one => [
        !one.releasedAt && 'one before has not begun',
        one.stopped && !one.continued && 'a rule has stopped it',
        Object.keys(one.states).some(
          state => !settledTaskStates.some(settled => settled === state),
        ) && 'one before has not settled',
        !letGo &&
          now.getTime() - one.lastSettledAt!.getTime() <
            (rollout.soakSeconds ?? 0) * 1000 &&
          'it has to soak',
      ]);
    return [
      ...wrong,
      released.releasedAt && 'it has begun already',
      (paused || cancelled) && 'it is paused or cancelled',
      !letGo &&
        rollout.continue === 'approval' &&
        !released.approved &&
        'nobody has approved it',
    ].filter((one): one is string => Boolean(one));
  }

  it('never begins a wave too early, whatever happened', () => {
    fc.assert(
      fc.property(
        anyWaves,
        anyRollout,
        fc.boolean(),
        fc.boolean(),
        (waves, rollout, paused, cancelled) => {
          const progress = { now, waves, rollout, paused, cancelled };
          expect(decideCampaign(progress).waves).toHaveLength(waves.length);
          expect(wrongReleases(progress)).toEqual([]);
        },
      ),
    );
  });

  it('stops only beyond the share, and always leaves a person able to go on', () => {
    fc.assert(
      fc.property(anyWaves, anyRollout, (waves, rollout) => {
        const { action } = decide(waves, { rollout });
        const stop = action?.do === 'stop' ? action : undefined;
        expect(stop?.actualPercent ?? 1).toBeGreaterThan(
          stop?.limitPercent ?? 0,
        );
        const after = waves.map(one => ({
          ...one,
          ...(one.number === stop?.wave && { stopped: true, continued: true }),
        }));
        fc.pre(stop !== undefined);
        expect(decide(after, { rollout }).action?.do).not.toBe('stop');
      }),
    );
  });
});
