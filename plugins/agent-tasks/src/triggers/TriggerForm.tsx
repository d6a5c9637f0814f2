import type { Template } from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import { type FormEvent, useState } from 'react';
import { describeError } from '../states/describeError';
import { Panel } from '../task/Panel';
import { agentTasksTranslationRef } from '../translation';
import { CronField } from './CronField';
import { DraftField, DraftSelect } from './DraftField';
import { ParameterFields } from './ParameterFields';
import { choicesFor, findMissing, type TriggerDraft } from './triggerDraft';
import { WebhookFields } from './WebhookFields';

const useStyles = makeStyles(
  theme => ({
    fields: {
      display: 'grid',
      gap: theme.spacing(2),
      maxWidth: 760,
      marginTop: theme.spacing(1),
    },
    pair: {
      display: 'grid',
      gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
      alignItems: 'start',
      gap: theme.spacing(2),
      [theme.breakpoints.down('xs')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
      },
    },
    actions: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
    note: { marginBottom: theme.spacing(2) },
  }),
  { name: 'AgentTasksTriggerForm' },
);

/** All of a trigger, in the order in which one thinks of it: what, when, on which components, how much. */
export function TriggerForm(props: {
  initial: TriggerDraft;
  isNew: boolean;
  templates: Template[];
  secrets: string[];
  onCancel: () => void;
  onSave: (draft: TriggerDraft) => Promise<void>;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const [draft, setDraft] = useState(props.initial);
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const missing = findMissing(draft);
  const choices = choicesFor(draft);
  const template = props.templates.find(one => one.name === draft.template);

  const change = (part: Partial<TriggerDraft>) =>
    setDraft(before => {
      const after = { ...before, ...part };
      // What is chosen has to stay possible.
      return choicesFor(after).includes(after.choice)
        ? after
        : { ...after, choice: 'list' };
    });
  const field = { draft, onChange: change, missing: isTried ? missing : [] };

  const save = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (missing.length) {
      return;
    }
    setBusy(true);
    setError(undefined);
    try {
      await props.onSave(draft);
    } catch (failure) {
      setError(failure as Error);
      setBusy(false);
    }
  };

  const saveButtons = (
    <div>
      {error && (
        <Alert severity="error" className={classes.note}>
          {t('trigger.editor.failed', {
            message: describeError(error).message,
          })}
        </Alert>
      )}
      {isTried && missing.length > 0 && (
        <Alert severity="warning" role="alert" className={classes.note}>
          {t('trigger.editor.missing', {
            fields: missing
              .map(one => t(`trigger.editor.fieldName.${one}`))
              .join(', '),
          })}
        </Alert>
      )}
      <div className={classes.actions}>
        <Button
          type="submit"
          form="agent-tasks-trigger"
          variant="contained"
          color="primary"
          disabled={isBusy}
        >
          {t(props.isNew ? 'trigger.editor.createIt' : 'trigger.editor.save')}
        </Button>
        <Button onClick={props.onCancel} disabled={isBusy}>
          {t('trigger.editor.cancel')}
        </Button>
      </div>
    </div>
  );

  return (
    <>
      <form id="agent-tasks-trigger" onSubmit={save} noValidate>
        <Panel heading={t('trigger.editor.what')}>
          <div className={classes.fields}>
            <div className={classes.pair}>
              <DraftSelect
                {...field}
                name="type"
                label={t('trigger.editor.type')}
                disabled={!props.isNew}
                options={(['schedule', 'webhook'] as const).map(one => ({
                  value: one,
                  label: t(`trigger.type.${one}`),
                }))}
              />
              <DraftField
                {...field}
                name="name"
                label={t('trigger.editor.name')}
                help={t('trigger.editor.nameHelp', {
                  name: draft.name || '…',
                })}
                disabled={!props.isNew}
                required
              />
              <DraftField
                {...field}
                name="title"
                label={t('trigger.editor.titleField')}
              />
              <DraftField
                {...field}
                name="owner"
                label={t('trigger.editor.owner')}
                help={t('trigger.editor.ownerHelp')}
                required
              />
            </div>
            <DraftSelect
              {...field}
              name="template"
              label={t('trigger.editor.template')}
              required
              options={[
                { value: '', label: t('trigger.editor.choose') },
                ...props.templates.map(one => ({
                  value: one.name,
                  label: one.title,
                })),
                // A template that is gone stays what the trigger has.
                ...(draft.template && !template
                  ? [{ value: draft.template, label: draft.template }]
                  : []),
              ]}
            />
          </div>
        </Panel>
        <Panel heading={t('trigger.editor.when')}>
          <div className={classes.fields}>
            {draft.type === 'schedule' ? (
              <>
                <CronField
                  cron={draft.cron}
                  timeZone={draft.timeZone}
                  jitterSeconds={Number(draft.jitterSeconds) || 0}
                  onChange={change}
                />
                <div className={classes.pair}>
                  <DraftField
                    {...field}
                    name="jitterSeconds"
                    problem="jitter"
                    label={t('trigger.editor.jitter')}
                    inputMode="numeric"
                  />
                  <DraftSelect
                    {...field}
                    name="missedRuns"
                    label={t('trigger.editor.missed')}
                    options={(['skip', 'run-once'] as const).map(one => ({
                      value: one,
                      label: t(`trigger.editor.missedChoice.${one}`),
                    }))}
                  />
                  <DraftSelect
                    {...field}
                    name="overlap"
                    label={t('trigger.editor.overlap')}
                    options={(['skip', 'allow'] as const).map(one => ({
                      value: one,
                      label: t(`trigger.editor.overlapChoice.${one}`),
                    }))}
                  />
                </div>
              </>
            ) : (
              <WebhookFields {...field} secrets={props.secrets} />
            )}
          </div>
        </Panel>
        <Panel heading={t('trigger.editor.where')}>
          <div className={classes.fields}>
            <div className={classes.pair}>
              <DraftSelect
                {...field}
                name="choice"
                label={t('trigger.editor.choice')}
                options={choices.map(one => ({
                  value: one,
                  label: t(`trigger.editor.choiceOption.${one}`),
                }))}
              />
              <DraftSelect
                {...field}
                name="scope"
                label={t('trigger.editor.scope')}
                options={(['owned', 'all'] as const).map(one => ({
                  value: one,
                  label: t(`trigger.facts.scopeChoice.${one}`),
                }))}
              />
            </div>
            {draft.choice === 'list' && (
              <DraftField
                {...field}
                name="list"
                label={t('trigger.editor.list')}
                help={t('trigger.editor.listHelp')}
                lines={4}
                required
              />
            )}
            {draft.choice === 'filter' && (
              <DraftField
                {...field}
                name="filterLines"
                label={t('trigger.editor.filterLines')}
                help={t('trigger.editor.filterLinesHelp')}
                lines={3}
                required
              />
            )}
            {draft.choice === 'expression' && (
              <DraftField
                {...field}
                name="componentsExpression"
                label={t('trigger.editor.componentsExpression')}
                help={t('trigger.editor.filterHelp')}
                required
              />
            )}
          </div>
        </Panel>
        <Panel heading={t('trigger.editor.howMuch')}>
          <div className={classes.fields}>
            <div className={classes.pair}>
              <DraftField
                {...field}
                name="tasksPerHour"
                label={t('trigger.editor.tasksPerHour')}
                help={t('trigger.editor.capHelp')}
                inputMode="numeric"
                required
              />
              <DraftField
                {...field}
                name="openAtOnce"
                label={t('trigger.editor.openAtOnce')}
                help={t('trigger.editor.capHelp')}
                inputMode="numeric"
                required
              />
            </div>
          </div>
        </Panel>
      </form>
      {template && (
        // The parameters are a form of their own, which cannot stand inside another one.
        <Panel heading={t('trigger.editor.parameters')}>
          <div className={classes.fields}>
            <ParameterFields
              key={template.name}
              template={template}
              draft={draft}
              onChange={change}
            />
          </div>
        </Panel>
      )}
      {saveButtons}
    </>
  );
}
