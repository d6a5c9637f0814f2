import type { TeamDetails } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ExternalLink } from '../links/ExternalLink';
import { repositoryName } from '../links/RepositoryLink';
import { TaskLink } from '../links/TaskLink';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';
import { BudgetBullet } from './BudgetBullet';

const useStyles = makeStyles(
  {
    // Within a sentence colour alone does not tell a link.
    oldest: { '& a': { textDecoration: 'underline' } },
  },
  { name: 'AgentTasksTeamBudget' },
);

/** A team's review budget in changes and in minutes, and the change that waits longest. */
export function TeamBudget(props: { team: TeamDetails }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { team } = props;
  return (
    <>
      <BudgetBullet
        title={t('team.budget.changes')}
        usage={team.changes}
        isUrgent={team.queued > 0}
      />
      <BudgetBullet
        title={t('team.budget.minutes')}
        usage={team.reviewMinutes}
        isUrgent={team.queued > 0}
      />
      <Typography variant="body2" className={classes.oldest}>
        {team.oldestWaiting
          ? t('team.budget.oldest', {
              change: <OldestChange change={team.oldestWaiting} />,
              since: <RelativeTime at={team.oldestWaiting.since} />,
            })
          : t('team.budget.oldestNone')}
      </Typography>
    </>
  );
}

function OldestChange(props: {
  change: NonNullable<TeamDetails['oldestWaiting']>;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { task, repository, url, title } = props.change;
  const words =
    title ??
    t('team.budget.oldestUnnamed', {
      repository: repositoryName({ repositoryRef: repository }),
    });
  return task ? (
    <TaskLink taskId={task}>{words}</TaskLink>
  ) : (
    <ExternalLink to={url}>{words}</ExternalLink>
  );
}
