import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Alert from '@material-ui/lab/Alert';
import { memo } from 'react';
import { RepositoryLink } from '../../links/RepositoryLink';
import { TeamLink } from '../../links/TeamLink';
import { describeError } from '../../states/describeError';
import { PromptText } from '../../task/PromptText';
import { agentTasksTranslationRef } from '../../translation';
import type { PromptPreviewState } from './usePromptPreview';

const useStyles = makeStyles(
  theme => ({
    body: { marginTop: theme.spacing(1.5) },
    note: {
      marginBottom: theme.spacing(1.5),
      overflowWrap: 'anywhere',
      '& a': { textDecoration: 'underline' },
    },
    list: { margin: 0, paddingLeft: theme.spacing(2.5) },
  }),
  { name: 'AgentTasksPromptPreview' },
);

/** The prompt as the agent of a component would get it, or why there is none. */
export const PromptPreview = memo(function PromptPreviewView(props: {
  hasComponent: boolean;
  /** The text has errors now. */
  isBroken: boolean;
  state: PromptPreviewState;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { preview, error, isRendering } = props.state;
  if (!props.hasComponent) {
    return (
      <Typography
        variant="body2"
        color="textSecondary"
        className={classes.body}
      >
        {t('templates.editor.noComponent')}
      </Typography>
    );
  }
  return (
    <div className={classes.body} aria-busy={isRendering}>
      {error && (
        <Alert severity="error" className={classes.note}>
          {t('templates.editor.promptFailed', {
            message: describeError(error).message,
          })}
        </Alert>
      )}
      {!preview && isRendering && <p>{t('templates.editor.rendering')}</p>}
      {props.isBroken && (
        <Typography
          variant="body2"
          color="textSecondary"
          className={classes.note}
        >
          {t('templates.editor.promptBroken')}
        </Typography>
      )}
      {preview?.exclusion && (
        <Alert severity="warning" className={classes.note}>
          {t('templates.editor.excluded', {
            message: preview.exclusion.message,
            remedy: preview.exclusion.remedy,
          })}
        </Alert>
      )}
      {preview && preview.parameterProblems.length > 0 && (
        <div className={classes.note}>
          {t('templates.editor.promptParameters')}
          <ul className={classes.list}>
            {preview.parameterProblems.map(problem => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </div>
      )}
      {preview?.repository && preview.team && !preview.exclusion && (
        <p className={classes.note}>
          {t('templates.editor.target', {
            repository: <RepositoryLink repository={preview.repository} />,
            team: <TeamLink team={preview.team} />,
          })}
        </p>
      )}
      {preview?.prompt && <PromptText prompt={preview.prompt} />}
    </div>
  );
});
