import type { TemplateProblem } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import classNames from 'classnames';
import { memo } from 'react';
import { useCalm } from '../../live/useCalm';
import { hiddenFromEyes } from '../../live/hiddenFromEyes';
import { agentTasksTranslationRef } from '../../translation';
import type { EditorTarget } from './YamlEditor';

/** More nobody reads at once; as some are solved others follow. */
const MOST_PROBLEMS = 50;

/** How often who listens is told how many there are. */
const SPEAK_EVERY_MS = 2_000;

const useStyles = makeStyles(
  theme => ({
    list: {
      listStyle: 'none',
      margin: 0,
      padding: 0,
      maxHeight: '32vh',
      overflowY: 'auto',
    },
    problem: {
      display: 'flex',
      width: '100%',
      alignItems: 'baseline',
      justifyContent: 'flex-start',
      gap: theme.spacing(1.5),
      padding: theme.spacing(0.75, 1),
      textAlign: 'left',
      borderRadius: theme.shape.borderRadius,
      '&:hover': { backgroundColor: theme.palette.action.hover },
      '&:focus-visible': {
        outline: `2px solid ${theme.palette.primary.main}`,
        outlineOffset: -2,
      },
    },
    line: {
      flex: 'none',
      minWidth: 56,
      fontVariantNumeric: 'tabular-nums',
      color: theme.palette.text.secondary,
    },
    severity: { flex: 'none', minWidth: 56, fontWeight: 600 },
    error: { color: theme.palette.error.main },
    message: { overflowWrap: 'anywhere' },
    none: { margin: 0, color: theme.palette.text.secondary },
    source: { color: theme.palette.text.secondary },
  }),
  { name: 'AgentTasksProblemList' },
);

/** A problem, and whether only the backend has found it. */
export interface ListedProblem extends TemplateProblem {
  isFromServer?: boolean;
}

/** What is wrong with a text; a click goes to where it stands. */
export const ProblemList = memo(function ProblemListView(props: {
  problems: ListedProblem[];
  onGoTo: (target: EditorTarget) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { problems } = props;
  const summary =
    problems.length === 0
      ? t('templates.editor.problemsNone')
      : t('templates.editor.problemSummary', { count: problems.length });
  // Whoever types would otherwise hear it at each letter.
  const spoken = useCalm(summary, SPEAK_EVERY_MS);
  return (
    <>
      <span role="status" style={hiddenFromEyes}>
        {spoken}
      </span>
      {problems.length === 0 ? (
        <p className={classes.none} aria-hidden="true">
          {summary}
        </p>
      ) : (
        <ol
          className={classes.list}
          aria-label={t('templates.editor.problems')}
        >
          {problems.slice(0, MOST_PROBLEMS).map((problem, index) => (
            <li key={index}>
              <ButtonBase
                className={classes.problem}
                title={t('templates.editor.problemTitle', {
                  line: String(problem.line),
                })}
                onClick={() => props.onGoTo(problem)}
              >
                <span className={classes.line}>
                  {t('templates.editor.problemLine', {
                    line: String(problem.line),
                  })}
                </span>
                <span
                  className={classNames(classes.severity, {
                    [classes.error]: problem.severity === 'error',
                  })}
                >
                  {t(
                    problem.severity === 'error'
                      ? 'templates.editor.problemError'
                      : 'templates.editor.problemWarning',
                  )}
                </span>
                <span className={classes.message}>
                  {problem.message}
                  {problem.isFromServer && (
                    <span className={classes.source}>
                      {' '}
                      ({t('templates.editor.problemServer')})
                    </span>
                  )}
                </span>
              </ButtonBase>
            </li>
          ))}
        </ol>
      )}
    </>
  );
});
