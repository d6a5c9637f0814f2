import type { CampaignState } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import classNames from 'classnames';
import { agentTasksTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: 8,
      whiteSpace: 'nowrap',
    },
    mark: {
      width: 10,
      height: 10,
      boxSizing: 'border-box',
      flex: 'none',
      borderRadius: '50%',
      border: '2px solid currentColor',
    },
    running: { color: theme.palette.primary.main },
    paused: { color: theme.palette.text.secondary },
    over: {
      color: theme.palette.text.secondary,
      '& $mark': { borderWidth: 5 },
    },
    person: {
      color: theme.palette.error.main,
      fontWeight: 600,
      '& $mark': { borderRadius: 2, borderWidth: 5 },
    },
    word: { color: theme.palette.text.primary },
    // The main red is too light for words.
    personWord: {
      color:
        theme.palette.error[theme.palette.type === 'dark' ? 'light' : 'dark'],
    },
  }),
  { name: 'AgentTasksCampaignStateLabel' },
);

const looks = {
  running: 'running',
  paused: 'paused',
  waiting_for_approval: 'person',
  stopped: 'person',
  finished: 'over',
  cancelled: 'over',
} as const satisfies Record<CampaignState, string>;

/** The state of a campaign: a word, with a mark that the eye finds in a column. Red is only what needs a person. */
export function CampaignStateLabel(props: { state: CampaignState }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const look = looks[props.state];
  return (
    <span className={classNames(classes.root, classes[look])}>
      <span aria-hidden="true" className={classes.mark} />
      <span className={look === 'person' ? classes.personWord : classes.word}>
        {t(`campaign.state.${props.state}`)}
      </span>
    </span>
  );
}
