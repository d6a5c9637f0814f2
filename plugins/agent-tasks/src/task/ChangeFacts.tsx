import type { Change } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import classNames from 'classnames';
import { ExternalLink } from '../links/ExternalLink';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    title: {
      fontWeight: 600,
      fontSize: theme.typography.body2.fontSize,
      overflowWrap: 'anywhere',
    },
    facts: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'baseline',
      gap: theme.spacing(0.5, 2),
      marginTop: theme.spacing(0.5),
      fontSize: theme.typography.body2.fontSize,
      color: theme.palette.text.secondary,
      fontVariantNumeric: 'tabular-nums',
    },
    strong: { color: theme.palette.text.primary },
    person: { color: theme.palette.error.main, fontWeight: 600 },
  }),
  { name: 'AgentTasksChangeFacts' },
);

/** A pull request: number, title, state, checks, review and size, with the link to it. */
export function ChangeFacts(props: { change: Change }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { change } = props;
  const isOpen = change.state === 'open' || change.state === 'found';
  const hasSize =
    change.additions !== undefined && change.deletions !== undefined;
  return (
    <>
      <ExternalLink to={change.url} className={classes.title}>
        {change.number !== undefined &&
          `${t('change.number', { number: String(change.number) })} `}
        {change.title ??
          (change.state === 'found'
            ? t('change.unread')
            : t('change.untitled'))}
      </ExternalLink>
      <div className={classes.facts}>
        <span className={classes.strong}>
          {change.state === 'merged' && change.mergedBy
            ? t('change.mergedBy', { person: change.mergedBy })
            : t(`change.${change.state}`)}
        </span>
        {change.draft && isOpen && <span>{t('change.draft')}</span>}
        {change.checks && (
          <span
            className={classNames({
              [classes.person]: isOpen && change.checks === 'failed',
            })}
          >
            {t(`change.checks.${change.checks}`)}
          </span>
        )}
        {change.review && (
          <span
            className={classNames({
              [classes.person]: isOpen && change.review === 'changes_requested',
            })}
          >
            {t(`change.review.${change.review}`)}
          </span>
        )}
        {hasSize && (
          <span>
            <span
              role="img"
              aria-label={t('change.additions', {
                lines: String(change.additions),
              })}
            >
              +{change.additions}
            </span>{' '}
            <span
              role="img"
              aria-label={t('change.deletions', {
                lines: String(change.deletions),
              })}
            >
              −{change.deletions}
            </span>
            {change.changedFiles !== undefined &&
              ` · ${t('change.files', { count: change.changedFiles })}`}
          </span>
        )}
        {change.openedAt && (
          <span>
            {t('change.opened')} <RelativeTime at={change.openedAt} />
          </span>
        )}
      </div>
    </>
  );
}
