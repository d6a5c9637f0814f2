import { useState } from 'react';
import { formatClock } from '../time/formatTime';
import { useLanguage } from '../time/useLanguage';
import { useNow } from '../time/useNow';
import { type BrakeEnd, toBrakeEnd } from './brakeEnd';

/** Until when something is held back, while a person chooses it. */
export interface BrakeEndChoice {
  end: BrakeEnd;
  setEnd: (end: BrakeEnd) => void;
  /** What the field for a moment of one's own holds. */
  moment: string;
  setMoment: (moment: string) => void;
  isInvalid: boolean;
  /** The end in words; absent where there is none, or no valid one. */
  time?: string;
  /** Reads it anew, since what was valid when it was shown may have passed since. */
  isValidNow: () => boolean;
  /** The end as the backend takes it, reckoned from this very moment. */
  toRequest: () => { until?: string };
}

/** Keeps until when something is to be held back. */
export function useBrakeEnd(initial: BrakeEnd): BrakeEndChoice {
  const locale = useLanguage();
  const now = useNow();
  const [end, setEnd] = useState(initial);
  const [moment, setMoment] = useState('');
  const shown = toBrakeEnd({ end, moment, now });
  const read = () => toBrakeEnd({ end, moment, now: Date.now() });
  return {
    end,
    setEnd,
    moment,
    setMoment,
    isInvalid: shown === 'invalid',
    time:
      shown && shown !== 'invalid'
        ? formatClock({ at: shown.getTime(), now, locale })
        : undefined,
    isValidNow: () => read() !== 'invalid',
    toRequest: () => {
      const until = read();
      return until && until !== 'invalid' ? { until: until.toISOString() } : {};
    },
  };
}
