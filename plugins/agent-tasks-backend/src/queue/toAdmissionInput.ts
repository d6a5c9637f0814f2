import { AdmissionInput, LimitState, TeamShare } from '../policy/admit';
import { limitKey, maxOf, SlotLimits, slotsOf } from '../policy/slots';
import { SlotCounts } from './TaskStore';

/** What admission is decided from, of queued tasks and the slots that are taken. */
export function toAdmissionInput(options: {
  counts: SlotCounts;
  queued: { id: string; team: string; repository: string }[];
  limits: SlotLimits;
}): AdmissionInput {
  const { counts, queued, limits } = options;
  const states = new Map<string, LimitState>();
  const teams = new Map<string, TeamShare>();
  const candidates = queued.map(task => {
    const holder = { team: task.team, repository: task.repository };
    const takes = [
      ...slotsOf('running', holder),
      ...slotsOf('changes', holder),
    ];
    for (const key of takes) {
      if (!states.has(key)) {
        states.set(key, {
          max: maxOf(key, limits),
          used: counts.known ? (counts.taken.get(key) ?? 0) : undefined,
        });
      }
    }
    if (!teams.has(task.team)) {
      const running = limitKey({
        kind: 'running',
        scope: 'team',
        subject: task.team,
      });
      teams.set(task.team, {
        weight: 1,
        running: counts.taken.get(running) ?? 0,
      });
    }
    return {
      id: task.id,
      team: task.team,
      takes: takes.map(key => ({ key, amount: 1 })),
    };
  });
  return { limits: states, teams, candidates };
}
