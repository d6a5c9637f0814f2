import type { TriggerRun } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles, useTheme } from '@material-ui/core/styles';
import { agentTasksTranslationRef } from '../translation';

/** A shape of its own for each outcome, so that color is not needed to tell them apart. */
const marks: Record<TriggerRun['outcome'], string> = {
  pending: '◌',
  launched: '●',
  skipped: '○',
  refused: '▲',
  failed: '✕',
};

const useStyles = makeStyles(
  {
    root: { whiteSpace: 'nowrap' },
    mark: { display: 'inline-block', width: '1.25em' },
  },
  { name: 'AgentTasksOutcomeLabel' },
);

/** How a run of a trigger ended. */
export function OutcomeLabel(props: { outcome: TriggerRun['outcome'] }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { palette } = useTheme();
  const { outcome } = props;
  const colors: Record<TriggerRun['outcome'], string> = {
    pending: palette.text.secondary,
    launched: palette.success.main,
    skipped: palette.text.secondary,
    refused: palette.warning.main,
    failed: palette.error.main,
  };
  return (
    <span className={classes.root}>
      <span
        className={classes.mark}
        style={{ color: colors[outcome] }}
        aria-hidden="true"
      >
        {marks[outcome]}
      </span>
      {t(`trigger.outcome.${outcome}`)}
    </span>
  );
}
