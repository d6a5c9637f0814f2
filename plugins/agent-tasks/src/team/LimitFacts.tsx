import type { TeamDetails } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Facts } from '../task/Facts';
import { agentTasksTranslationRef } from '../translation';
import { type LimitField, limitFields } from './limitFields';

/** All limits of a team that are in force, and which of them are defaults. */
export function LimitFacts(props: { team: TeamDetails }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { settings } = props.team;
  const valueOf = (field: LimitField) => {
    const { value, from } = settings[field];
    if (value === undefined) {
      return field === 'cohort' ? '–' : t('team.limits.none');
    }
    return from === 'default'
      ? t('team.limits.defaultIs', { value: String(value) })
      : String(value);
  };
  return (
    <Facts
      facts={limitFields.map(field => [
        t(`team.limits.field.${field}`),
        valueOf(field),
      ])}
    />
  );
}
