import { HoldLimit } from '@agent-tasks/plugin-agent-tasks-common';
import { parseLimitKey, Take } from '../policy/slots';
import { describeLimit } from './describeLimit';
import { LimitView, reasonOf } from './LimitView';
import { TaskFilter } from './TaskFilter';
import { TaskStore } from './TaskStore';

/** Tasks named as holders of the slots of the first limit that holds a task, at most. */
export const holdersTold = 50;

/** The same of each further limit. */
export const holdersOfEach = 5;

/** Says of a limit that has no room what it is, and who holds it. */
export async function explainLimit(
  take: Take,
  options: {
    view: LimitView;
    visible: TaskFilter | undefined;
    /** Tasks named as holders, at most; with 0 nobody is looked for. */
    holders: number;
    tasks: Pick<TaskStore, 'listSlotHolders'>;
  },
): Promise<HoldLimit> {
  const { view, visible } = options;
  const id = parseLimitKey(take.key);
  const { max = 0, used } = view.fillOf(take.key);
  const pause = view.pauseOf(take.key);
  const holders =
    used === undefined || !options.holders
      ? undefined
      : await options.tasks.listSlotHolders({
          limitKey: take.key,
          limit: options.holders,
          visible,
          teams: view.teamsOf(take.key),
        });
  return {
    limit: reasonOf(take.key, view),
    ...(id.subject && { subject: id.subject }),
    message:
      (!pause && used !== undefined && view.loweredOf(take.key)?.message) ||
      describeLimit({ ...id, max, used, amount: take.amount, pause }),
    ...(used !== undefined && { used }),
    max,
    ...(holders && {
      holders: holders.map(holder => ({
        taskId: holder.id,
        team: holder.team,
        repository: holder.repository,
      })),
    }),
  };
}

/** A limit that is told first, with no more holders than the others. */
export function shortenHolders(limit: HoldLimit): HoldLimit {
  return {
    ...limit,
    ...(limit.holders && { holders: limit.holders.slice(0, holdersOfEach) }),
  };
}
