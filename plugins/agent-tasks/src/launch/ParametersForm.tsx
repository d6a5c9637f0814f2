import type { JsonObject } from '@backstage/types';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import CircularProgress from '@material-ui/core/CircularProgress';
import { makeStyles } from '@material-ui/core/styles';
import { withTheme } from '@rjsf/core';
import { Theme } from '@rjsf/material-ui';
import type { ErrorSchema, RJSFValidationError } from '@rjsf/utils';
import { customizeValidator } from '@rjsf/validator-ajv8';
import { useEffect, useMemo, useState } from 'react';
import { agentTasksTranslationRef } from '../translation';
import { extractUiSchema } from './extractUiSchema';

const Form = withTheme<JsonObject>(Theme);

const ID_PREFIX = 'agent-tasks-parameters';

/** What is wrong with a parameter, in words for people. */
export interface ParameterProblem {
  /** The title of its field. */
  field: string;
  message: string;
}

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
  /** Absent where what is filled in is used at once: then the form has no buttons, and says what is wrong as one fills it in. */
  onSubmit?: (value: JsonObject) => void;
  onBack?: () => void;
  /** Told what is wrong with what is filled in, also of fields that nobody has touched. */
  onCheck?: (problems: ParameterProblem[]) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { schema, uiSchema } = useMemo(
    () => extractUiSchema({ parameters: props.schema }),
    [props.schema],
  );
  // A validator speaks to programmers: of properties that must be had, and of regular expressions.
  const toPlainErrors = useMemo(() => {
    const plain: Record<string, string> = {
      required: t('launch.form.required'),
      pattern: t('launch.form.pattern'),
    };
    return (errors: RJSFValidationError[]) =>
      errors.map(error => {
        const message = error.name && plain[error.name];
        return message ? { ...error, message } : error;
      });
  }, [t]);
  // Where the form is one part of a page it does not draw the eye and the keyboard to itself.
  const calmUiSchema = useMemo(() => withoutAutofocus(uiSchema), [uiSchema]);
  const { value, onCheck, onSubmit } = props;
  const [touched, setTouched] = useState<string[]>([]);
  const checked = useMemo(
    () =>
      onCheck &&
      validator.validateFormData(value ?? {}, schema, undefined, toPlainErrors),
    [onCheck, schema, toPlainErrors, value],
  );
  useEffect(() => {
    if (checked) {
      onCheck?.(
        checked.errors.map(error => ({
          field: titleOf({ schema, error }),
          message: error.message ?? error.stack,
        })),
      );
    }
  }, [checked, onCheck, schema]);

  return (
    <Form
      className={classes.form}
      idPrefix={ID_PREFIX}
      schema={schema}
      uiSchema={onSubmit ? uiSchema : calmUiSchema}
      formData={props.value ?? {}}
      validator={validator}
      showErrorList={false}
      noHtml5Validate
      focusOnFirstError
      disabled={props.isBusy}
      transformErrors={toPlainErrors}
      // What nobody has come to yet is not held against them.
      extraErrors={
        checked &&
        (Object.fromEntries(
          Object.entries(checked.errorSchema).filter(([name]) =>
            touched.some(id => `${id}_`.startsWith(`${ID_PREFIX}_${name}_`)),
          ),
        ) as ErrorSchema<JsonObject>)
      }
      onBlur={id => setTouched(before => [...new Set([...before, id])])}
      onChange={({ formData }) => props.onChange(formData ?? {})}
      // The fields say themselves what is wrong; without this the form writes it to the console too.
      onError={() => {}}
      onSubmit={({ formData }) => onSubmit?.(formData ?? {})}
    >
      {onSubmit ? (
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
      ) : (
        <></>
      )}
    </Form>
  );
}

function withoutAutofocus(uiSchema: JsonObject): JsonObject {
  return JSON.parse(
    JSON.stringify(uiSchema, (key, value) =>
      key === 'ui:autofocus' ? undefined : value,
    ),
  );
}

/** What people call the field that an error is about: the title of the topmost parameter that it lies in. */
function titleOf(options: {
  schema: JsonObject;
  error: RJSFValidationError;
}): string {
  const { schema, error } = options;
  const name = /^(?:\.?([^.[]+)|\['([^']+)'\])/
    .exec(error.property ?? '')
    ?.slice(1)
    .find(Boolean);
  const properties = schema.properties as JsonObject | undefined;
  const property = name === undefined ? undefined : properties?.[name];
  const title = (property as JsonObject | undefined)?.title;
  return typeof title === 'string' ? title : (name ?? '');
}
