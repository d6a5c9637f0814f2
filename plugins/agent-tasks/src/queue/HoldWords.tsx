import type { Queue } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { ExternalLink } from '../links/ExternalLink';
import { repositoryName } from '../links/RepositoryLink';
import { TeamLink } from '../links/TeamLink';
import { agentTasksTranslationRef } from '../translation';
import { type HoldReason, toHoldReason } from './holdReasons';
import { type BrakeTargets, isBrakeOn } from './useBrakeTargets';

/** What holds tasks, in words: whose limit it is, what it counts, with the way to whose it is. */
export function HoldWords(props: {
  hold: { limit: string; subject?: string; url?: string };
  brakes: Queue['brakes'];
  targets: BrakeTargets;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { hold, brakes, targets } = props;
  const text = hold.subject ?? '';
  const reason = toHoldReason(hold.limit);
  if (!text && needsSubject(reason)) {
    return <>{t(`queue.reason.${reason}`)}</>;
  }
  switch (reason) {
    case 'other':
      return <>{text ? `${hold.limit}: ${text}` : hold.limit}</>;
    case 'next':
    case 'portal-running':
    case 'portal-checks':
    case 'retry-later':
    case 'undecided-start':
      return <>{t(`queue.hold.${reason}`)}</>;
    case 'provider-unavailable':
      return (
        <>
          {t('queue.hold.provider-unavailable', {
            provider: targets.describe({ scope: 'provider', subject: text }),
          })}
        </>
      );
    case 'brake': {
      const brake = brakes.find(one => isBrakeOn(one, hold.subject));
      return (
        <>
          {brake
            ? t('queue.hold.brake', { target: targets.describe(brake) })
            : t('queue.hold.brakeUnnamed')}
        </>
      );
    }
    case 'provider-running':
      return (
        <>
          {t('queue.hold.provider-running', {
            subject: targets.describe({ scope: 'provider', subject: text }),
          })}
        </>
      );
    case 'account-running':
    case 'account-starts':
    case 'account-blocked':
    case 'cohort-running':
      return <>{t(`queue.hold.${reason}`, { subject: text })}</>;
    case 'repository-running':
    case 'repository-changes':
    case 'repository-auto':
      return (
        <>
          {t(`queue.hold.${reason}`, {
            subject: (
              <ExternalLink to={hold.url}>
                {repositoryName({ repositoryRef: text })}
              </ExternalLink>
            ),
          })}
        </>
      );
    default:
      return (
        <>{t(`queue.hold.${reason}`, { subject: <TeamLink team={text} /> })}</>
      );
  }
}

/** Whether a reason makes a sentence only together with whose limit it is. */
function needsSubject(reason: HoldReason): boolean {
  return /^(provider|account|cohort|group|team|repository)-/.test(reason);
}
