import type {
  Brake,
  BrakeScope,
  Status,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useMemo } from 'react';
import { agentTasksApiRef } from '../api';
import { useLiveResource } from '../live/useLiveResource';
import { agentTasksTranslationRef } from '../translation';

/** What a brake is on. */
export interface BrakeTarget {
  scope: BrakeScope;
  subject?: string;
}

/** What brakes can be on, and how it is called. */
export interface BrakeTargets {
  providers: BrakeSubject[];
  templates: BrakeSubject[];
  /** `team Payments`, `the whole portal`: to be put into a sentence. */
  describe: (target: BrakeTarget) => string;
}

export interface BrakeSubject {
  /** As the API names it. */
  subject: string;
  title: string;
}

/** Knows the providers and templates of the portal, and names what brakes are on. */
export function useBrakeTargets(options: {
  status: Status | undefined;
  titleOf: (team: string) => string;
}): BrakeTargets {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const api = useApi(agentTasksApiRef);
  const { status, titleOf } = options;
  const templates = useLiveResource({
    key: 'templates',
    load: signal => api.listTemplates({ signal }),
    // A task that changes says nothing about how templates are called.
    isConcerned: () => false,
  }).value;
  const remotes = status?.remotes;
  return useMemo(() => {
    const known = {
      provider: (remotes ?? [])
        .filter(remote => remote.role === 'provider')
        .map(({ id, title }) => ({ subject: id, title })),
      template: (templates?.items ?? []).map(({ name, title }) => ({
        subject: name,
        title,
      })),
    };
    return {
      providers: known.provider,
      templates: known.template,
      describe: ({ scope, subject = '' }) => {
        switch (scope) {
          case 'portal':
            return t('brake.target.portal');
          case 'team':
            return t('brake.target.team', { name: titleOf(subject) });
          case 'campaign':
            return t('brake.target.campaign', { name: subject });
          default:
            return t(`brake.target.${scope}`, {
              name:
                known[scope].find(one => one.subject === subject)?.title ??
                subject,
            });
        }
      },
    };
  }, [remotes, templates, titleOf, t]);
}

/** Whether a brake is on what a hold names as its subject. */
export function isBrakeOn(brake: Brake, subject: string | undefined): boolean {
  return (brake.subject ?? '') === (subject ?? '');
}
