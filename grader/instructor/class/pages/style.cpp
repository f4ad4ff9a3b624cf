#include "class/pages/style.hpp"

namespace grader {

const std::string_view page_style = R"css(
:root {
  color-scheme: light dark;
  --paper: #fcfcfa; --raised: #ffffff; --ink: #1d2126; --soft: #5a626c; --line: #e3e4e0; --link: #1a5f9e;
  --accent: #3b6ea5; --tint: #f3f4f0; --good: #2f7d4f; --wrong: #c0443b; --todo: #9aa1a9; --broken: #9a6212;
  --stopped: #c98a23;
  --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15181c; --raised: #1c2025; --ink: #e6e8ea; --soft: #a2abb5; --line: #2e343b; --link: #82b7ea;
    --accent: #7aa9d8; --tint: #21262c; --good: #5cb583; --wrong: #ec7d73; --todo: #7d8690; --broken: #dfae57;
    --stopped: #dfae57;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 var(--sans); }
main { max-width: 56rem; margin: 0 auto; padding: 3.5rem 1.5rem 5rem; overflow-wrap: anywhere; }
h1, h2, h3, p, dl, dd, ul, figure, pre { margin: 0; }
h1 { font-size: 2rem; line-height: 1.2; letter-spacing: -0.015em; font-weight: 650; text-wrap: balance; }
h2 { font-size: 1.25rem; line-height: 1.3; letter-spacing: -0.005em; font-weight: 650; }
h3 { font-size: 1rem; font-weight: 600; }
a { color: var(--link); text-decoration-thickness: 1px; text-underline-offset: 0.18em; }
code, pre { font-family: var(--mono); font-size: 0.86em; }
pre { background: var(--tint); border-radius: 6px; padding: 0.8rem 1rem; line-height: 1.5; white-space: pre-wrap; }
section { margin-top: 3.25rem; }
section > h2 + * { margin-top: 0.5rem; }
section > p { max-width: 52rem; }
section > p + .tests { margin-top: 0.9rem; }
section > * + .scroll, section > * + figure, section > * + ul, section > * + pre { margin-top: 1.1rem; }
.soft, .eyebrow, figcaption { color: var(--soft); }
.soft, figcaption { font-size: 0.9rem; }
.eyebrow { font-size: 0.9rem; margin-bottom: 0.4rem; }
h1 + p { margin-top: 0.6rem; }
nav { margin-top: 1.5rem; padding: 0.6rem 0; border: solid var(--line); border-width: 1px 0; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; list-style: none; padding: 0; font-size: 0.9rem; }
nav a { text-decoration: none; }
nav a:hover { text-decoration: underline; }
.number, td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.good { color: var(--good); } .wrong { color: var(--wrong); } .broken { color: var(--broken); }
.notice { border-left: 3px solid var(--broken); padding: 0.1rem 0 0.1rem 1rem; margin-top: 1.5rem; max-width: 42rem; }
.notice + .notice { margin-top: 1rem; }

.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); gap: 1.25rem; }
.tiles dt { color: var(--soft); font-size: 0.9rem; }
.tiles dd { font-size: 1.5rem; line-height: 1.3; font-weight: 600; letter-spacing: -0.01em; white-space: nowrap;
  font-variant-numeric: tabular-nums; }
figure { padding: 0.5rem 0.75rem 0; }
svg { display: block; width: 100%; overflow: visible; }
svg text { font: 0.8rem var(--sans); fill: var(--soft); font-variant-numeric: tabular-nums; }
svg .column { fill: var(--accent); } svg .count { fill: var(--ink); }
svg .axis { stroke: var(--line); } svg .middle { stroke: var(--ink); stroke-dasharray: 3 3; }
figcaption { margin-top: 0.5rem; text-align: center; }

.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.5rem 0.75rem 0.5rem 0; border-top: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 0; }
th.number, td.number { padding-left: 0.5rem; }
thead th { border-top: 0; padding-top: 0; color: var(--soft); font-size: 0.9rem; font-weight: 400; }
tbody th { font-weight: 400; min-width: 9rem; }
tbody.group th[scope=rowgroup] { padding-top: 1.5rem; border-top: 0; font-weight: 650; }
tbody.group:first-of-type th[scope=rowgroup] { padding-top: 0.5rem; }
td small, li small { display: block; color: var(--soft); font-size: 0.85rem; line-height: 1.45; }
tfoot td, tfoot th { font-weight: 650; }

.bar { display: flex; height: 0.5rem; border-radius: 3px; overflow: hidden; background: var(--tint); margin: 0.5rem 0; }
.bar span { display: block; }
.bar .passed, .key .passed { background: var(--good); } .bar .failed, .key .failed { background: var(--wrong); }
.bar .todo, .key .todo { background: var(--todo); } .bar .stopped, .key .stopped { background: var(--stopped); }
.key { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; list-style: none; padding: 0; font-size: 0.9rem;
  color: var(--soft); }
.key span { display: inline-block; width: 0.7rem; height: 0.7rem; border-radius: 2px; margin-right: 0.45rem; }
td code, dd code, p code { display: inline-block; }
td.remark, th.words + th.words, th.number + th.words { padding-left: 0.75rem; }
td.share { width: 3.5rem; } td.outcome { width: 46%; padding-left: 0.75rem; } td.outcome .bar { margin-bottom: 0.3rem; }

.list, .plain { list-style: none; padding: 0; }
.list > li { border-top: 1px solid var(--line); padding: 0.8rem 0; display: grid; grid-template-columns: 3rem 1fr; }
.list > li > .number { text-align: left; font-size: 1.25rem; line-height: 1.25; font-weight: 600; }
details { margin-top: 0.4rem; }
summary { cursor: pointer; color: var(--link); font-size: 0.9rem; width: fit-content; }
summary:focus-visible, a:focus-visible, .scroll:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
details[open] > summary { margin-bottom: 0.4rem; }

.score { display: flex; align-items: baseline; gap: 0.5rem; margin-top: 1.75rem; font-variant-numeric: tabular-nums; }
.score strong { font-size: 3.5rem; line-height: 1; font-weight: 650; letter-spacing: -0.03em; }
.score span { color: var(--soft); font-size: 1.1rem; }
.score + .bar { margin: 1rem 0 1.25rem; height: 0.6rem; }
article { border-top: 1px solid var(--line); padding: 0.65rem 0; }
article > header { display: grid; grid-template-columns: 1.5rem 1fr auto; align-items: baseline; }
article.passed h3, article.not-built h3 { font-weight: 400; }
article .status { color: var(--soft); font-weight: 400; }
article.failed .status { color: var(--wrong); } article.stopped .status { color: var(--broken); }
.mark { font-weight: 700; }
.passed .mark { color: var(--good); } .failed .mark { color: var(--wrong); } .stopped .mark { color: var(--broken); }
.todo .mark { color: var(--todo); }
article > dl { display: grid; grid-template-columns: 10.5rem 1fr; gap: 0.35rem 1rem; margin: 0.5rem 0 0.75rem 1.5rem; }
article > p, article > details { margin: 0.35rem 0 0.35rem 1.5rem; }
article dt { color: var(--soft); }
article dd ul { list-style: none; padding: 0; } article dd li + li { margin-top: 0.25rem; }
.mistake { grid-column: 1 / -1; background: var(--tint); border-radius: 6px; padding: 0.8rem 1rem; margin: 0.35rem 0; }
.mistake p + p { margin-top: 0.2rem; }
.tasks td.outcome { width: 100%; }
.tasks tbody th { min-width: 6.5rem; }
.tasks .bar { margin: 0.55rem 0; }
footer { margin-top: 4rem; padding-top: 1rem; border-top: 1px solid var(--line); }
footer { color: var(--soft); font-size: 0.85rem; }
footer p + p { margin-top: 0.35rem; }

@media (max-width: 46rem) {
  main { padding: 2rem 1.1rem 3rem; }
  h1 { font-size: 1.6rem; }
  section { margin-top: 2.5rem; }
  svg text { font-size: 0.7rem; }
  article > dl { grid-template-columns: 1fr; gap: 0; }
  article dt { font-size: 0.85rem; margin-top: 0.4rem; }
  .outcomes thead, .students thead { position: absolute; width: 1px; height: 1px; overflow: hidden; }
  .outcomes thead, .students thead { clip-path: inset(50%); }
  .outcomes, .outcomes tbody, .students, .students tbody { display: block; }
  .outcomes tr, .students tr { display: grid; border-top: 1px solid var(--line); padding: 0.5rem 0; }
  .outcomes th, .outcomes td, .students th, .students td { border: 0; padding: 0; }
  .outcomes tr { grid-template-columns: 1fr auto 3.25rem; column-gap: 0.6rem; }
  .outcomes tbody.group tr:first-child { border-top: 0; }
  .outcomes tbody.group th[scope=rowgroup] { grid-column: 1 / -1; padding: 0.75rem 0 0; }
  .outcomes td.outcome { grid-column: 1 / -1; width: auto; padding: 0; }
  .outcomes td.share { width: auto; }
  .outcomes .points { color: var(--soft); }
  .outcomes .points::after { content: " pt"; }
  .students tr { grid-template-columns: auto auto 1fr; column-gap: 1rem; }
  .students th { grid-column: 1 / 3; }
  .students .points, .students .late, .students .tries { color: var(--soft); font-size: 0.85rem; text-align: left; }
  .students .points::before { content: "points "; }
  .students .late:not(:empty)::before { content: "late "; }
  .students .tries::before { content: "tries "; }
  .students .tries { order: 1; } .students .late { order: 2; }
  .students .late small { display: inline; margin-left: 0.4rem; }
  .students td.remark { grid-column: 1 / -1; order: 3; padding: 0; font-size: 0.9rem; }
}
@media print {
  :root { --paper: #fff; --ink: #000; --soft: #444; --line: #ccc; --tint: #f4f4f4; --link: #000; --good: #2f7d4f;
    --wrong: #c0443b; --todo: #9aa1a9; --broken: #9a6212; --stopped: #c98a23; --accent: #3b6ea5; }
  body { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  section { margin-top: 1.75rem; }
  article, tr, .list > li, figure { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  .bar, .bar span, .key span, svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
)css";

}  // namespace grader
