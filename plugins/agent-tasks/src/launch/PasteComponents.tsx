import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import { useId, useState } from 'react';
import { Pages } from '../queue/Pages';
import { describeError } from '../states/describeError';
import { agentTasksTranslationRef } from '../translation';
import {
  MOST_COMPONENTS,
  parsePastedRefs,
  type PastedProblem,
} from './parsePastedRefs';

/** The catalog is asked for so many at once. */
const CHUNK = 1_000;

const PROBLEMS_PER_PAGE = 10;

const useStyles = makeStyles(
  theme => ({
    root: {
      padding: theme.spacing(1.5),
      marginBottom: theme.spacing(1.5),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
    },
    text: {
      '& textarea': {
        fontFamily: 'monospace',
        fontSize: theme.typography.caption.fontSize,
        whiteSpace: 'pre',
        overflowX: 'auto',
      },
    },
    actions: {
      display: 'flex',
      gap: theme.spacing(1),
      marginTop: theme.spacing(1),
    },
    alert: { marginTop: theme.spacing(1), overflowWrap: 'anywhere' },
    problems: { margin: 0, padding: 0, listStyle: 'none' },
  }),
  { name: 'AgentTasksPasteComponents' },
);

/** What came of the last text. */
interface Outcome {
  added: number;
  problems: PastedProblem[];
}

/**
 * Takes a list of entity refs. What names a component is added; what does not stays in the field, with the reason, so
 * that it can be put right.
 */
export function PasteComponents(props: {
  onAdd: (entityRefs: string[]) => void;
  onClose: () => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const catalog = useApi(catalogApiRef);
  const id = useId();
  const [text, setText] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome>();
  const [error, setError] = useState<Error>();

  const add = async () => {
    setBusy(true);
    setError(undefined);
    setOutcome(undefined);
    try {
      const { refs, problems } = parsePastedRefs(text);
      const found: string[] = [];
      for (let from = 0; from < refs.length; from += CHUNK) {
        const some = refs.slice(from, from + CHUNK);
        const { items } = await catalog.getEntitiesByRefs({
          entityRefs: some.map(one => one.entityRef),
          fields: ['kind', 'metadata.name', 'metadata.namespace'],
        });
        some.forEach((one, index) => {
          if (items[index]) {
            found.push(one.entityRef);
          } else {
            problems.push({
              line: one.line,
              text: one.text,
              reason: 'unknown',
            });
          }
        });
      }
      problems.sort((one, other) => one.line - other.line);
      // Their lines are counted anew: they alone are left in the field.
      const left = problems.map((one, index) => ({ ...one, line: index + 1 }));
      setText(left.map(one => one.text).join('\n'));
      setOutcome({ added: found.length, problems: left });
      if (found.length > 0) {
        props.onAdd(found);
      }
    } catch (failure) {
      setError(failure as Error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className={classes.root}>
      <TextField
        id={id}
        label={t('launchPage.paste.label')}
        helperText={t('launchPage.paste.help')}
        value={text}
        onChange={event => setText(event.target.value)}
        className={classes.text}
        error={Boolean(outcome?.problems.length)}
        variant="outlined"
        size="small"
        fullWidth
        multiline
        minRows={4}
        maxRows={10}
      />
      <div className={classes.actions}>
        <Button
          variant="outlined"
          color="primary"
          size="small"
          disabled={isBusy || !text.trim()}
          onClick={add}
        >
          {isBusy ? t('launchPage.paste.checking') : t('launchPage.paste.add')}
        </Button>
        <Button size="small" onClick={props.onClose}>
          {t('action.close')}
        </Button>
      </div>
      <div role="status">
        {outcome && outcome.added > 0 && (
          <Alert severity="success" role="none" className={classes.alert}>
            {t('launchPage.paste.added', { count: outcome.added })}
          </Alert>
        )}
        {outcome && outcome.problems.length > 0 && (
          <Alert severity="error" role="none" className={classes.alert}>
            <AlertTitle>
              {t('launchPage.paste.problems', {
                count: outcome.problems.length,
              })}
            </AlertTitle>
            <Pages
              label={t('launchPage.paste.pages')}
              items={outcome.problems}
              perPage={PROBLEMS_PER_PAGE}
            >
              {problems => (
                <ul className={classes.problems}>
                  {problems.map(problem => (
                    <li key={problem.line}>
                      {t('launchPage.paste.line', {
                        line: String(problem.line),
                        text: problem.text,
                        reason: t(`launchPage.paste.reason.${problem.reason}`),
                      })}
                    </li>
                  ))}
                </ul>
              )}
            </Pages>
          </Alert>
        )}
        {outcome && outcome.added + outcome.problems.length === 0 && (
          <Alert severity="info" role="none" className={classes.alert}>
            {t('launchPage.paste.nothing')}
          </Alert>
        )}
        {error && (
          <Alert severity="error" role="none" className={classes.alert}>
            {t('launchPage.paste.failed', {
              message: describeError(error).message,
            })}
          </Alert>
        )}
      </div>
    </div>
  );
}

/** Adds refs to a list, each once, up to the most that a launch takes. */
export function addComponents(before: string[], added: string[]): string[] {
  return [...new Set([...before, ...added])].slice(0, MOST_COMPONENTS + 1);
}
