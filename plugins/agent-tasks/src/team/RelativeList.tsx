import type { TeamRelative } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { TeamLink } from '../links/TeamLink';
import { Pages } from '../queue/Pages';
import { agentTasksTranslationRef } from '../translation';
import { UsageBullet } from './UsageBullet';

const SHOWN_RELATIVES = 10;

const useStyles = makeStyles(
  theme => ({
    list: {
      margin: 0,
      padding: 0,
      listStyle: 'none',
      '& li': {
        padding: theme.spacing(0.75, 0),
        borderBottom: `1px solid ${theme.palette.divider}`,
      },
      '& li:last-child': { borderBottom: 0 },
    },
    usage: {
      display: 'flex',
      justifyContent: 'space-between',
      gap: theme.spacing(2),
      color: theme.palette.text.secondary,
    },
    paused: { color: theme.palette.text.secondary },
  }),
  { name: 'AgentTasksRelativeList' },
);

/** Groups above or below a team, each with how much of its limits is taken. */
export function RelativeList(props: { label: string; teams: TeamRelative[] }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  return (
    <Pages label={props.label} items={props.teams} perPage={SHOWN_RELATIVES}>
      {shown => (
        <ul className={classes.list} aria-label={props.label}>
          {shown.map(relative => (
            <li key={relative.team}>
              <TeamLink team={relative.team}>{relative.title}</TeamLink>
              {relative.paused && (
                <span className={classes.paused}> · {t('team.paused')}</span>
              )}
              <div className={classes.usage}>
                {t('team.budget.changes')}
                <UsageBullet usage={relative.changes} />
              </div>
              <div className={classes.usage}>
                {t('team.budget.minutes')}
                <UsageBullet usage={relative.reviewMinutes} />
              </div>
              <div className={classes.usage}>
                {t('team.run.heading')}
                <UsageBullet usage={relative.running} />
              </div>
            </li>
          ))}
        </ul>
      )}
    </Pages>
  );
}
