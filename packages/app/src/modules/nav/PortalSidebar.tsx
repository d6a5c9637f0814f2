import {
  Link,
  Sidebar,
  sidebarConfig,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarSpace,
} from '@backstage/core-components';
import { IconElement } from '@backstage/frontend-plugin-api';
import {
  NavContentComponentProps,
  NavContentNavItem,
} from '@backstage/plugin-app-react';
import { makeStyles } from '@material-ui/core/styles';
import { Logo } from './Logo';

const useStyles = makeStyles({
  logo: {
    height: 64,
    paddingLeft: (sidebarConfig.drawerWidthClosed - 28) / 2,
    display: 'flex',
    alignItems: 'center',
    flexShrink: 0,
  },
  narrowItem: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: 2,
    fontSize: 12,
    whiteSpace: 'nowrap',
  },
  narrowIcon: { display: 'flex', fontSize: 22 },
});

/** Where the extension ids of the portal's first and last entries stand; what else is installed stands between them. */
const FIRST = ['page:catalog', 'page:agent-tasks'];
const LAST = ['page:user-settings'];

export function PortalSidebar({ navItems }: NavContentComponentProps) {
  const classes = useStyles();
  const take = (ids: string[]) =>
    ids.flatMap(id => navItems.take(id) ?? []).map(renderItem);
  const first = take(FIRST);
  const last = take(LAST);
  return (
    <Sidebar>
      <Link to="/" underline="none" className={classes.logo} aria-label="Home">
        <Logo />
      </Link>
      <SidebarDivider />
      {first}
      {[...navItems.rest()]
        .sort((a, b) => a.title.localeCompare(b.title))
        .map(renderItem)}
      <SidebarSpace />
      <SidebarDivider />
      {last}
    </Sidebar>
  );
}

/** A group of its own for each item: on narrow screens the sidebar shows groups, and a group with `to` is a plain link. */
function renderItem(item: NavContentNavItem) {
  return (
    <SidebarGroup
      key={item.node.spec.id}
      label={item.title}
      icon={<NarrowItem icon={item.icon} title={item.title} />}
      to={item.href}
    >
      <SidebarItem icon={() => item.icon} to={item.href} text={item.title} />
    </SidebarGroup>
  );
}

/** Icon and word of a group, which by itself shows the icon alone. Its link bears the word as its label already. */
function NarrowItem(props: { icon: IconElement; title: string }) {
  const classes = useStyles();
  return (
    <span className={classes.narrowItem} aria-hidden>
      <span className={classes.narrowIcon}>{props.icon}</span>
      {props.title}
    </span>
  );
}
