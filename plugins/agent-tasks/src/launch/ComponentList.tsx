import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import classNames from 'classnames';
import { type KeyboardEvent, useRef } from 'react';
import { nameOfEntity } from '../queue/useTeamTitles';
import { agentTasksTranslationRef } from '../translation';

/** As many as one looks over; the next ones are a page away. */
export const COMPONENTS_PER_PAGE = 25;

const useStyles = makeStyles(
  theme => ({
    list: {
      listStyle: 'none',
      margin: 0,
      padding: 0,
      borderTop: `1px solid ${theme.palette.divider}`,
    },
    stale: { opacity: 0.55 },
    row: {
      display: 'flex',
      alignItems: 'center',
      gap: theme.spacing(1),
      minHeight: 40,
      padding: theme.spacing(0, 0.5),
      borderBottom: `1px solid ${theme.palette.divider}`,
      cursor: 'pointer',
      '&:hover': { backgroundColor: theme.palette.action.hover },
      '& input': {
        width: 16,
        height: 16,
        flex: 'none',
        margin: 0,
        accentColor: theme.palette.primary.main,
      },
    },
    words: { minWidth: 0, overflowWrap: 'anywhere' },
    note: {
      display: 'block',
      color: theme.palette.text.secondary,
      fontSize: theme.typography.caption.fontSize,
    },
    paging: {
      display: 'flex',
      alignItems: 'center',
      justifyContent: 'flex-end',
      gap: theme.spacing(1),
      marginTop: theme.spacing(1),
      color: theme.palette.text.secondary,
      fontVariantNumeric: 'tabular-nums',
    },
    button: { minWidth: 0 },
  }),
  { name: 'AgentTasksComponentList' },
);

/** A component in the list; of one that the catalog does not have, the ref alone. */
export interface ListedComponent {
  entityRef: string;
  entity?: Entity;
}

/** One page of components, each with a box to tick. The arrow keys go from one to the next. */
export function ComponentList(props: {
  label: string;
  components: ListedComponent[];
  total: number;
  page: number;
  /** The rows answer an earlier question; the new ones are on their way. */
  isStale: boolean;
  isSelected: (entityRef: string) => boolean;
  onToggle: (entityRef: string) => void;
  onPage: (page: number) => void;
}) {
  const { t } = useTranslationRef(agentTasksTranslationRef);
  const classes = useStyles();
  const list = useRef<HTMLUListElement>(null);
  const { components, total, page } = props;
  const last = Math.max(0, Math.ceil(total / COMPONENTS_PER_PAGE) - 1);

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      const boxes = [...(list.current?.querySelectorAll('input') ?? [])];
      const at = boxes.indexOf(event.currentTarget);
      boxes[at + step]?.focus();
      event.preventDefault();
    }
  };

  return (
    <>
      <ul
        ref={list}
        aria-label={props.label}
        aria-busy={props.isStale}
        className={classNames(classes.list, { [classes.stale]: props.isStale })}
      >
        {components.map(({ entityRef, entity }) => (
          <li key={entityRef}>
            <label className={classes.row} title={entityRef}>
              <input
                type="checkbox"
                checked={props.isSelected(entityRef)}
                onChange={() => props.onToggle(entityRef)}
                onKeyDown={onKeyDown}
              />
              <span className={classes.words}>
                {titleOf(entity) ?? nameOfEntity(entityRef)}
                <span className={classes.note}>
                  {entity ? describe(entity) : entityRef}
                </span>
              </span>
            </label>
          </li>
        ))}
      </ul>
      {last > 0 && (
        <nav aria-label={t('launchPage.pages')} className={classes.paging}>
          <span role="status">
            {t('queue.range', {
              from: String(page * COMPONENTS_PER_PAGE + 1),
              to: String(Math.min(total, (page + 1) * COMPONENTS_PER_PAGE)),
              all: String(total),
            })}
          </span>
          <Button
            size="small"
            className={classes.button}
            disabled={page === 0}
            onClick={() => props.onPage(page - 1)}
          >
            {t('queue.previous')}
          </Button>
          <Button
            size="small"
            className={classes.button}
            disabled={page >= last}
            onClick={() => props.onPage(page + 1)}
          >
            {t('queue.nextPage')}
          </Button>
        </nav>
      )}
    </>
  );
}

/** The rows of entities. */
export function toListedComponents(entities: Entity[]): ListedComponent[] {
  return entities.map(entity => ({
    entity,
    entityRef: stringifyEntityRef(entity),
  }));
}

function titleOf(entity: Entity | undefined): string | undefined {
  return entity && (entity.metadata.title ?? entity.metadata.name);
}

/** What tells components of one name apart, and what one filters by. */
function describe(entity: Entity): string {
  const { spec } = entity;
  const owner = entity.relations?.find(({ type }) => type === 'ownedBy');
  return [
    entity.metadata.title && entity.metadata.name,
    entity.metadata.namespace !== 'default' && entity.metadata.namespace,
    owner ? nameOfEntity(owner.targetRef) : undefined,
    spec?.type,
    spec?.lifecycle,
  ]
    .filter(one => typeof one === 'string' && one)
    .join(' · ');
}
