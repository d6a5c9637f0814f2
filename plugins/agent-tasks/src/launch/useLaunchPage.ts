import type {
  Campaign,
  PlanRequest,
  Template,
} from '@agent-tasks/plugin-agent-tasks-common';
import type { JsonObject } from '@backstage/types';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useCalm } from '../live/useCalm';
import { comparePlans, type PlanDifference } from './comparePlans';
import { toCatalogFilter, toRequestedComponents } from './componentQuery';
import type { LaunchParameters } from './launchParameters';
import type { ParameterProblem } from './ParametersForm';
import { parseWaves } from './parseWaves';
import { isPlanOutdated } from './useLaunch';
import { useCatalogVocabulary } from './useCatalogVocabulary';
import { useLaunchOfPlan } from './useLaunchOfPlan';
import { useLaunchParameters } from './useLaunchParameters';
import { type LaunchTarget, useLaunchTarget } from './useLaunchTarget';
import { type MadePlan, useLivePlan } from './useLivePlan';

/** Fast enough to feel live, slow enough not to plan at each letter. */
const TYPING_PAUSE_MS = 300;

/** What is still missing before there can be a plan. */
export type Missing =
  | { kind: 'components' | 'template' | 'form' }
  | { kind: 'field'; problem: ParameterProblem }
  | { kind: 'waves'; problem: 'form' | 'order' };

interface Submission {
  /** The plan that was to be launched. */
  made: MadePlan;
  isBusy: boolean;
  error?: Error;
  /** Asked for a new plan, because the one that was to be launched holds no longer. */
  isReplanned?: boolean;
}

/** Everything that the page that launches knows and does. */
export function useLaunchPage(options: {
  onLaunched: (campaign: Campaign) => void;
}) {
  const { onLaunched } = options;
  const { parameters, change, lost } = useLaunchParameters();
  const vocabulary = useCatalogVocabulary();
  const target = useLaunchTarget(parameters);
  const launchPlan = useLaunchOfPlan();
  const [problems, setProblems] = useState<ParameterProblem[]>();
  const [submission, setSubmission] = useState<Submission>();

  const { filters, selection } = parameters;
  const search = useCalm(parameters.search, TYPING_PAUSE_MS);
  const { systemsOf } = vocabulary;
  const filter = useMemo(
    () => toCatalogFilter({ filters, systemsOf }),
    [filters, systemsOf],
  );
  const components = useMemo(
    () => toRequestedComponents({ selection, filter, search }),
    [selection, filter, search],
  );
  // Until the systems of a domain are known, its filter finds nothing.
  const isFilterKnown =
    selection.kind === 'listed' ||
    filters.domain.length === 0 ||
    vocabulary.isReady;

  const missing = findMissing({
    hasComponents: components !== undefined,
    parameters,
    target: target.value,
    problems,
  });
  const isComplete = missing.length === 0 && isFilterKnown;
  const request = useMemo<PlanRequest | undefined>(
    () =>
      isComplete && components && target.value
        ? toRequest({ target: target.value, parameters, components })
        : undefined,
    [isComplete, components, parameters, target.value],
  );
  const live = useLivePlan(request);

  // What went wrong with one choice says nothing about another.
  const question = JSON.stringify(request);
  useEffect(() => setSubmission(undefined), [question]);

  const isGone = useRef(false);
  useEffect(() => {
    isGone.current = false;
    return () => {
      isGone.current = true;
    };
  }, []);

  const isBusy = submission?.isBusy ?? false;
  const isLaunching = useRef(false);
  const { made, replan } = live;
  const launch = useCallback(async () => {
    if (!made || isLaunching.current) {
      return;
    }
    isLaunching.current = true;
    setSubmission({ made, isBusy: true });
    try {
      const campaign = await launchPlan({
        ...made,
        campaign: target.value?.campaign,
      });
      if (!isGone.current) {
        onLaunched(campaign);
      }
    } catch (error) {
      if (!isGone.current) {
        setSubmission({ made, isBusy: false, error: error as Error });
      }
    } finally {
      isLaunching.current = false;
    }
  }, [launchPlan, made, onLaunched, target.value?.campaign]);

  const review = useCallback(() => {
    setSubmission(before => before && { ...before, isReplanned: true });
    replan();
  }, [replan]);

  const isReviewed =
    submission?.isReplanned === true &&
    live.isCurrent &&
    made !== undefined &&
    made.plan !== submission.made.plan;
  const difference: { found?: PlanDifference } | undefined = isReviewed
    ? { found: comparePlans({ before: submission.made.plan, now: made.plan }) }
    : undefined;
  const error = isReviewed ? undefined : submission?.error;

  return {
    parameters,
    change,
    lost,
    vocabulary,
    filter,
    target,
    missing,
    live,
    /** Why the launch failed; once there is a new plan, `difference` says what is new in it. */
    error,
    isOutdated: isPlanOutdated(error),
    difference,
    isLaunching: isBusy,
    canLaunch:
      live.isCurrent &&
      made !== undefined &&
      made.plan.summary.tasks > 0 &&
      !isBusy &&
      !isPlanOutdated(error),
    launch,
    review,
    check: setProblems,
    choose: useCallback(
      (template: Template | undefined) => {
        setProblems(undefined);
        change({
          template: template?.name,
          revision: undefined,
          parameters: {},
        });
      },
      [change],
    ),
    fill: useCallback(
      (filledIn: JsonObject) => change({ parameters: filledIn }),
      [change],
    ),
  };
}

function findMissing(options: {
  hasComponents: boolean;
  parameters: LaunchParameters;
  target: LaunchTarget | undefined;
  problems: ParameterProblem[] | undefined;
}): Missing[] {
  const { hasComponents, parameters, target, problems } = options;
  const missing: Missing[] = hasComponents ? [] : [{ kind: 'components' }];
  if (target?.campaign) {
    return missing;
  }
  if (!target?.template) {
    return [...missing, { kind: 'template' }];
  }
  if (problems === undefined) {
    missing.push({ kind: 'form' });
  }
  for (const problem of problems ?? []) {
    missing.push({ kind: 'field', problem });
  }
  const waves = parseWaves(parameters.waves);
  if ('problem' in waves) {
    missing.push({ kind: 'waves', problem: waves.problem });
  }
  return missing;
}

function toRequest(options: {
  target: LaunchTarget;
  parameters: LaunchParameters;
  components: NonNullable<ReturnType<typeof toRequestedComponents>>;
}): PlanRequest {
  const { target, parameters, components } = options;
  const { campaign, template, revision } = target;
  if (campaign) {
    return {
      template: campaign.template.name,
      parameters: campaign.parameters,
      priority: campaign.priority,
      // They join its last wave together.
      rollout: {},
      ...components,
    };
  }
  const waves = parseWaves(parameters.waves);
  const chosen = 'waves' in waves ? waves.waves : [];
  const { waveMode, priority } = parameters;
  return {
    template: template!.name,
    parameters: parameters.parameters,
    ...(revision !== undefined && { revision }),
    ...(priority && { priority }),
    ...((chosen.length > 0 || waveMode) && {
      rollout: {
        ...template!.rollout,
        ...(chosen.length > 0 && { waves: chosen }),
        ...(waveMode && { continue: waveMode }),
      },
    }),
    ...components,
  };
}
