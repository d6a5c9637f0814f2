import {
  agentTaskTemplateManagePermission,
  type TemplateRevision,
} from '@agent-tasks/plugin-agent-tasks-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { JsonObject } from '@backstage/types';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import Skeleton from '@material-ui/lab/Skeleton';
import {
  lazy,
  Suspense,
  useCallback,
  useDeferredValue,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { PlotBoundary } from '../../charts/PlotBoundary';
import { Panel } from '../../task/Panel';
import { agentTasksTranslationRef } from '../../translation';
import { TextComparison } from '../diff/TextComparison';
import { type ChosenComponent, ComponentField } from './ComponentField';
import { ConflictDialog } from './ConflictDialog';
import { DraftNote } from './DraftNote';
import { EditorBar } from './EditorBar';
import { FormPreview } from './FormPreview';
import { LeaveDialog } from './LeaveDialog';
import { ProblemList } from './ProblemList';
import { PromptPreview } from './PromptPreview';
import { TrialDialog } from './TrialDialog';
import { useLeaveGuard } from './useLeaveGuard';
import { useParsedTemplate } from './useParsedTemplate';
import { usePromptPreview } from './usePromptPreview';
import { useSaveTemplate } from './useSaveTemplate';
import { type SavedText, useTemplateText } from './useTemplateText';
import type { EditorTarget } from './YamlEditor';

const YamlEditor = lazy(() => import('./YamlEditor'));

const useStyles = makeStyles(
  theme => ({
    columns: {
      display: 'grid',
      gridTemplateColumns: 'minmax(0, 3fr) minmax(0, 2fr)',
      alignItems: 'start',
      gap: theme.spacing(0, 2),
      [theme.breakpoints.down('sm')]: {
        gridTemplateColumns: 'minmax(0, 1fr)',
      },
    },
    help: {
      display: 'block',
      margin: theme.spacing(0.5, 0, 2),
      fontSize: theme.typography.caption.fontSize,
    },
  }),
  { name: 'AgentTasksTemplateEditor' },
);

/**
 * The text of a template beside what it becomes: the form of a launch, and the prompt on a component. What is wrong with it
 * stands below. Nothing that is typed is lost before it is saved.
 */
export function TemplateEditor(props: {
  /** Absent for a template that is new. */
  name?: string;
  title: string;
  current: SavedText;
  /** What a draft of an earlier visit was made from, where it is no longer the current revision. */
  base?: SavedText;
  /** Whose draft it is. */
  draftKey: string;
  /** Why it is only looked at, where it is. */
  readOnly?: 'source' | 'permission';
  /** Whether the person may write templates; who may not sees no prompt rendered. */
  mayManage: boolean;
  onSaved: (revision: TemplateRevision) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const id = useId();
  const { name, readOnly, mayManage } = props;
  const document = useTemplateText({
    draftKey: readOnly ? undefined : props.draftKey,
    current: props.current,
    base: props.base,
  });
  const { text, isChanged } = document;
  const parsed = useParsedTemplate({ text, name });
  const save = useSaveTemplate({ name, document, onSaved: props.onSaved });
  const guard = useLeaveGuard(isChanged);
  const [target, setTarget] = useState<EditorTarget>();
  const [isComparing, setComparing] = useState(false);
  const [isTrying, setTrying] = useState(false);
  const [component, setComponent] = useState<ChosenComponent>();
  const [filledIn, setFilledIn] = useState<JsonObject>({});
  const schema = useLastSchema(parsed.template?.spec.parameters);
  const rendered = usePromptPreview({
    yaml: parsed.template && parsed.text,
    component: mayManage ? component?.entityRef : undefined,
    parameters: filledIn,
  });

  // What the backend finds beyond, such as an owner that it does not know; of an older text it may no longer be true.
  const { preview } = rendered;
  const problems = useMemo(
    () => [
      ...parsed.problems,
      ...(preview?.problems ?? [])
        .filter(
          problem =>
            !parsed.problems.some(
              own =>
                own.line === problem.line && own.message === problem.message,
            ),
        )
        .map(problem => ({ ...problem, isFromServer: true })),
    ],
    [parsed.problems, preview?.problems],
  );
  const goTo = useCallback(
    ({ line, column }: EditorTarget) => setTarget({ line, column }),
    [],
  );
  const compared = useDeferredValue(text);
  const { theirs } = save.state;

  return (
    <>
      {document.restored && (
        <DraftNote
          draft={document.restored}
          revision={document.current.revision}
        />
      )}
      <EditorBar
        isNew={name === undefined}
        readOnly={readOnly}
        document={document}
        hasErrors={!parsed.template}
        save={save}
        isComparing={isComparing}
        onCompare={() => setComparing(!isComparing)}
        onTry={() => setTrying(true)}
      />
      {isComparing && isChanged && (
        <Panel heading={t('templates.editor.changes')}>
          <TextComparison
            label={t('templates.editor.changes')}
            before={{
              title: t('templates.editor.textSaved', {
                number: String(document.base.revision ?? 0),
              }),
              text: document.base.text,
            }}
            after={{ title: t('templates.editor.textMine'), text: compared }}
          />
        </Panel>
      )}
      <div className={classes.columns}>
        <div>
          <PlotBoundary fallback={t('templates.editor.loadFailed')}>
            <Suspense
              fallback={<Skeleton variant="rect" height="64vh" aria-busy />}
            >
              <YamlEditor
                label={t('templates.editor.text')}
                describedBy={`${id}-help`}
                text={text}
                version={document.version}
                isReadOnly={readOnly !== undefined || save.state.isSaving}
                problems={problems}
                target={target}
                onChange={document.edit}
              />
            </Suspense>
          </PlotBoundary>
          <span id={`${id}-help`} className={classes.help}>
            {t('templates.editor.textHelp')}
          </span>
          <Panel heading={t('templates.editor.problems')}>
            <ProblemList problems={problems} onGoTo={goTo} />
          </Panel>
        </div>
        <div>
          <Panel heading={t('templates.editor.form')}>
            <FormPreview
              schema={schema}
              isStale={!parsed.template}
              value={filledIn}
              onChange={setFilledIn}
            />
          </Panel>
          <Panel heading={t('templates.editor.prompt')}>
            {mayManage ? (
              <>
                <ComponentField
                  value={component}
                  help={t('templates.editor.componentHelp')}
                  onChange={setComponent}
                />
                <PromptPreview
                  hasComponent={component !== undefined}
                  isBroken={!parsed.template}
                  state={rendered}
                />
              </>
            ) : (
              <Typography variant="body2" color="textSecondary">
                {t('templates.editor.previewForbidden', {
                  permission: agentTaskTemplateManagePermission.name,
                })}
              </Typography>
            )}
          </Panel>
        </div>
      </div>
      {isTrying && name !== undefined && (
        <TrialDialog
          name={name}
          title={props.title}
          text={text}
          base={document.base}
          component={component}
          parameters={filledIn}
          onClose={() => setTrying(false)}
        />
      )}
      {theirs && (
        <ConflictDialog
          base={document.base}
          theirs={theirs}
          mine={text}
          onClose={save.dismiss}
          onKeepMine={() => {
            document.rebase({ text: theirs.yaml, revision: theirs.number });
            save.dismiss();
          }}
          onTakeTheirs={() => {
            document.replace({ text: theirs.yaml, revision: theirs.number });
            save.dismiss();
          }}
        />
      )}
      {guard.isAsked && (
        <LeaveDialog
          isKept={document.isKept}
          onStay={guard.stay}
          onLeave={guard.leave}
        />
      )}
    </>
  );
}

/** The schema of the newest text without errors; the same object for as long as it says the same. */
function useLastSchema(schema: JsonObject | undefined): JsonObject | undefined {
  const last = useRef<{ json: string; schema: JsonObject }>();
  const json = useMemo(
    () => schema && JSON.stringify(schema, withoutAutofocus),
    [schema],
  );
  if (json !== undefined && last.current?.json !== json) {
    last.current = { json, schema: JSON.parse(json) };
  }
  return last.current?.schema;
}

/** The form is drawn anew as its schema is written, and must not take the focus away from the text each time. */
function withoutAutofocus(key: string, value: unknown): unknown {
  if (key === 'ui:options' && typeof value === 'object' && value !== null) {
    return { ...value, autofocus: undefined };
  }
  return key === 'ui:autofocus' ? undefined : value;
}
