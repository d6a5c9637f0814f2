import type {
  Campaign,
  Plan,
  Template,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import type { JsonObject } from '@backstage/types';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { agentTasksApiRef } from '../api';
import { describeError } from '../states/describeError';
import { useLaunchOfPlan } from './useLaunchOfPlan';

/** Where in the launch a person is. */
export type LaunchStep = 'template' | 'parameters' | 'plan' | 'launched';

/** A launch on its way from the choice of a template to a campaign. */
export interface LaunchState {
  step: LaunchStep;
  template?: Template;
  /** What was filled in, by name of the template, so that going back loses nothing. */
  parameters: Readonly<Record<string, JsonObject>>;
  plan?: Plan;
  campaign?: Campaign;
  isPlanning: boolean;
  isLaunching: boolean;
  planError?: Error;
  launchError?: Error;
}

type LaunchAction =
  | { type: 'choose'; template: Template }
  | { type: 'fill'; parameters: JsonObject }
  | { type: 'back' }
  | { type: 'planning' }
  | { type: 'planned'; plan: Plan }
  | { type: 'plan-failed'; error: Error }
  | { type: 'launching' }
  | { type: 'launched'; campaign: Campaign }
  | { type: 'launch-failed'; error: Error }
  | { type: 'restart' };

const start: LaunchState = {
  step: 'template',
  parameters: {},
  isPlanning: false,
  isLaunching: false,
};

function reduce(state: LaunchState, action: LaunchAction): LaunchState {
  switch (action.type) {
    case 'choose':
      return {
        ...start,
        step: 'parameters',
        template: action.template,
        parameters: state.parameters,
      };
    case 'fill':
      return state.template
        ? {
            ...state,
            parameters: {
              ...state.parameters,
              [state.template.name]: action.parameters,
            },
          }
        : state;
    case 'back':
      return {
        ...state,
        step: state.step === 'plan' ? 'parameters' : 'template',
        plan: undefined,
        isPlanning: false,
        planError: undefined,
        launchError: undefined,
      };
    case 'planning':
      return {
        ...state,
        isPlanning: true,
        planError: undefined,
        launchError: undefined,
      };
    case 'planned':
      return { ...state, step: 'plan', isPlanning: false, plan: action.plan };
    case 'plan-failed':
      return { ...state, isPlanning: false, planError: action.error };
    case 'launching':
      return { ...state, isLaunching: true, launchError: undefined };
    case 'launched':
      return {
        ...start,
        step: 'launched',
        template: state.template,
        campaign: action.campaign,
      };
    case 'launch-failed':
      return { ...state, isLaunching: false, launchError: action.error };
    default:
      return start;
  }
}

/** Whether a launch was refused because it would no longer do what its plan said. */
export function isPlanOutdated(error: Error | undefined): boolean {
  return error !== undefined && describeError(error).status === 409;
}

/**
 * A launch of these components: plans before it launches, and launches a plan once, however often it is asked to.
 */
export function useLaunch(options: { components: string[] }) {
  const { components } = options;
  const api = useApi(agentTasksApiRef);
  const [state, dispatch] = useReducer(reduce, start);
  const planning = useRef<AbortController>();
  const launchPlan = useLaunchOfPlan();
  const isLaunching = useRef(false);
  const isGone = useRef(false);

  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
      planning.current?.abort();
    };
  }, []);

  const { template, plan } = state;
  const parameters = template ? state.parameters[template.name] : undefined;

  const makePlan = useCallback(
    async (filledIn: JsonObject) => {
      if (!template) {
        return;
      }
      planning.current?.abort();
      const controller = new AbortController();
      planning.current = controller;
      dispatch({ type: 'fill', parameters: filledIn });
      dispatch({ type: 'planning' });
      try {
        const made = await api.plan(
          { template: template.name, components, parameters: filledIn },
          { signal: controller.signal },
        );
        if (!controller.signal.aborted) {
          dispatch({ type: 'planned', plan: made });
        }
      } catch (error) {
        if (!controller.signal.aborted) {
          dispatch({ type: 'plan-failed', error: error as Error });
        }
      }
    },
    [api, components, template],
  );

  const launch = useCallback(async () => {
    if (!template || !plan || isLaunching.current) {
      return;
    }
    isLaunching.current = true;
    dispatch({ type: 'launching' });
    try {
      const campaign = await launchPlan({
        plan,
        request: {
          template: template.name,
          components,
          parameters: parameters ?? {},
        },
      });
      if (!isGone.current) {
        dispatch({ type: 'launched', campaign });
      }
    } catch (error) {
      if (!isGone.current) {
        dispatch({ type: 'launch-failed', error: error as Error });
      }
    } finally {
      isLaunching.current = false;
    }
  }, [components, launchPlan, parameters, plan, template]);

  return {
    state,
    /** What was filled in for the chosen template. */
    parameters,
    choose: useCallback(
      (chosen: Template) => dispatch({ type: 'choose', template: chosen }),
      [],
    ),
    fill: useCallback(
      (filledIn: JsonObject) =>
        dispatch({ type: 'fill', parameters: filledIn }),
      [],
    ),
    back: useCallback(() => {
      planning.current?.abort();
      dispatch({ type: 'back' });
    }, []),
    makePlan,
    launch,
    restart: useCallback(() => dispatch({ type: 'restart' }), []),
  };
}
