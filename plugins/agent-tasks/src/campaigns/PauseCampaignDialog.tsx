import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { PauseDialog, type PauseRequest } from '../forms/PauseDialog';
import { agentTasksTranslationRef } from '../translation';

/** Pauses a campaign. */
export function PauseCampaignDialog(props: {
  onClose: () => void;
  onPause: (request: PauseRequest) => Promise<void>;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const forGood = t('campaign.action.pauseConfirmForGood');
  return (
    <PauseDialog
      title={t('campaign.action.pauseTitle')}
      text={t('campaign.action.pauseText')}
      confirm={{
        until: time => t('campaign.action.pauseConfirm', { time }),
        forGood,
        invalid: forGood,
      }}
      keep={t('campaign.action.keep')}
      reason={{
        help: t('campaign.action.reasonHelp'),
        missing: t('campaign.action.reasonMissing'),
      }}
      initialEnd="tomorrow"
      tellsAtOnce
      onClose={props.onClose}
      onPause={props.onPause}
    />
  );
}
