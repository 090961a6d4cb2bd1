/** Lets the shown clock tick. Without it the pages work the same; the clock then shows the load time. */
export const script = `
const clock = document.querySelector('[data-clock]');
const start = Number(clock.dataset.clock);
const loaded = performance.now();
const form = new Intl.DateTimeFormat('en-GB', {
	timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short', year: 'numeric',
	hour: '2-digit', minute: '2-digit', second: '2-digit',
});
setInterval(() => {
	const now = start + performance.now() - loaded;
	clock.dateTime = new Date(now).toISOString();
	clock.textContent = form.format(now) + ' UTC';
}, 1000);
`;
