import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import TextField from '@material-ui/core/TextField';
import { useId } from 'react';
import { agentTasksTranslationRef } from '../translation';
import type {
  DraftField as DraftFieldName,
  TriggerDraft,
} from './triggerDraft';

/** The fields of a draft that are text. */
type TextName = {
  [Name in keyof TriggerDraft]: TriggerDraft[Name] extends string
    ? Name
    : never;
}[keyof TriggerDraft];

interface FieldProps {
  draft: TriggerDraft;
  onChange: (part: Partial<TriggerDraft>) => void;
  /** What to mark as wrong. */
  missing: readonly string[];
  name: TextName;
  /** The name under which it is missing; default: its own. */
  problem?: DraftFieldName;
  label: string;
  help?: string;
  required?: boolean;
  disabled?: boolean;
}

/** A field of the editor in which one types. */
export function DraftField(
  props: FieldProps & { lines?: number; inputMode?: 'numeric' },
) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const id = useId();
  const { draft, name, problem = name, lines } = props;
  const isWrong = props.missing.includes(problem);
  return (
    <TextField
      id={id}
      label={props.label}
      value={draft[name]}
      onChange={event => props.onChange({ [name]: event.target.value })}
      error={isWrong}
      helperText={
        isWrong
          ? t(`trigger.editor.wrong.${problem as DraftFieldName}`)
          : props.help
      }
      required={props.required}
      disabled={props.disabled}
      inputProps={{ spellCheck: false, inputMode: props.inputMode }}
      multiline={lines !== undefined}
      minRows={lines}
      variant="outlined"
      size="small"
      fullWidth
    />
  );
}

/** A field of the editor in which one chooses. */
export function DraftSelect(
  props: FieldProps & { options: { value: string; label: string }[] },
) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const id = useId();
  const { draft, name } = props;
  const isWrong = props.missing.includes(name);
  return (
    <TextField
      id={id}
      select
      SelectProps={{ native: true }}
      label={props.label}
      value={draft[name]}
      onChange={event => props.onChange({ [name]: event.target.value })}
      error={isWrong}
      helperText={
        isWrong
          ? t(`trigger.editor.wrong.${name as DraftFieldName}`)
          : props.help
      }
      required={props.required}
      disabled={props.disabled}
      InputLabelProps={{ shrink: true, htmlFor: id }}
      variant="outlined"
      size="small"
      fullWidth
    >
      {props.options.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </TextField>
  );
}
