import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import TextField from '@material-ui/core/TextField';
import { useId, useState } from 'react';
import { type BrakeEnd, brakeEnds, toBrakeEnd } from '../queue/brakeEnd';
import { formatClock } from '../time/formatTime';
import { useLanguage } from '../time/useLanguage';
import { useNow } from '../time/useNow';
import { agentTasksTranslationRef } from '../translation';
import { ReasonDialog } from './ReasonDialog';

/** Pauses a campaign: why, and until when. The button says what it will do. */
export function PauseCampaignDialog(props: {
  onClose: () => void;
  onConfirm: (request: { reason: string; until?: string }) => Promise<void>;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const id = useId();
  const locale = useLanguage();
  const now = useNow();
  const [end, setEnd] = useState<BrakeEnd>('tomorrow');
  const [moment, setMoment] = useState('');
  const until = toBrakeEnd({ end, moment, now });
  const isInvalid = until === 'invalid';
  return (
    <ReasonDialog
      title={t('campaign.action.pauseTitle')}
      text={t('campaign.action.pauseText')}
      confirm={
        until && !isInvalid
          ? t('campaign.action.pauseConfirm', {
              time: formatClock({ at: until.getTime(), now, locale }),
            })
          : t('campaign.action.pauseConfirmForGood')
      }
      reason="required"
      isInvalid={isInvalid}
      describeFailure={message => t('campaign.action.pauseFailed', { message })}
      onClose={props.onClose}
      onConfirm={async reason => {
        const endsAt = toBrakeEnd({ end, moment, now: Date.now() });
        await props.onConfirm({
          reason,
          ...(endsAt &&
            endsAt !== 'invalid' && { until: endsAt.toISOString() }),
        });
      }}
    >
      <TextField
        id={`${id}-end`}
        select
        SelectProps={{ native: true }}
        label={t('brake.end')}
        value={end}
        onChange={event => setEnd(event.target.value as BrakeEnd)}
        InputLabelProps={{ shrink: true, htmlFor: `${id}-end` }}
        variant="outlined"
        size="small"
      >
        {brakeEnds.map(one => (
          <option key={one} value={one}>
            {one === 'released'
              ? t('team.pause.released')
              : t(`brake.endChoice.${one}`)}
          </option>
        ))}
      </TextField>
      {end === 'moment' && (
        <TextField
          id={`${id}-moment`}
          type="datetime-local"
          label={t('brake.moment')}
          value={moment}
          onChange={event => setMoment(event.target.value)}
          InputLabelProps={{ shrink: true }}
          variant="outlined"
          size="small"
          required
          error={isInvalid && moment !== ''}
          helperText={isInvalid ? t('brake.momentInvalid') : undefined}
        />
      )}
    </ReasonDialog>
  );
}
