export type Theme = 'system' | 'light' | 'dark';

interface Stored {
  theme: Theme;
  boxes: boolean;
  motion: boolean;
  areas: boolean;
  tileSize: 'small' | 'medium' | 'large';
}

const key = 'framegate.preferences';
const initial: Stored = { theme: 'system', boxes: true, motion: true, areas: true, tileSize: 'medium' };

/** How this person likes to see things, kept in this browser. */
class Preferences implements Stored {
  theme = $state<Theme>(initial.theme);
  boxes = $state(initial.boxes);
  motion = $state(initial.motion);
  areas = $state(initial.areas);
  tileSize = $state<Stored['tileSize']>(initial.tileSize);

  constructor() {
    Object.assign(this, readStored());
  }

  /** Call it in an effect: applies and keeps what has changed. */
  keep(): void {
    const { theme, boxes, motion, areas, tileSize } = this;
    document.documentElement.dataset['theme'] = theme;
    try {
      localStorage.setItem(key, JSON.stringify({ theme, boxes, motion, areas, tileSize }));
    } catch {
      // A browser that keeps nothing shows all as it is at first.
    }
  }
}

function readStored(): Partial<Stored> {
  try {
    const stored: Partial<Stored> = JSON.parse(localStorage.getItem(key) ?? '{}');
    return stored;
  } catch {
    return {};
  }
}

export const preferences = new Preferences();
