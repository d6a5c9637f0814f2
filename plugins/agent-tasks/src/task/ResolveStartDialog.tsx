import type { StartChoice } from '@agent-tasks/plugin-agent-tasks-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import TextField from '@material-ui/core/TextField';
import { useId, useState } from 'react';
import { agentTasksApiRef } from '../api';
import { ConfirmDialog } from '../forms/ConfirmDialog';
import { safeHref } from '../links/safeHref';
import { agentTasksTranslationRef } from '../translation';

/** Asks once more before a start is decided; of one that happened it asks which task of the agent it is. */
export function ResolveStartDialog(props: {
  taskId: string;
  choice: StartChoice;
  onClose: () => void;
  onResolved: () => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const api = useApi(agentTasksApiRef);
  const id = useId();
  const { choice, effect, risk } = props.choice;
  const [text, setText] = useState('');
  const [isTried, setTried] = useState(false);
  const found = text.trim();
  const isMissing = choice === 'started' && !found;

  const decide = async () => {
    const page = safeHref(found);
    await api.resolveStart(props.taskId, {
      choice,
      ...(choice === 'started' &&
        (page ? { providerTaskUrl: page } : { providerTaskId: found })),
    });
    props.onResolved();
  };

  return (
    <ConfirmDialog
      layout="question"
      title={t(`resolve.title.${choice}`)}
      text={
        <>
          {effect} {t('resolve.risk', { risk })}
        </>
      }
      confirm={t(`resolve.confirm.${choice}`)}
      keep={t('resolve.cancel')}
      isValid={() => !isMissing}
      onTry={() => setTried(true)}
      describeFailure={message => t('resolve.failed', { message })}
      onClose={props.onClose}
      onConfirm={decide}
    >
      {choice === 'started' && (
        <TextField
          id={id}
          label={t('resolve.url')}
          value={text}
          onChange={event => setText(event.target.value)}
          error={isTried && isMissing}
          helperText={
            isTried && isMissing
              ? t('resolve.urlMissing')
              : t('resolve.urlHelp')
          }
          inputProps={{ maxLength: 2000 }}
          variant="outlined"
          size="small"
          required
          fullWidth
        />
      )}
    </ConfirmDialog>
  );
}
