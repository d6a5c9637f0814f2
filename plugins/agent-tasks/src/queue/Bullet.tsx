import type { Slots } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import classNames from 'classnames';
import { agentTasksTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'inline-flex',
      alignItems: 'center',
      justifyContent: 'flex-end',
      gap: theme.spacing(1),
      fontVariantNumeric: 'tabular-nums',
      whiteSpace: 'nowrap',
    },
    wide: { display: 'flex', '& $track': { flexGrow: 1, height: 8 } },
    track: {
      width: 56,
      height: 6,
      borderRadius: 3,
      overflow: 'hidden',
      backgroundColor: theme.palette.divider,
    },
    fill: { height: '100%', backgroundColor: theme.palette.primary.main },
    urgent: {
      color: theme.palette.error.main,
      fontWeight: 600,
      '& $fill': { backgroundColor: theme.palette.error.main },
    },
  }),
  { name: 'AgentTasksBullet' },
);

/** How much of a limit is taken: in words, with a bar that the eye compares. */
export function Bullet(props: {
  slots: Slots;
  /** Whether it needs a person when nothing is left. */
  isUrgent?: boolean;
  isWide?: boolean;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { used, max } = props.slots;
  const isFull = used >= max;
  const share = max > 0 ? Math.min(1, used / max) : 1;
  return (
    <span
      className={classNames(classes.root, {
        [classes.urgent]: isFull && props.isUrgent,
        [classes.wide]: props.isWide,
      })}
    >
      <span aria-hidden="true" className={classes.track}>
        <span
          className={classes.fill}
          style={{ display: 'block', width: `${share * 100}%` }}
        />
      </span>
      {!props.isWide && (
        <span>
          {t(isFull ? 'queue.slotsFull' : 'queue.slots', {
            used: String(used),
            max: String(max),
          })}
        </span>
      )}
    </span>
  );
}
