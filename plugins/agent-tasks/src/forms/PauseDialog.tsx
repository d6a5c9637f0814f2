import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useState } from 'react';
import { agentTasksTranslationRef } from '../translation';
import type { BrakeEnd } from './brakeEnd';
import { BrakeEndFields } from './BrakeEndFields';
import { ConfirmDialog, type ConfirmDialogProps } from './ConfirmDialog';
import { useBrakeEnd } from './useBrakeEnd';

/** A pause as the backend takes it. */
export interface PauseRequest {
  reason: string;
  /** As ISO 8601 has it; absent where it lasts until somebody resumes. */
  until?: string;
}

/** Pauses something: why, and until when. The button says what it will do. */
export function PauseDialog(
  props: Pick<
    ConfirmDialogProps,
    'title' | 'text' | 'keep' | 'reason' | 'onClose'
  > & {
    initialEnd: BrakeEnd;
    /** What the button says. */
    confirm: {
      until: (time: string) => string;
      forGood: string;
      /** While the time that is chosen is none. */
      invalid: string;
    };
    /** Tells what is wrong with a time before anybody tries to confirm. */
    tellsAtOnce?: boolean;
    /** Lays out the fields of the end side by side. */
    isPaired?: boolean;
    onPause: (request: PauseRequest) => Promise<void>;
  },
) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const [isTried, setTried] = useState(false);
  const choice = useBrakeEnd(props.initialEnd);
  const { confirm, tellsAtOnce } = props;

  let label = choice.isInvalid ? confirm.invalid : confirm.forGood;
  if (choice.time) {
    label = confirm.until(choice.time);
  }
  let problem: 'told' | 'marked' | undefined;
  if (choice.isInvalid && (isTried || tellsAtOnce)) {
    problem = tellsAtOnce && choice.moment === '' ? 'told' : 'marked';
  }
  return (
    <ConfirmDialog
      title={props.title}
      text={props.text}
      confirm={label}
      keep={props.keep}
      reason={props.reason}
      isValid={choice.isValidNow}
      onTry={() => setTried(true)}
      describeFailure={message => t('form.pauseFailed', { message })}
      onClose={props.onClose}
      onConfirm={reason => props.onPause({ reason, ...choice.toRequest() })}
    >
      <BrakeEndFields
        choice={choice}
        ending="resumed"
        problem={problem}
        isPaired={props.isPaired}
      />
    </ConfirmDialog>
  );
}
