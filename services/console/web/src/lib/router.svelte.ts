/** Where the browser is. Links are plain anchors; this follows them without loading the page anew. */
class Router {
  path = $state(location.pathname);

  constructor() {
    addEventListener('popstate', () => (this.path = location.pathname));
    addEventListener('click', (event) => {
      const anchor = event.target instanceof Element ? event.target.closest('a') : null;
      const isPlain =
        event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
      if (!anchor || !isPlain || anchor.target || anchor.hasAttribute('download')) return;
      if (anchor.origin !== location.origin || anchor.dataset['reload'] !== undefined) return;
      event.preventDefault();
      this.go(anchor.pathname + anchor.search);
    });
  }

  go(path: string): void {
    if (path === location.pathname + location.search) return;
    history.pushState(null, '', path);
    this.path = location.pathname;
    scrollTo(0, 0);
    // A screen reader goes on at what is new.
    document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true });
  }
}

export const router = new Router();
