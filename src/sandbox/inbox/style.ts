/** The inbox's style sheet: one accent colour, light and dark, from 320 px up. */
export const style = `
:root {
	color-scheme: light dark;
	--ground: light-dark(#f5f7f6, #0f1615);
	--surface: light-dark(#ffffff, #18211f);
	--line: light-dark(#d5dddb, #2c3936);
	--control: light-dark(#7a8a86, #6f827d);
	--text: light-dark(#17211f, #e6edeb);
	--quiet: light-dark(#52605d, #a3b2ae);
	--accent: light-dark(#0f5c5c, #7fd1c7);
	--on-accent: light-dark(#ffffff, #08201e);
	--accent-wash: light-dark(#e2f0ee, #1c3431);
	--good: light-dark(#1c6433, #8fd6a3);
	--bad: light-dark(#9c2b21, #ffa99e);
	--radius: 0.75rem;
	--mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, monospace;
}
*, ::before, ::after { box-sizing: border-box; }
body {
	margin: 0;
	background: var(--ground);
	color: var(--text);
	font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
	overflow-wrap: anywhere;
}
h1, h2, p, ul, dl, dd, pre, fieldset { margin: 0; padding: 0; }
ul { list-style: none; }
h1 { font-size: clamp(1.5rem, 1.2rem + 1.2vw, 2rem); line-height: 1.2; letter-spacing: -0.01em; text-wrap: balance; }
h2 { font-size: 1.0625rem; line-height: 1.35; }
a { color: var(--accent); text-underline-offset: 0.2em; }
a:hover { text-decoration-thickness: 2px; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 0.25rem; }
main:focus { outline: none; }
code, pre { font-family: var(--mono); font-size: 0.875rem; }
.quiet, .label { color: var(--quiet); font-size: 0.9375rem; }
.skip { position: absolute; inset-inline-start: 1rem; inset-block-start: -4rem; background: var(--surface); padding: 0.5rem 1rem; }
.skip:focus { inset-block-start: 0.5rem; z-index: 1; }

.top { background: var(--surface); border-block-end: 1px solid var(--line); }
.bar, .clock, main, footer { max-inline-size: 64rem; margin-inline: auto; padding-inline: clamp(1rem, 4vw, 2rem); }
.bar { display: flex; flex-wrap: wrap; gap: 0.25rem 2rem; align-items: center; padding-block-start: 0.75rem; }
.brand { font-weight: 700; }
.brand a { color: inherit; text-decoration: none; }
.bar nav ul { display: flex; flex-wrap: wrap; margin-inline: -0.75rem; }
.bar nav a { display: block; padding: 0.625rem 0.75rem; color: var(--quiet); text-decoration: none; border-block-end: 3px solid transparent; }
.bar nav a:hover { color: var(--text); }
.bar nav a[aria-current] { color: var(--accent); border-color: currentColor; font-weight: 600; }
.clock { display: flex; flex-wrap: wrap; gap: 0.75rem 1.5rem; align-items: center; justify-content: space-between; padding-block: 0.75rem 1rem; }
.clock .label { display: block; }
.clock time { font-variant-numeric: tabular-nums; font-weight: 600; }
.clock form { display: flex; flex-wrap: wrap; gap: 0.5rem; align-items: center; }
.clock form .quiet { margin-inline-end: 0.5rem; }

main { padding-block: clamp(1.5rem, 4vw, 2.5rem); display: grid; gap: 1.5rem; min-inline-size: 0; }
main > *, .reading > * { min-inline-size: 0; }
footer { padding-block: 0 2rem; color: var(--quiet); font-size: 0.875rem; }
.head { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; align-items: baseline; }
.back { font-size: 0.9375rem; }

button, input, select {
	font: inherit; color: inherit; background: var(--surface);
	border: 1px solid var(--control); border-radius: 0.5rem; padding: 0.5rem 0.875rem; min-block-size: 2.75rem;
}
button { cursor: pointer; font-weight: 600; }
button:hover { border-color: var(--accent); color: var(--accent); }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
button.primary:hover { color: var(--on-accent); filter: brightness(1.08); }
::placeholder { color: var(--quiet); opacity: 1; }
.filters { display: grid; gap: 0.75rem 1rem; grid-template-columns: repeat(auto-fit, minmax(min(13rem, 100%), 1fr)); align-items: end; }
.filters label { display: block; font-size: 0.875rem; font-weight: 600; margin-block-end: 0.25rem; }
.filters input, .filters select { inline-size: 100%; }
.actions { display: flex; gap: 1rem; align-items: center; }

.list { display: grid; gap: 0.75rem; }
.list.tight { gap: 0.5rem; }
.card { background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius); padding: 1rem 1.25rem; display: grid; gap: 0.375rem; min-inline-size: 0; }
.card.mail { position: relative; }
.card.mail:hover { border-color: var(--accent); }
.card.mail h2 a { text-decoration: none; color: var(--text); }
.card.mail h2 a::after { content: ''; position: absolute; inset: 0; border-radius: var(--radius); }
.card.mail:hover h2 a { color: var(--accent); }
.card.mail h2 a:focus-visible { outline: none; }
.card.mail h2 a:focus-visible::after { outline: 3px solid var(--accent); outline-offset: 2px; }
.meta { display: flex; flex-wrap: wrap; gap: 0 1rem; justify-content: space-between; color: var(--quiet); font-size: 0.875rem; }
.snippet { color: var(--quiet); font-size: 0.9375rem; }
.card.mail .snippet { display: -webkit-box; -webkit-line-clamp: 2; -webkit-box-orient: vertical; overflow: hidden; }
.tags { display: flex; flex-wrap: wrap; gap: 0.375rem; }
.tag { display: inline-block; border: 1px solid var(--line); border-radius: 99rem; padding: 0 0.625rem; font-size: 0.8125rem; line-height: 1.6; color: var(--quiet); }
.tag.accent { color: var(--accent); background: var(--accent-wash); border-color: transparent; }
.tag.good { color: var(--good); border-color: currentColor; }
.tag.bad { color: var(--bad); border-color: currentColor; font-weight: 600; }
.empty { background: var(--surface); border: 1px dashed var(--control); border-radius: var(--radius); padding: clamp(1.5rem, 6vw, 3rem); text-align: center; display: grid; gap: 0.5rem; justify-items: center; }
.empty p { max-inline-size: 34rem; }

.reading { display: grid; gap: 1.25rem; }
.facts { display: grid; gap: 0.25rem 1.5rem; font-size: 0.9375rem; }
.facts > div { display: flex; flex-wrap: wrap; gap: 0 0.75rem; }
.facts dt { color: var(--quiet); min-inline-size: 6rem; }
.facts.wide { grid-template-columns: repeat(auto-fit, minmax(min(18rem, 100%), 1fr)); }
.counts { display: grid; grid-template-columns: repeat(auto-fit, minmax(6.5rem, 1fr)); gap: 0.75rem; border-block-start: 1px solid var(--line); padding-block-start: 0.75rem; margin-block-start: 0.375rem; }
.counts > div { display: flex; flex-direction: column-reverse; }
.counts dt { color: var(--quiet); font-size: 0.8125rem; }
.counts dd { font-size: 1.375rem; font-weight: 650; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tabs { border-block-end: 1px solid var(--line); }
.tabs ul { display: flex; gap: 0.25rem; }
.tabs a { display: block; padding: 0.625rem 1rem; text-decoration: none; color: var(--quiet); border-block-end: 3px solid transparent; margin-block-end: -1px; }
.tabs a[aria-current] { color: var(--accent); border-color: currentColor; font-weight: 600; }
iframe { inline-size: 100%; block-size: max(30rem, 75vh); border: 1px solid var(--line); border-radius: var(--radius); background: #ffffff; resize: vertical; }
.paper { background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius); padding: 1.25rem; overflow: auto; max-block-size: 75vh; white-space: pre-wrap; line-height: 1.5; }
.request { padding: 0.625rem 1rem; }
.request .line, .request summary { display: flex; flex-wrap: wrap; gap: 0.25rem 0.75rem; align-items: baseline; }
.request summary { cursor: pointer; }
.request summary::marker { content: ''; }
.request summary code::before { content: '+ '; color: var(--accent); font-weight: 700; }
.request details[open] summary code::before { content: '− '; }
.request time { color: var(--quiet); font-size: 0.875rem; margin-inline-start: auto; }
.request .paper { margin-block-start: 0.75rem; max-block-size: 24rem; }
.person h2 { font-size: 1rem; }

.narrow { display: grid; place-items: start center; }
.narrow main { inline-size: min(32rem, 100%); margin-block-start: 8vh; }
.narrow form { display: grid; gap: 0.75rem; }
fieldset { border: 0; display: grid; gap: 0.5rem; margin-block-end: 0.5rem; }
legend { font-weight: 600; margin-block-end: 0.5rem; }
.choice { display: flex; gap: 0.75rem; align-items: start; background: var(--surface); border: 1px solid var(--line); border-radius: var(--radius); padding: 0.875rem 1rem; }
.choice input { min-block-size: 1.5rem; inline-size: 1.25rem; accent-color: var(--accent); flex: none; }
.notice { background: var(--accent-wash); color: var(--accent); border-radius: var(--radius); padding: 0.75rem 1rem; font-weight: 600; }
@media (min-width: 48rem) {
	.person { grid-template-columns: minmax(14rem, 1fr) 2fr; align-items: center; }
	.person .facts { grid-column: 1 / -1; }
}
@media (max-width: 30rem) {
	.bar nav ul { margin-inline: -0.5rem; }
	.bar nav a { padding: 0.5rem; font-size: 0.9375rem; }
	.clock { gap: 0.625rem; padding-block: 0.5rem 0.875rem; }
	.clock form { inline-size: 100%; display: grid; grid-template-columns: 1fr 1fr; }
	.clock form .primary, .clock form .quiet { grid-column: 1 / -1; padding-inline: 0.5rem; }
	.clock form .quiet { padding-inline: 0; }
	.clock button { font-size: 0.9375rem; }
	.card { padding: 0.875rem 1rem; }
}
`;
