import type { Change } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { ExternalLink } from '../links/ExternalLink';
import { agentTasksTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'inline-flex',
      alignItems: 'baseline',
      gap: theme.spacing(1),
      whiteSpace: 'nowrap',
    },
    muted: { color: theme.palette.text.secondary },
    person: { color: theme.palette.error.main },
  }),
  { name: 'AgentTasksChangeBrief' },
);

/** A change in one line: its number as a link, and the one thing about it that matters most now. */
export function ChangeBrief(props: { change: Change }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { change } = props;
  return (
    <span className={classes.root}>
      <ExternalLink to={change.url}>
        {change.number === undefined
          ? t('change.unread')
          : t('change.number', { number: String(change.number) })}
      </ExternalLink>
      <ChangeNews change={change} />
    </span>
  );
}

function ChangeNews(props: { change: Change }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { change } = props;
  if (change.state === 'merged' || change.state === 'closed') {
    return <span className={classes.muted}>{t(`change.${change.state}`)}</span>;
  }
  if (change.checks === 'failed') {
    return <span className={classes.person}>{t('change.checks.failed')}</span>;
  }
  if (change.review && change.review !== 'none' && !change.draft) {
    return (
      <span className={classes.muted}>
        {t(`change.review.${change.review}`)}
      </span>
    );
  }
  return change.draft ? (
    <span className={classes.muted}>{t('change.draft')}</span>
  ) : null;
}
