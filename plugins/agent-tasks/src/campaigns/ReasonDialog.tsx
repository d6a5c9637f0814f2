import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { ConfirmDialog, type ConfirmDialogProps } from '../forms/ConfirmDialog';
import { agentTasksTranslationRef } from '../translation';

/** Asks before something is done to a campaign, with the reason where one is wanted. */
export function ReasonDialog(
  props: Omit<ConfirmDialogProps, 'keep' | 'reason'> & {
    /** Whether a reason is asked for, and has to be given. */
    reason?: 'required' | 'optional';
  },
) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { reason, ...rest } = props;
  return (
    <ConfirmDialog
      {...rest}
      keep={t('campaign.action.keep')}
      reason={
        reason && {
          help: t('campaign.action.reasonHelp'),
          ...(reason === 'required' && {
            missing: t('campaign.action.reasonMissing'),
          }),
        }
      }
    />
  );
}
