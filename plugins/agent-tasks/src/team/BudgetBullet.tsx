import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { alpha, makeStyles } from '@material-ui/core/styles';
import classNames from 'classnames';
import { agentTasksTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: { marginBottom: theme.spacing(1.5) },
    head: {
      display: 'flex',
      justifyContent: 'space-between',
      gap: theme.spacing(2),
      fontVariantNumeric: 'tabular-nums',
    },
    number: { fontWeight: 600, whiteSpace: 'nowrap' },
    urgent: { color: theme.palette.error.main },
    track: {
      display: 'flex',
      gap: 1,
      position: 'relative',
      height: 14,
      margin: theme.spacing(0.5, 0),
      borderRadius: 2,
      overflow: 'hidden',
      backgroundColor: theme.palette.divider,
    },
    own: { backgroundColor: theme.palette.primary.main },
    ownFull: { backgroundColor: theme.palette.error.main },
    foreign: {
      background: `repeating-linear-gradient(135deg, ${theme.palette.text.secondary} 0 3px, ${alpha(theme.palette.text.secondary, 0.25)} 3px 6px)`,
    },
    limit: {
      position: 'absolute',
      top: 0,
      bottom: 0,
      width: 2,
      marginLeft: -1,
      backgroundColor: theme.palette.text.primary,
    },
    parts: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0, 2),
      color: theme.palette.text.secondary,
      fontSize: theme.typography.caption.fontSize,
      fontVariantNumeric: 'tabular-nums',
      '& > span': { display: 'inline-flex', alignItems: 'center', gap: 6 },
    },
    mark: { width: 12, height: 10, borderRadius: 2, flex: 'none' },
  }),
  { name: 'AgentTasksBudgetBullet' },
);

/** How much of a review budget is taken, by whom, and how much of it is free: a bar, and the same in words. */
export function BudgetBullet(props: {
  title: string;
  usage: { used: number; max?: number; foreign?: number };
  /** Whether it needs a person when nothing is left. */
  isUrgent?: boolean;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { used, max, foreign } = props.usage;
  const own = Math.max(0, used - (foreign ?? 0));
  const isFull = max !== undefined && used >= max;
  const isUrgent = isFull && props.isUrgent;
  // A budget that was lowered below what is taken still has its mark, at the place where it ends.
  const whole = Math.max(1, used, max ?? 0);
  const toWidth = (part: number) => `${(part / whole) * 100}%`;
  let words: string = t('team.budget.unlimited', { used: String(used) });
  if (max !== undefined && used > max) {
    words = t('team.budget.over', {
      used: String(used),
      max: String(max),
      rest: String(used - max),
    });
  } else if (max !== undefined) {
    words = t(isFull ? 'team.budget.full' : 'team.budget.of', {
      used: String(used),
      max: String(max),
    });
  }
  return (
    <div className={classes.root} role="group" aria-label={props.title}>
      <div className={classes.head}>
        <span>{props.title}</span>
        <span
          className={classNames(classes.number, { [classes.urgent]: isUrgent })}
        >
          {words}
        </span>
      </div>
      {max !== undefined && (
        <div aria-hidden="true" className={classes.track}>
          {own > 0 && (
            <span
              className={isUrgent ? classes.ownFull : classes.own}
              style={{ width: toWidth(own) }}
            />
          )}
          {foreign !== undefined && foreign > 0 && (
            <span
              className={classes.foreign}
              style={{ width: toWidth(foreign) }}
            />
          )}
          {used > max && (
            <span className={classes.limit} style={{ left: toWidth(max) }} />
          )}
        </div>
      )}
      {foreign !== undefined && (
        <div className={classes.parts}>
          <span>
            <span
              aria-hidden="true"
              className={classNames(
                classes.mark,
                isUrgent ? classes.ownFull : classes.own,
              )}
            />
            {t('team.budget.own', { number: String(own) })}
          </span>
          <span>
            <span
              aria-hidden="true"
              className={classNames(classes.mark, classes.foreign)}
            />
            {t('team.budget.foreign', { number: String(foreign) })}
          </span>
          {max !== undefined && used < max && (
            <span>{t('team.budget.free', { number: String(max - used) })}</span>
          )}
        </div>
      )}
    </div>
  );
}
