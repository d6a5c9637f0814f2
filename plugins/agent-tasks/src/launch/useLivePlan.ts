import type { Plan, PlanRequest } from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import {
  startTransition,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { agentTasksApiRef } from '../api';

/** Fast enough to feel live, slow enough not to plan at each key. */
const PAUSE_MS = 400;

/** A plan, and what it was made of. */
export interface MadePlan {
  plan: Plan;
  request: PlanRequest;
}

/** The plan of what is chosen now. */
export interface LivePlan {
  /** What was planned last; of an earlier choice while `isCurrent` is false. */
  made?: MadePlan;
  isCurrent: boolean;
  isPlanning: boolean;
  /** Why what is chosen now could not be planned. */
  error?: Error;
  /** Plans the same once more, because the world has changed. */
  replan: () => void;
}

interface Planned extends Partial<MadePlan> {
  key?: string;
  error?: Error;
}

/**
 * Plans what is chosen, shortly after it was chosen. A choice that has been overtaken is not waited for: its request is
 * taken back, and its answer would be thrown away.
 */
export function useLivePlan(request: PlanRequest | undefined): LivePlan {
  const api = useApi(agentTasksApiRef);
  const [planned, setPlanned] = useState<Planned>({});
  const [round, setRound] = useState(0);
  const key = request && `${round} ${JSON.stringify(request)}`;
  const latest = useRef(request);
  useEffect(() => {
    latest.current = request;
  });

  useEffect(() => {
    if (key === undefined) {
      setPlanned({});
      return undefined;
    }
    const controller = new AbortController();
    const timer = setTimeout(async () => {
      const asked = latest.current!;
      try {
        const plan = await api.plan(asked, { signal: controller.signal });
        if (!controller.signal.aborted) {
          // A plan of a thousand repositories takes a while to draw, and whoever types meanwhile does not wait for it.
          startTransition(() => setPlanned({ key, plan, request: asked }));
        }
      } catch (error) {
        if (!controller.signal.aborted) {
          setPlanned(before => ({ ...before, key, error: error as Error }));
        }
      }
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [api, key]);

  const isAnswered = key !== undefined && planned.key === key;
  const { plan, request: plannedRequest } = planned;
  return {
    made:
      key !== undefined && plan && plannedRequest
        ? { plan, request: plannedRequest }
        : undefined,
    isCurrent: isAnswered && !planned.error,
    isPlanning: key !== undefined && !isAnswered,
    error: isAnswered ? planned.error : undefined,
    replan: useCallback(() => setRound(before => before + 1), []),
  };
}
