import type { Template } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { JsonObject } from '@backstage/types';
import TextField from '@material-ui/core/TextField';
import { lazy, Suspense, useId, useMemo } from 'react';
import { agentTasksTranslationRef } from '../translation';
import type { TriggerDraft } from './triggerDraft';

const ParametersForm = lazy(() => import('../launch/ParametersForm'));

/** The parameters of the template: of a schedule values, of a webhook an expression or else a value for each. */
export function ParameterFields(props: {
  template: Template;
  draft: TriggerDraft;
  onChange: (part: Partial<TriggerDraft>) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const id = useId();
  const { template, draft, onChange } = props;
  const schema = template.parameters as JsonObject;
  const properties = useMemo(
    () => (schema.properties ?? {}) as JsonObject,
    [schema],
  );
  const isWebhook = draft.type === 'webhook';
  const { expressions } = draft;
  // What an expression gives is not asked for as a value.
  const mapped = isWebhook
    ? Object.keys(properties)
        .filter(name => expressions[name]?.trim())
        .join(' ')
    : '';
  const rest = useMemo(() => {
    const without = mapped.split(' ');
    return {
      ...schema,
      properties: Object.fromEntries(
        Object.entries(properties).filter(([name]) => !without.includes(name)),
      ),
      required: ((schema.required ?? []) as string[]).filter(
        name => !without.includes(name),
      ),
    };
  }, [mapped, properties, schema]);
  return (
    <>
      {isWebhook &&
        Object.keys(properties).map(name => (
          <TextField
            key={name}
            id={`${id}-${name}`}
            label={t('trigger.editor.expression', { parameter: name })}
            helperText={t('trigger.editor.expressionHelp')}
            value={expressions[name] ?? ''}
            onChange={event =>
              onChange({
                expressions: { ...expressions, [name]: event.target.value },
              })
            }
            inputProps={{ spellCheck: false, maxLength: 2000 }}
            variant="outlined"
            size="small"
            fullWidth
          />
        ))}
      <Suspense fallback={null}>
        <ParametersForm
          schema={rest}
          value={draft.parameters}
          isBusy={false}
          onChange={parameters => onChange({ parameters })}
        />
      </Suspense>
    </>
  );
}
