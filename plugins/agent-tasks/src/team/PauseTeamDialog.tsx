import type { TeamDetails } from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { agentTasksApiRef } from '../api';
import { PauseDialog } from '../forms/PauseDialog';
import { agentTasksTranslationRef } from '../translation';

/** Pauses the intake of a team. */
export function PauseTeamDialog(props: {
  team: TeamDetails;
  title: string;
  onClose: () => void;
  onPaused: () => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const api = useApi(agentTasksApiRef);
  const { team, title } = props;
  return (
    <PauseDialog
      title={t('team.pause.title', { team: title })}
      text={t(team.isParent ? 'team.pause.textParent' : 'team.pause.text')}
      confirm={{
        until: time => t('team.pause.submitUntil', { time }),
        forGood: t('team.pause.submitForGood'),
        invalid: t('team.pause.submit'),
      }}
      keep={t('team.pause.cancel')}
      reason={{
        help: t('brake.reasonHelp'),
        missing: t('brake.reasonMissing'),
      }}
      initialEnd="tomorrow"
      isPaired
      onClose={props.onClose}
      onPause={async request => {
        await api.pauseTeam(team.team, request);
        props.onPaused();
      }}
    />
  );
}
