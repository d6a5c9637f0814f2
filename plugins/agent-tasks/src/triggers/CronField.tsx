import {
  findScheduleProblem,
  nextDueTimes,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { useId, useMemo } from 'react';
import { useLanguage } from '../time/useLanguage';
import { agentTasksTranslationRef } from '../translation';

const NEXT_SHOWN = 5;

const useStyles = makeStyles(
  theme => ({
    pair: {
      display: 'grid',
      gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
      alignItems: 'start',
      gap: theme.spacing(2),
      [theme.breakpoints.down('xs')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
      },
    },
    next: {
      fontVariantNumeric: 'tabular-nums',
      '& ol': { margin: 0, paddingLeft: theme.spacing(2.5) },
    },
  }),
  { name: 'AgentTasksCronField' },
);

/** A schedule and its time zone, with the next runs as one types, or what is wrong with it. */
export function CronField(props: {
  cron: string;
  timeZone: string;
  jitterSeconds: number;
  onChange: (change: { cron?: string; timeZone?: string }) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const locale = useLanguage();
  const id = useId();
  const { cron, timeZone, jitterSeconds, onChange } = props;
  const found = useMemo(() => {
    const schedule = { cron, timeZone, jitterSeconds };
    const problem = findScheduleProblem(schedule);
    return {
      problem,
      next: problem
        ? []
        : nextDueTimes({ ...schedule, after: new Date(), count: NEXT_SHOWN }),
    };
  }, [cron, timeZone, jitterSeconds]);
  const zones = useMemo(
    () => ['UTC', ...Intl.supportedValuesOf('timeZone')],
    [],
  );
  const format = (time: Date) =>
    time.toLocaleString(locale, {
      timeZone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'short',
    });
  const isZoneWrong = Boolean(found.problem?.includes('is no time zone'));
  return (
    <>
      <div className={classes.pair}>
        <TextField
          id={`${id}-cron`}
          label={t('trigger.editor.cron')}
          value={cron}
          onChange={event => onChange({ cron: event.target.value })}
          error={Boolean(found.problem) && !isZoneWrong}
          helperText={
            found.problem && !isZoneWrong
              ? found.problem
              : t('trigger.editor.cronHelp')
          }
          inputProps={{ maxLength: 100, spellCheck: false }}
          variant="outlined"
          size="small"
          required
        />
        <TextField
          id={`${id}-zone`}
          label={t('trigger.editor.timeZone')}
          value={timeZone}
          onChange={event => onChange({ timeZone: event.target.value })}
          error={isZoneWrong}
          helperText={isZoneWrong ? found.problem : ' '}
          inputProps={{
            list: `${id}-zones`,
            maxLength: 64,
            spellCheck: false,
          }}
          variant="outlined"
          size="small"
          required
        />
        <datalist id={`${id}-zones`}>
          {zones.map(zone => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
      </div>
      <div className={classes.next} role="status">
        {found.next.length > 0 && (
          <>
            {jitterSeconds > 0
              ? t('trigger.editor.nextRunsJitter', {
                  seconds: String(jitterSeconds),
                })
              : t('trigger.editor.nextRuns')}
            <ol>
              {found.next.map(time => (
                <li key={time.getTime()}>
                  <time dateTime={time.toISOString()}>{format(time)}</time>
                </li>
              ))}
            </ol>
          </>
        )}
      </div>
    </>
  );
}
