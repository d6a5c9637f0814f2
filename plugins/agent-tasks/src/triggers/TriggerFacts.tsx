import type { Trigger } from '@agent-tasks/plugin-agent-tasks-common';
import { discoveryApiRef, useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { Fragment, type ReactNode, useEffect, useState } from 'react';
import { ActorName } from '../links/ActorName';
import { TeamLink } from '../links/TeamLink';
import { TemplateLink } from '../links/TemplateLink';
import { RelativeTime } from '../time/RelativeTime';
import { agentTasksTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    list: {
      display: 'grid',
      gridTemplateColumns: 'minmax(90px, auto) minmax(0, 1fr)',
      gap: theme.spacing(0.75, 2),
      margin: 0,
      '& dt': { color: theme.palette.text.secondary },
      '& dd': { margin: 0, overflowWrap: 'anywhere' },
    },
    lines: { margin: 0, padding: 0, listStyle: 'none' },
  }),
  { name: 'AgentTasksTriggerFacts' },
);

/** What a trigger does, as it is set. */
export function TriggerFacts(props: { trigger: Trigger }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const { trigger } = props;
  const { schedule, webhook } = trigger;
  const word = (name: Word) => t(`trigger.facts.${name}`);
  const facts: [string, ReactNode][] = [
    [
      word('template'),
      <TemplateLink name={trigger.template}>{trigger.template}</TemplateLink>,
    ],
    [word('owner'), <TeamLink team={trigger.owner} />],
    [word('requester'), <code>trigger:{trigger.name}</code>],
  ];
  if (schedule) {
    facts.push(
      [
        word('when'),
        t('trigger.facts.zone', {
          cron: schedule.cron,
          timeZone: schedule.timeZone,
        }),
      ],
      [
        word('jitter'),
        t('trigger.facts.jitterValue', {
          seconds: String(schedule.jitterSeconds),
        }),
      ],
      [word('missed'), t(`trigger.facts.missedChoice.${schedule.missedRuns}`)],
      [word('overlap'), t(`trigger.facts.overlapChoice.${schedule.overlap}`)],
    );
  }
  if (webhook) {
    facts.push([
      word('source'),
      t(`trigger.facts.sourceChoice.${webhook.source}`),
    ]);
    if (webhook.events) {
      facts.push([word('events'), webhook.events.join(', ')]);
    }
    facts.push([
      word('address'),
      trigger.hookPath ? (
        <HookAddress hookPath={trigger.hookPath} />
      ) : (
        t('trigger.facts.throughBackstage')
      ),
    ]);
    if (webhook.secret) {
      facts.push([word('secret'), <code>{webhook.secret}</code>]);
    }
    if (webhook.filter) {
      facts.push([word('filter'), <code>{webhook.filter}</code>]);
    }
  }
  const parameters = [
    ...Object.entries(trigger.parameters).map(([name, value]) => [
      name,
      JSON.stringify(value),
    ]),
    ...Object.entries(webhook?.parameters ?? {}),
  ];
  if (parameters.length) {
    facts.push([
      word('parameters'),
      <ul className={classes.lines}>
        {parameters.map(([name, text]) => (
          <li key={name}>
            {name}: <code>{text}</code>
          </li>
        ))}
      </ul>,
    ]);
  }
  facts.push(
    [word('components'), <ComponentWords trigger={trigger} />],
    [word('scope'), t(`trigger.facts.scopeChoice.${trigger.scope}`)],
    [
      word('made'),
      <>
        <RelativeTime at={trigger.createdAt} />,{' '}
        <ActorName actor={trigger.createdBy} />
      </>,
    ],
    [
      word('changed'),
      <>
        <RelativeTime at={trigger.updatedAt} />,{' '}
        <ActorName actor={trigger.updatedBy} />
      </>,
    ],
  );
  return (
    <dl className={classes.list}>
      {facts.map(([label, value]) => (
        <Fragment key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

function ComponentWords(props: { trigger: Trigger }) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const { components, selection, webhook } = props.trigger;
  if (components) {
    return <>{components.join(', ')}</>;
  }
  if (selection) {
    return (
      <>
        {t('trigger.facts.selection')}: <code>{JSON.stringify(selection)}</code>
      </>
    );
  }
  return webhook?.components ? (
    <code>{webhook.components}</code>
  ) : (
    <>{t('trigger.facts.ofRepository')}</>
  );
}

/** Where a sender posts to. */
function HookAddress(props: { hookPath: string }) {
  const discovery = useApi(discoveryApiRef);
  const [base, setBase] = useState('');
  useEffect(() => {
    discovery.getBaseUrl('agent-tasks').then(setBase, () => {
      // The path alone says what there is to say.
    });
  }, [discovery]);
  return (
    <code>
      {base}
      {props.hookPath}
    </code>
  );
}

type Word =
  | 'template'
  | 'owner'
  | 'requester'
  | 'when'
  | 'jitter'
  | 'missed'
  | 'overlap'
  | 'source'
  | 'events'
  | 'address'
  | 'secret'
  | 'filter'
  | 'parameters'
  | 'components'
  | 'scope'
  | 'made'
  | 'changed';
