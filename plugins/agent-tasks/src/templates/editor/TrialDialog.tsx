import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { JsonObject } from '@backstage/types';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogContentText from '@material-ui/core/DialogContentText';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { useId, useState } from 'react';
import { PlanPreview } from '../../launch/PlanPreview';
import { TaskLink } from '../../links/TaskLink';
import { describeError } from '../../states/describeError';
import { Surface } from '../../Surface';
import { agentTasksTranslationRef } from '../../translation';
import { type ChosenComponent, ComponentField } from './ComponentField';
import type { SavedText } from './useTemplateText';
import { useTrial } from './useTrial';

const useStyles = makeStyles(
  theme => ({
    body: { margin: theme.spacing(2, 0) },
    actions: {
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      padding: theme.spacing(1, 3, 2),
    },
  }),
  { name: 'AgentTasksTrialDialog' },
);

/** Tries a text on one component: shows what will happen, launches it, and leads to its task. */
export function TrialDialog(props: {
  name: string;
  title: string;
  text: string;
  base: SavedText;
  component: ChosenComponent | undefined;
  /** As the form beside the text was filled in. */
  parameters: JsonObject;
  onClose: () => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const id = useId();
  const { name, text, base, parameters, onClose } = props;
  const [component, setComponent] = useState(props.component);
  const trial = useTrial({ name, text, base, parameters });
  const { isBusy, error, planned, taskId } = trial.state;
  // A plan is for the component that it was made for.
  const plan =
    planned && planned.component === component?.entityRef ? planned : undefined;
  return (
    <Dialog
      open
      onClose={isBusy ? undefined : onClose}
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-text`}
      maxWidth="md"
      fullWidth
    >
      <DialogTitle id={`${id}-title`}>
        {t('templates.trial.title', { template: props.title })}
      </DialogTitle>
      <DialogContent>
        <DialogContentText id={`${id}-text`}>
          {t(
            text === base.text
              ? 'templates.trial.textSaved'
              : 'templates.trial.text',
          )}
        </DialogContentText>
        {!taskId && (
          <div className={classes.body}>
            <ComponentField value={component} onChange={setComponent} />
          </div>
        )}
        {error && (
          <Alert severity="error" role="alert" className={classes.body}>
            {t('templates.trial.failed', {
              message: describeError(error).message,
            })}
          </Alert>
        )}
        {taskId && planned ? (
          <Alert
            severity="success"
            role="status"
            className={classes.body}
            action={
              <TaskLink taskId={taskId}>{t('templates.trial.open')}</TaskLink>
            }
          >
            {t('templates.trial.launched', {
              number: String(planned.revision),
            })}
          </Alert>
        ) : (
          plan && (
            <Surface>
              <PlanPreview plan={plan.plan} />
            </Surface>
          )
        )}
      </DialogContent>
      <DialogActions className={classes.actions}>
        <Button onClick={onClose} disabled={isBusy}>
          {t('templates.trial.back')}
        </Button>
        {!taskId && component && !plan && (
          <Button
            variant="contained"
            color="primary"
            disabled={isBusy}
            onClick={() => trial.plan(component.entityRef)}
          >
            {t(isBusy ? 'templates.trial.planning' : 'templates.trial.plan')}
          </Button>
        )}
        {!taskId && component && plan && plan.plan.tasks.length > 0 && (
          <Button
            variant="contained"
            color="primary"
            disabled={isBusy}
            onClick={trial.launch}
          >
            {isBusy
              ? t('templates.trial.launching')
              : t('templates.trial.launch', { component: component.title })}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
