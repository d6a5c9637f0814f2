import type { QueueTeam } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
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
    track: {
      position: 'relative',
      display: 'block',
      width: 72,
      height: 8,
      borderRadius: 2,
      backgroundColor: theme.palette.divider,
    },
    fill: {
      display: 'block',
      height: '100%',
      borderRadius: 2,
      backgroundColor: theme.palette.primary.main,
    },
    mark: {
      position: 'absolute',
      top: -3,
      width: 2,
      height: 14,
      marginLeft: -1,
      backgroundColor: theme.palette.text.primary,
    },
  }),
  { name: 'AgentTasksShareBar' },
);

/** Of hundreds of teams each has less than one part in a hundred. */
const toPercent = (part: number) =>
  String(part < 0.1 ? Math.round(part * 1000) / 10 : Math.round(part * 100));

/** The run slots that a team has, as a part of all that are taken, beside the part that would be fair. */
export function ShareBar(props: {
  team: QueueTeam;
  /** The part, from 0 to 1, that a bar of full width stands for. */
  longest: number;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { share, weight } = props.team;
  const widthOf = (part: number) =>
    `${Math.min(1, part / (props.longest || 1)) * 100}%`;
  const words = {
    actual: toPercent(share.actual),
    fair: toPercent(share.fair),
  };
  return (
    <span
      className={classes.root}
      title={t('queue.share.label', { ...words, weight: String(weight) })}
    >
      <span aria-hidden="true" className={classes.track}>
        <span
          className={classes.fill}
          style={{ width: widthOf(share.actual) }}
        />
        <span className={classes.mark} style={{ left: widthOf(share.fair) }} />
      </span>
      <span>{t('queue.share.words', words)}</span>
    </span>
  );
}
