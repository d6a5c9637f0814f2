import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { agentTasksTranslationRef } from '../translation';
import type { HeldTasks } from './holdReasons';
import { useHoldStyles } from './useHoldStyles';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5, 2),
      margin: theme.spacing(0, 0, 1.5),
      padding: 0,
      listStyle: 'none',
      fontSize: theme.typography.caption.fontSize,
      '& li': { display: 'flex', alignItems: 'center', gap: 6 },
    },
    mark: { width: 16, height: 12, borderRadius: 2, flex: 'none' },
    number: {
      color: theme.palette.text.secondary,
      fontVariantNumeric: 'tabular-nums',
    },
  }),
  { name: 'AgentTasksHoldLegend' },
);

/** What the colours of the bars mean, in words, with how many tasks each stands for. */
export function HoldLegend(props: { held: HeldTasks[] }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const colours = useHoldStyles();
  return (
    <ul className={classes.root} aria-label={t('queue.legend')}>
      {props.held.map(({ reason, tasks }) => (
        <li key={reason}>
          <span
            aria-hidden="true"
            className={`${classes.mark} ${colours[reason]}`}
          />
          {t(`queue.reason.${reason}`)}
          <span className={classes.number}>{tasks}</span>
        </li>
      ))}
    </ul>
  );
}
