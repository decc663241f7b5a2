import type { Component } from 'svelte';
import Api from './Api.svelte';
import Audit from './Audit.svelte';
import Camera from './Camera.svelte';
import Events from './Events.svelte';
import Ledger from './Ledger.svelte';
import Live from './Live.svelte';
import Notifications from './Notifications.svelte';
import Promise from './Promise.svelte';

interface Page {
  /** In the navigation; a page without it is reached by links. */
  readonly title?: string;
  /** The paths that it shows; groups become its properties. */
  readonly path: RegExp;
  readonly href: string;
  // oxlint-disable-next-line typescript/no-explicit-any -- each page has properties of its own
  readonly component: Component<any>;
}

/** All pages, in the order of the navigation. A new one is a component beside this file and a line here. */
export const pages: readonly Page[] = [
  { title: 'Live', path: /^\/(live)?$/, href: '/live', component: Live },
  { path: /^\/cameras\/(?<site>[^/]+)\/(?<camera>[^/]+)$/, href: '/live', component: Camera },
  { title: 'Promise', path: /^\/promise$/, href: '/promise', component: Promise },
  { title: 'Ledger', path: /^\/ledger$/, href: '/ledger', component: Ledger },
  { title: 'Events', path: /^\/events$/, href: '/events', component: Events },
  { title: 'Notifications', path: /^\/notifications$/, href: '/notifications', component: Notifications },
  { title: 'API', path: /^\/api$/, href: '/api', component: Api },
  { path: /^\/audit$/, href: '/events', component: Audit },
];
