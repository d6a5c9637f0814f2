import type { Campaign } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Fragment, type ReactNode } from 'react';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';
import { countSettled, currentWave, isOver } from './campaignProgress';

/** How far a campaign has come and what comes next: `31 of 42 merged · wave 3 of 4 · goes on in 14 hr.` */
export function ProgressWords(props: { campaign: Campaign }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { campaign } = props;
  const { states, taskCount, waves, paused } = campaign;
  const merged = states.merged ?? 0;
  const settled = countSettled(states);
  const wave = currentWave(campaign);
  const all = String(taskCount);

  const next = (): ReactNode => {
    switch (campaign.state) {
      case 'paused':
        return paused?.until
          ? t('campaign.progress.pausedUntil', {
              time: <RelativeTime at={paused.until} />,
            })
          : t('campaign.progress.paused');
      case 'waiting_for_approval': {
        const waiting = waves.find(one => one.state === 'waiting_for_approval');
        return t('campaign.progress.approval', {
          number: String(waiting?.number ?? ''),
        });
      }
      case 'stopped':
        return t('campaign.progress.stopped', {
          number: String(wave?.number ?? ''),
        });
      case 'finished':
        return t('campaign.progress.finished');
      case 'cancelled':
        return t('campaign.progress.cancelled');
      default:
        return wave?.state === 'soaking' && wave.continuesAt
          ? t('campaign.progress.goesOn', {
              time: <RelativeTime at={wave.continuesAt} />,
            })
          : undefined;
    }
  };

  const words: ReactNode[] = [
    t('campaign.progress.merged', { merged: String(merged), all }),
    settled > merged &&
      t('campaign.progress.settled', { settled: String(settled), all }),
    waves.length > 1 &&
      wave &&
      t('campaign.progress.wave', {
        number: String(wave.number),
        total: String(waves.length),
      }),
    next(),
    !isOver(campaign) && campaign.expectedEnd && (
      <span title={campaign.expectedEnd.assumption}>
        {t('campaign.progress.end', {
          time: <RelativeTime at={campaign.expectedEnd.at} />,
        })}
      </span>
    ),
  ].filter(Boolean);
  return (
    <>
      {words.map((one, index) => (
        <Fragment key={index}>
          {index > 0 && ' · '}
          {one}
        </Fragment>
      ))}
    </>
  );
}
