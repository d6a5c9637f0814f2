import type { Priority } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import TextField from '@material-ui/core/TextField';
import { useId } from 'react';
import { launchPriorities } from '../launch/launchParameters';
import { agentTasksTranslationRef } from '../translation';

/** Chooses a priority. */
export function PriorityField(props: {
  value: Priority;
  onChange: (priority: Priority) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const id = useId();
  return (
    <TextField
      id={id}
      select
      SelectProps={{ native: true }}
      label={t('campaign.priority')}
      value={props.value}
      onChange={event => props.onChange(event.target.value as Priority)}
      InputLabelProps={{ shrink: true, htmlFor: id }}
      variant="outlined"
      size="small"
    >
      {launchPriorities.map(one => (
        <option key={one} value={one}>
          {t(`launchPage.priorityOf.${one}`)}
        </option>
      ))}
    </TextField>
  );
}
