import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { ReactNode } from 'react';
import type { LiveResource } from '../live/useLiveResource';
import { LiveStatus } from '../live/LiveStatus';
import { agentTasksTranslationRef } from '../translation';
import { describeError } from './describeError';
import { ProblemPanel } from './ProblemPanel';

/**
 * Shows a resource in whichever state it is: its skeleton, what failed, which permission is missing, or what it holds.
 */
export function ResourceView<T>(props: {
  resource: LiveResource<T>;
  /** What it is, in the words of a sentence. */
  what:
    | 'tasks'
    | 'task'
    | 'changes'
    | 'components'
    | 'campaigns'
    | 'campaign'
    | 'burndown'
    | 'templates'
    | 'template'
    | 'revisions'
    | 'revision'
    | 'queue'
    | 'history'
    | 'running'
    | 'team'
    | 'teams'
    | 'why'
    | 'audit'
    | 'triggers'
    | 'trigger'
    | 'runs';
  /** The permission without which the backend refuses it. */
  permission: string;
  skeleton: ReactNode;
  /** Shown in place of an error that the caller knows more about. */
  renderError?: (error: Error) => ReactNode | undefined;
  children: (value: T) => ReactNode;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { resource } = props;

  if (resource.value !== undefined) {
    return (
      <>
        <LiveStatus resource={resource} />
        {props.children(resource.value)}
      </>
    );
  }
  if (!resource.error) {
    return <div aria-busy="true">{props.skeleton}</div>;
  }

  const own = props.renderError?.(resource.error);
  if (own) {
    return <>{own}</>;
  }
  const what = t(`problem.what.${props.what}`);
  const { status, message } = describeError(resource.error);
  if (status === 403) {
    return (
      <ProblemPanel
        role="status"
        title={t('problem.forbiddenTitle', { what })}
        lines={[
          t('problem.forbidden', { permission: props.permission }),
          t('problem.forbiddenWho'),
        ]}
      />
    );
  }
  return (
    <ProblemPanel
      role="alert"
      title={t('problem.title', { what })}
      lines={[message, t('problem.heals')]}
      action={{ label: t('action.retry'), onClick: resource.refresh }}
    />
  );
}
