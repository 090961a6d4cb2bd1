import { consentFields } from './contacts.ts';
import { everyPage } from './pages.ts';
import type { Property, Provider } from './provider.ts';
import { Stop, refusal } from './stop.ts';

/**
 * Makes the contact properties that hold consent, where they are missing, and reads them back.
 * Deletes and changes nothing.
 * @throws Stop where the provider refuses, or one stands there with another type
 */
export async function setUpProperties(provider: Provider): Promise<SetUpProperty[]> {
	const before = await listProperties(provider);
	refuseOtherTypes(before);
	const missing = consentProperties.filter(({ key }) => !before.some((one) => one.key === key));
	if (missing.length > 0) await create(missing, provider);
	const after = missing.length > 0 ? await listProperties(provider) : before;
	refuseOtherTypes(after);
	return consentProperties.map(({ key, type }) => {
		const found = after.find((one) => one.key === key);
		if (!found) throw unclear(key);
		return { key, type, id: found.id, isNew: !before.some((one) => one.key === key) };
	});
}

/** What is wrong with the contact properties, a sentence each. */
export function propertyFaults(found: readonly Property[]): string[] {
	return consentProperties.flatMap(({ key, type }) => {
		const one = found.find((property) => property.key === key);
		if (!one) return `${key} is missing.`;
		return one.type === type ? [] : `${key} is a ${one.type}, not a ${type}.`;
	});
}

/** Every contact property of the account. */
export async function listProperties(provider: Provider): Promise<Property[]> {
	const { items } = await everyPage(
		(after) => provider.listProperties(after),
		'list the contact properties',
	);
	return items;
}

async function create(missing: readonly Wanted[], provider: Provider): Promise<void> {
	for (const { key, type } of missing) {
		const outcome = await provider.createProperty(key, type);
		// One that appeared in the meantime is refused, and found again below.
		if (outcome.kind !== 'refused' || outcome.status === 409 || outcome.status === 422) continue;
		throw refusal(outcome, `create the contact property ${key}`);
	}
}

function refuseOtherTypes(found: readonly Property[]): void {
	const wrong = consentProperties.filter(({ key, type }) =>
		found.some((one) => one.key === key && one.type !== type),
	);
	if (wrong.length === 0) return;
	throw new Stop(
		'provider',
		`These contact properties have another type than consent needs: ${wrong.map(({ key, type }) => `${key} must be a ${type}`).join(', ')}.`,
		'A type cannot be changed. Remove them in the dashboard of Resend if nothing uses them, then run this again.',
	);
}

function unclear(key: string): Stop {
	return new Stop(
		'setup-unclear',
		`It is not known whether the contact property ${key} was created.`,
		'Run "npm run newsletter -- setup" again in a minute.',
	);
}

/** What the confirm page and the webhook write. Times are seconds since 1970. */
const consentProperties: readonly Wanted[] = Object.values(consentFields);

type Wanted = Pick<Property, 'key' | 'type'>;

export interface SetUpProperty extends Property {
	isNew: boolean;
}
