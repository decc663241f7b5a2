import { colourProperties } from './colours.ts';
import { plotStyle } from './plot/plot-style.ts';

export const pageStyle = `
:root{${colourProperties('light')};color-scheme:light dark}
@media screen and (prefers-color-scheme:dark){:root{${colourProperties('dark')}}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:57rem;padding:2.5rem 1rem 4rem;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:break-word}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 .6rem;letter-spacing:-.01em;text-wrap:balance}
h2{font-size:1.25rem;line-height:1.3;margin:3rem 0 .8rem;padding-top:.9rem;border-top:1px solid var(--grid)}
p{margin:.6rem 0;max-width:42rem;text-wrap:pretty}
.lead{font-size:1.1rem;color:var(--faintInk);margin:0}
.note{color:var(--faintInk);font-size:.875rem}
a{color:inherit}
code,pre{font:.875rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
pre{margin:.6rem 0;padding:.7rem .9rem;border:1px solid var(--grid);border-radius:6px;overflow-x:auto;white-space:pre-wrap}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:1.2rem 1.5rem;margin:1.5rem 0}
.figures div{border-left:3px solid var(--series-0);padding-left:.8rem}
.figures dt{font-size:.875rem;color:var(--faintInk)}
.figures dd{margin:0}
.figures strong{font-size:1.6rem;line-height:1.25;font-weight:650}
.verdicts{list-style:none;margin:1rem 0;padding:0}
.verdicts li{display:grid;grid-template-columns:9rem 1fr auto;gap:0 1rem;padding:.45rem 0;border-bottom:1px solid var(--grid)}
.verdicts .good b{color:var(--good)}
.verdicts .bad b{color:var(--bad)}
.scroll{overflow-x:auto;margin:1.2rem 0}
table{border-collapse:collapse;width:100%;font-size:.9rem}
caption{text-align:left;font-weight:600;padding-bottom:.5rem}
th,td{padding:.35rem .7rem;text-align:left;vertical-align:baseline}
th:first-child,td:first-child{padding-left:0}
tbody th{font-weight:400}
thead th{vertical-align:bottom;border-bottom:1.5px solid var(--rule);font-weight:600}
tbody tr{border-bottom:1px solid var(--grid)}
.group th{padding-top:1rem;font-weight:600}
.number{text-align:right;white-space:nowrap}
tbody th{white-space:nowrap}
td:not(.number){min-width:7rem}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.scroll{position:relative}
figure{margin:1.6rem 0}
figcaption{margin-bottom:.5rem;font-size:.95rem}
figcaption span{color:var(--faintInk)}
svg.plot{display:block;width:100%;height:auto}
.narrow{display:none}
.strip{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(14rem,100%),1fr));gap:1rem}
.strip figure{margin:0;break-inside:avoid}
.strip svg polygon{fill:none;stroke-width:2;vector-effect:non-scaling-stroke}
.strip svg .found{stroke:#ffb000;fill:#ffb000;fill-opacity:.08}
.strip svg .expected{stroke:#5db3ec;stroke-dasharray:5 3}
.strip svg .masked{stroke:#fff;stroke-dasharray:2 3;fill:#000;fill-opacity:.35}
.strip svg .hidden{stroke:#fff;fill:#000}
.strip img,.strip svg{display:block;width:100%;height:auto;border-radius:4px}
.strip figcaption{margin:.35rem 0 0;font-size:.875rem;color:var(--faintInk)}
.timeline{list-style:none;margin:1rem 0;padding:0 0 0 1.1rem;border-left:2px solid var(--grid)}
.timeline li{position:relative;margin:.8rem 0}
.timeline li::before{content:"";position:absolute;left:-1.45rem;top:.5rem;width:.6rem;height:.6rem;border-radius:50%;background:var(--series-0)}
.timeline p{margin:.1rem 0}
.timeline .at{display:inline-block;min-width:3.2rem}
.timeline summary{cursor:pointer}
.details{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:.4rem 0 .4rem 1rem;font-size:.875rem}
.details dt{color:var(--faintInk)}
.details dd{margin:0}
footer{margin-top:3.5rem;padding-top:.8rem;border-top:1px solid var(--grid);font-size:.875rem;color:var(--faintInk)}
footer p{max-width:none}
:focus-visible{outline:2px solid var(--series-0);outline-offset:2px}
@media (max-width:40rem){
body{padding-top:1.5rem}h1{font-size:1.5rem}
.wide{display:none}.narrow{display:block}
.verdicts li{grid-template-columns:1fr}
.figures{grid-template-columns:1fr 1fr}
}
@media print{
body{max-width:none;padding:0;font-size:10pt}
.wide{display:block}.narrow{display:none}
figure,tr,.figures{break-inside:avoid}h2,figcaption{break-after:avoid}.scroll{overflow:visible}
}
${plotStyle}`;
