import type { JsonObject } from '@backstage/types';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import CircularProgress from '@material-ui/core/CircularProgress';
import { makeStyles } from '@material-ui/core/styles';
import { withTheme } from '@rjsf/core';
import { Theme } from '@rjsf/material-ui';
import type { RJSFValidationError } from '@rjsf/utils';
import { customizeValidator } from '@rjsf/validator-ajv8';
import { useMemo } from 'react';
import { agentTasksTranslationRef } from '../translation';
import { extractUiSchema } from './extractUiSchema';

const Form = withTheme<JsonObject>(Theme);

const validator = customizeValidator<JsonObject>();

const useStyles = makeStyles(
  theme => ({
    form: {
      // The form's own theme leaves no room between a field and the next one's label.
      '& .MuiFormControl-root': { marginBottom: theme.spacing(1) },
    },
    actions: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      marginTop: theme.spacing(2),
    },
    progress: { marginRight: theme.spacing(1) },
  }),
  { name: 'AgentTasksParametersForm' },
);

/**
 * The form of a template's parameters. Loaded when it is needed: the form library and its validator weigh more than all
 * the rest.
 */
export default function ParametersForm(props: {
  schema: JsonObject;
  value: JsonObject | undefined;
  isBusy: boolean;
  onChange: (value: JsonObject) => void;
  onSubmit: (value: JsonObject) => void;
  onBack: () => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { schema, uiSchema } = useMemo(
    () => extractUiSchema({ parameters: props.schema }),
    [props.schema],
  );
  const plainErrors: Record<string, string> = {
    required: t('launch.form.required'),
    pattern: t('launch.form.pattern'),
  };
  // A validator speaks to programmers: of properties that must be had, and of regular expressions.
  const toPlainError = (error: RJSFValidationError): RJSFValidationError => {
    const message = error.name && plainErrors[error.name];
    return message ? { ...error, message } : error;
  };
  return (
    <Form
      className={classes.form}
      idPrefix="agent-tasks-parameters"
      schema={schema}
      uiSchema={uiSchema}
      formData={props.value ?? {}}
      validator={validator}
      showErrorList={false}
      noHtml5Validate
      focusOnFirstError
      disabled={props.isBusy}
      transformErrors={errors => errors.map(toPlainError)}
      onChange={({ formData }) => props.onChange(formData ?? {})}
      // The fields say themselves what is wrong; without this the form writes it to the console too.
      onError={() => {}}
      onSubmit={({ formData }) => props.onSubmit(formData ?? {})}
    >
      <div className={classes.actions}>
        <Button
          type="submit"
          variant="contained"
          color="primary"
          disabled={props.isBusy}
        >
          {props.isBusy && (
            <CircularProgress
              size={16}
              color="inherit"
              className={classes.progress}
              aria-hidden="true"
            />
          )}
          {props.isBusy ? t('launch.reviewing') : t('launch.review')}
        </Button>
        <Button onClick={props.onBack}>{t('action.back')}</Button>
      </div>
    </Form>
  );
}
