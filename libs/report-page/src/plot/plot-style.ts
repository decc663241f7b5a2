import { seriesColours } from '../colours.ts';

const ofSeries = Array.from({ length: seriesColours }, (_, i) => i)
  .map(
    (i) =>
      `.plot .line.s${i}{stroke:var(--series-${i})}.plot .marker.s${i},.plot .bar.s${i},.plot .band.s${i}{fill:var(--series-${i})}`,
  )
  .join('');

/** How the parts of a plot look; the colours are custom properties around it. */
export const plotStyle = `
.plot{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif;font-variant-numeric:tabular-nums}
.plot text{fill:var(--ink)}
.plot .title{font-size:14px;font-weight:600}
.plot .tick,.plot .axis{fill:var(--faintInk)}
.plot .end{text-anchor:end}
.plot .middle{text-anchor:middle}
.plot .grid{stroke:var(--grid)}
.plot .rule{stroke:var(--rule)}
.plot .line{fill:none;stroke-width:1.75;stroke-linejoin:round}
.plot .marker{stroke:var(--paper);stroke-width:1}
.plot .band{fill-opacity:.18}
.plot .bar{stroke:var(--paper);stroke-width:.5}
.plot .whisker{fill:none;stroke:var(--ink);stroke-width:1.25}
.plot .threshold{stroke:var(--bad);stroke-width:1.25;stroke-dasharray:5 4}
.plot .note{font-size:11px}
.plot .halo{paint-order:stroke;stroke:var(--paper);stroke-width:3px;stroke-linejoin:round}
.plot .span.warning{fill:var(--span);fill-opacity:.2}
.plot .span.quiet{fill:var(--rule);fill-opacity:.16}
.plot .paper{fill:var(--paper);stroke:var(--grid)}
${ofSeries}`;
