/** What Thunderbird is told, so that it shows a message and nothing else: no account, no dialogs, no network. */

/** The settings file of a fresh profile. */
export function profileSettings(view: View): string {
	const settings = { ...quiet, ...views[view] };
	return Object.entries(settings)
		.map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
		.join('');
}

/** The ways Thunderbird shows one message, and what each of them takes. */
export const views = {
	light: { 'ui.systemUsesDarkTheme': 0 },
	dark: { 'ui.systemUsesDarkTheme': 1 },
	text: { 'mailnews.display.prefer_plaintext': true, 'mailnews.display.html_as': 1 },
} as const satisfies Record<string, Settings>;

const quiet: Settings = {
	// Local folders alone: without any account the program asks for one first.
	'mail.accountmanager.accounts': 'account1',
	'mail.accountmanager.defaultaccount': 'account1',
	'mail.accountmanager.localfoldersserver': 'server1',
	'mail.account.account1.server': 'server1',
	'mail.server.server1.type': 'none',
	'mail.server.server1.hostname': 'Local Folders',
	'mail.server.server1.name': 'Local Folders',
	'mail.server.server1.userName': 'nobody',
	'mail.provider.suppress_dialog_on_startup': true,
	'mail.accounthub.enabled': false,
	'mail.accounthub.enabled.firstrun': false,
	'mail.spotlight.firstRunDone': true,
	'mail.winsearch.firstRunDone': true,
	'mail.shell.checkDefaultClient': false,
	'mail.rights.version': 1,
	'mail.openMessageBehavior': 0,
	'mailnews.start_page.enabled': false,
	'mailnews.start_page_override.mstone': 'ignore',
	'app.donation.eoy.version.viewed': 999,
	'app.update.enabled': false,
	'app.normandy.enabled': false,
	'mail.inappnotifications.enabled': false,
	'datareporting.policy.dataSubmissionEnabled': false,
	'datareporting.policy.dataSubmissionPolicyBypassNotification': true,
	'toolkit.telemetry.enabled': false,
	'extensions.update.enabled': false,
	'extensions.getAddons.cache.enabled': false,
	// Nothing may leave the machine, and nothing may wait for an answer.
	'offline.startup_state': 3,
	'network.proxy.type': 1,
	'network.proxy.http': '127.0.0.1',
	'network.proxy.http_port': 9,
	'network.proxy.ssl': '127.0.0.1',
	'network.proxy.ssl_port': 9,
	'network.dns.disabled': true,
	'gfx.webrender.software': true,
	'layers.acceleration.disabled': true,
};

export type View = keyof typeof views;

type Settings = Readonly<Record<string, string | number | boolean>>;
