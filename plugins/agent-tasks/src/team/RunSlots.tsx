import type { TeamDetails } from '@agent-tasks/plugin-agent-tasks-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Typography from '@material-ui/core/Typography';
import { tasksRouteRef } from '../routes';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';
import { BudgetBullet } from './BudgetBullet';

/** The run slots of a team, what it borrows from its cohort and lends to it, and what waits for one. */
export function RunSlots(props: { team: TeamDetails }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const toTasks = useRouteRef(tasksRouteRef);
  const { team } = props;
  const { running } = team;
  const search = new URLSearchParams({ team: team.team, state: 'queued' });
  const queued = team.oldestQueuedAt
    ? t('team.run.queuedOldest', {
        number: String(team.queued),
        time: <RelativeTime at={team.oldestQueuedAt} />,
      })
    : String(team.queued);
  return (
    <>
      <BudgetBullet title={t('team.run.heading')} usage={running} />
      <Typography variant="body2" gutterBottom>
        <CohortWords running={running} />
      </Typography>
      <Typography variant="body2">
        {t('team.run.queued')}:{' '}
        {team.queued > 0 && !team.isParent ? (
          <Link to={`${toTasks()}?${search}`}>{queued}</Link>
        ) : (
          queued
        )}
      </Typography>
    </>
  );
}

function CohortWords(props: { running: TeamDetails['running'] }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { cohort, borrowed, lent } = props.running;
  if (!cohort) {
    return <>{t('team.run.alone')}</>;
  }
  if (borrowed === 0 && lent === 0) {
    return <>{t('team.run.idle', { cohort })}</>;
  }
  const words = [
    ...(borrowed > 0
      ? [t('team.run.borrowed', { count: borrowed, cohort })]
      : []),
    ...(lent > 0 ? [t('team.run.lent', { count: lent, cohort })] : []),
  ];
  return <>{words.join(' · ')}</>;
}
