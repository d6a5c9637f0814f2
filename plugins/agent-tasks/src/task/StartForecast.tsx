import type { ExpectedStart } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import {
  formatClock,
  formatDuration,
  formatExactTime,
} from '../time/formatTime';
import { RelativeTime } from '../time/RelativeTime';
import { useLanguage } from '../time/useLanguage';
import { useNow } from '../time/useNow';
import { agentTasksTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      margin: theme.spacing(1, 0),
      padding: theme.spacing(1, 1.5),
      borderLeft: `3px solid ${theme.palette.primary.main}`,
      fontSize: theme.typography.body2.fontSize,
      fontVariantNumeric: 'tabular-nums',
    },
    muted: { color: theme.palette.text.secondary },
  }),
  { name: 'AgentTasksStartForecast' },
);

/** When a queued task is expected to start, how sure that is, and what was assumed. */
export function StartForecast(props: { forecast: ExpectedStart }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const locale = useLanguage();
  const now = useNow();
  const { at, earliest, latest, assumption, basis } = props.forecast;
  const clock = (time: string) => (
    <time dateTime={time} title={formatExactTime({ at: time, locale })}>
      {formatClock({ at: time, now, locale })}
    </time>
  );
  return (
    <section aria-label={t('hold.start')} className={classes.root}>
      <div>
        {t('hold.start')}:{' '}
        <strong>
          {at ? (
            <>
              {t('hold.startAt', { time: clock(at) })} (
              <RelativeTime at={at} />)
            </>
          ) : (
            t('hold.startUnknown')
          )}
        </strong>
      </div>
      {earliest && latest && (
        <div>
          {t('hold.startBetween', {
            earliest: clock(earliest),
            latest: clock(latest),
          })}
        </div>
      )}
      <div className={classes.muted}>
        {assumption}{' '}
        {basis.runsMeasured > 0 &&
          t('hold.basis', { count: basis.runsMeasured })}{' '}
        {basis.medianRunSeconds !== undefined &&
          t('hold.basisRun', {
            duration: formatDuration({
              milliseconds: basis.medianRunSeconds * 1000,
            }),
          })}{' '}
        {basis.medianReviewSeconds !== undefined &&
          t('hold.basisReview', {
            duration: formatDuration({
              milliseconds: basis.medianReviewSeconds * 1000,
            }),
          })}
      </div>
    </section>
  );
}
