import type { TemplatePreview } from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import type { JsonObject } from '@backstage/types';
import { useEffect, useState } from 'react';
import { agentTasksApiRef } from '../../api';

/** A pause in typing, after which it is worth to ask. */
const PAUSE_MS = 400;

/** What a text becomes for a component; what was rendered before stays until the next is there. */
export interface PromptPreviewState {
  preview?: TemplatePreview;
  error?: Error;
  isRendering: boolean;
}

/** Has the backend render the prompt, with what it knows of the component, whenever one pauses. */
export function usePromptPreview(options: {
  /** A text without errors; absent where there is none. */
  yaml: string | undefined;
  component: string | undefined;
  parameters: JsonObject;
}): PromptPreviewState {
  const { yaml, component, parameters } = options;
  const api = useApi(agentTasksApiRef);
  const [state, setState] = useState<PromptPreviewState>({
    isRendering: false,
  });

  useEffect(() => {
    if (!component) {
      setState({ isRendering: false });
      return undefined;
    }
    if (yaml === undefined) {
      return undefined;
    }
    const controller = new AbortController();
    setState(before => ({ ...before, isRendering: true }));
    const timer = setTimeout(() => {
      api
        .previewTemplate(
          { yaml, component, parameters },
          { signal: controller.signal },
        )
        .then(
          preview => setState({ preview, isRendering: false }),
          error => {
            if (!controller.signal.aborted) {
              setState({ error, isRendering: false });
            }
          },
        );
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [api, yaml, component, parameters]);

  return state;
}
