import type { TeamDetails } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import { ActorName } from '../links/ActorName';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';
import { limitFields } from './limitFields';

const useStyles = makeStyles(
  theme => ({
    list: {
      margin: 0,
      padding: 0,
      listStyle: 'none',
      '& li + li': { marginTop: theme.spacing(1) },
    },
    by: { color: theme.palette.text.secondary },
  }),
  { name: 'AgentTasksLimitHistory' },
);

/** Who set what holds now, the newest first. */
export function LimitHistory(props: { team: TeamDetails }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { settings, pause } = props.team;
  const changes = [
    ...(pause
      ? [
          {
            key: 'pause',
            what: t('team.history.paused', { reason: pause.reason }),
            by: pause.by,
            at: pause.at,
          },
        ]
      : []),
    ...limitFields.flatMap(field => {
      const { from, value, by, at } = settings[field];
      if (from !== 'set' || !by || !at) {
        return [];
      }
      const standard = field === 'cohort' ? undefined : settings[field].default;
      const words = {
        field: t(`team.limits.field.${field}`),
        value: String(value ?? t('team.limits.none')),
      };
      const what =
        standard === undefined
          ? t('team.history.set', words)
          : t('team.history.setDefault', {
              ...words,
              default: String(standard),
            });
      return [{ key: field as string, what, by, at }];
    }),
  ].sort((one, other) => other.at.localeCompare(one.at));

  if (changes.length === 0) {
    return (
      <Typography variant="body2" color="textSecondary">
        {t('team.history.none')}
      </Typography>
    );
  }
  return (
    <ol className={classes.list} aria-label={t('team.history.heading')}>
      {changes.map(({ key, what, by, at }) => (
        <li key={key}>
          {what}
          <div className={classes.by}>
            {t('team.history.by', {
              who: <ActorName actor={by} />,
              when: <RelativeTime at={at} />,
            })}
          </div>
        </li>
      ))}
    </ol>
  );
}
