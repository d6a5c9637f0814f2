import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Checkbox from '@material-ui/core/Checkbox';
import FormControl from '@material-ui/core/FormControl';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormGroup from '@material-ui/core/FormGroup';
import FormHelperText from '@material-ui/core/FormHelperText';
import FormLabel from '@material-ui/core/FormLabel';
import { agentTasksTranslationRef } from '../translation';
import { DraftField, DraftSelect } from './DraftField';
import { eventChoices, type TriggerDraft } from './triggerDraft';

/** Who sends a webhook, and on which of what is sent a trigger launches. */
export function WebhookFields(props: {
  draft: TriggerDraft;
  onChange: (part: Partial<TriggerDraft>) => void;
  missing: readonly string[];
  secrets: string[];
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { draft, onChange, missing, secrets } = props;
  const field = { draft, onChange, missing };
  const isGithub = draft.source === 'github';
  return (
    <>
      <DraftSelect
        {...field}
        name="source"
        label={t('trigger.editor.source')}
        options={(['github', 'generic'] as const).map(one => ({
          value: one,
          label: t(`trigger.facts.sourceChoice.${one}`),
        }))}
      />
      {isGithub && (
        <FormControl component="fieldset" error={missing.includes('events')}>
          <FormLabel component="legend">{t('trigger.editor.events')}</FormLabel>
          <FormGroup>
            {eventChoices.map(event => (
              <FormControlLabel
                key={event}
                label={event}
                control={
                  <Checkbox
                    size="small"
                    color="primary"
                    checked={draft.events.includes(event)}
                    onChange={(_event, isChosen) =>
                      onChange({
                        events: isChosen
                          ? [...draft.events, event]
                          : draft.events.filter(one => one !== event),
                      })
                    }
                  />
                }
              />
            ))}
          </FormGroup>
          {missing.includes('events') && (
            <FormHelperText>{t('trigger.editor.wrong.events')}</FormHelperText>
          )}
        </FormControl>
      )}
      <DraftSelect
        {...field}
        name="secret"
        label={t('trigger.editor.secret')}
        help={t('trigger.editor.secretHelp')}
        options={[
          {
            value: '',
            label: t(
              isGithub ? 'trigger.editor.secretNone' : 'trigger.editor.choose',
            ),
          },
          ...secrets.map(one => ({ value: one, label: one })),
        ]}
      />
      <DraftField
        {...field}
        name="filter"
        label={t('trigger.editor.filter')}
        help={t('trigger.editor.filterHelp')}
      />
      {!isGithub && (
        <DraftField
          {...field}
          name="subject"
          label={t('trigger.editor.subject')}
          help={t('trigger.editor.subjectHelp')}
        />
      )}
    </>
  );
}
