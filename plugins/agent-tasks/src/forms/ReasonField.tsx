import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import TextField from '@material-ui/core/TextField';
import { useId } from 'react';
import { agentTasksTranslationRef } from '../translation';

/** The most that the backend takes as a reason. */
const MOST_LETTERS = 1000;

/** Asks why. */
export function ReasonField(props: {
  value: string;
  onChange: (reason: string) => void;
  /** Who will read it. */
  help: string;
  /** What is wrong with it; stands in the place of the help. */
  problem?: string;
  isRequired?: boolean;
  isOneLine?: boolean;
  size?: 'small' | 'medium';
  className?: string;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const id = useId();
  return (
    <TextField
      id={id}
      className={props.className}
      label={t('form.reason')}
      helperText={props.problem ?? props.help}
      error={Boolean(props.problem)}
      value={props.value}
      onChange={event => props.onChange(event.target.value)}
      inputProps={{ maxLength: MOST_LETTERS }}
      variant="outlined"
      size={props.size ?? 'small'}
      required={props.isRequired}
      fullWidth
      multiline={!props.isOneLine}
      minRows={props.isOneLine ? undefined : 2}
    />
  );
}
