import type { Plan } from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import type { JsonObject } from '@backstage/types';
import { useCallback, useEffect, useRef, useState } from 'react';
import { agentTasksApiRef } from '../../api';
import { createIdempotencyKey } from '../../launch/createIdempotencyKey';
import type { SavedText } from './useTemplateText';

/** A trial on its way from a text to a task. */
export interface TrialState {
  isBusy: boolean;
  error?: Error;
  /** What was planned, in which revision, and the key that launches it once. */
  planned?: { plan: Plan; revision: number; component: string; key: string };
  /** The task that was launched. */
  taskId?: string;
}

/**
 * Tries a text on one component: keeps it as a draft revision where it is not saved, plans it, and launches what was
 * planned.
 */
export function useTrial(options: {
  name: string;
  text: string;
  base: SavedText;
  parameters: JsonObject;
}) {
  const { name, text, base, parameters } = options;
  const api = useApi(agentTasksApiRef);
  const [state, setState] = useState<TrialState>({ isBusy: false });
  // The same text is not kept twice.
  const drafted = useRef<{ text: string; revision: number }>();
  const isLaunching = useRef(false);
  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
    };
  }, []);
  const show = useCallback((next: TrialState) => {
    if (!isGone.current) {
      setState(next);
    }
  }, []);

  const plan = useCallback(
    async (component: string) => {
      show({ isBusy: true });
      try {
        let revision = base.revision ?? 1;
        if (text !== base.text) {
          if (drafted.current?.text !== text) {
            const { number } = await api.reviseTemplate(name, {
              yaml: text,
              expectedRevision: revision,
              draft: true,
            });
            drafted.current = { text, revision: number };
          }
          revision = drafted.current.revision;
        }
        const made = await api.plan({
          template: name,
          revision,
          components: [component],
          parameters,
        });
        show({
          isBusy: false,
          planned: {
            plan: made,
            revision,
            component,
            key: createIdempotencyKey(),
          },
        });
      } catch (error) {
        show({ isBusy: false, error: error as Error });
      }
    },
    [api, name, text, base, parameters, show],
  );

  const { planned } = state;
  const launch = useCallback(async () => {
    if (!planned || isLaunching.current) {
      return;
    }
    isLaunching.current = true;
    show({ isBusy: true, planned });
    try {
      const campaign = await api.launch(
        {
          template: name,
          revision: planned.revision,
          components: [planned.component],
          parameters,
          expected: planned.plan.outline,
          acceptChanges: false,
        },
        planned.key,
      );
      show({ isBusy: false, planned, taskId: campaign.tasks[0] });
    } catch (error) {
      show({ isBusy: false, planned, error: error as Error });
    } finally {
      isLaunching.current = false;
    }
  }, [api, name, parameters, planned, show]);

  return { state, plan, launch };
}
