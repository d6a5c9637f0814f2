import type { TaskState } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import classNames from 'classnames';
import { agentTasksTranslationRef } from '../translation';
import { groupOfState, needsPerson } from './stateGroups';

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
      borderRadius: '50%',
      border: '2px solid currentColor',
      flex: 'none',
    },
    waiting: { color: theme.palette.text.secondary },
    working: { color: theme.palette.primary.main },
    inReview: {
      color: theme.palette.primary.main,
      '& $mark': { borderWidth: 5 },
    },
    settled: { color: theme.palette.text.secondary },
    merged: { '& $mark': { borderWidth: 5 } },
    withoutMerge: {
      '& $mark': {
        border: 0,
        borderRadius: 0,
        background:
          'linear-gradient(currentColor, currentColor) center / 10px 2px no-repeat',
      },
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
    '@keyframes agentTasksPulse': {
      '0%, 100%': { opacity: 1 },
      '50%': { opacity: 0.35 },
    },
    pulsing: {
      '@media (prefers-reduced-motion: no-preference)': {
        animation: '$agentTasksPulse 2s ease-in-out infinite',
      },
    },
  }),
  { name: 'AgentTasksStateLabel' },
);

/** The state of a task: a word, with a mark that the eye finds in a column. Red is only what needs a person. */
export function StateLabel(props: { state: TaskState }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { state } = props;
  const group = groupOfState(state);
  const isPerson = needsPerson(state);
  return (
    <span
      className={classNames(
        classes.root,
        isPerson ? classes.person : classes[group],
        {
          [classes.merged]: state === 'merged',
          [classes.withoutMerge]: group === 'settled' && state !== 'merged',
        },
      )}
    >
      <span
        aria-hidden="true"
        className={classNames(classes.mark, {
          [classes.pulsing]: group === 'working' && !isPerson,
        })}
      />
      <span className={isPerson ? classes.personWord : classes.word}>
        {t(`state.${state}`)}
      </span>
    </span>
  );
}
