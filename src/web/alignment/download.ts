/** Hands a text to the person as a file. It is made in the page: nothing is asked of a server. */
export function download(name: string, type: string, text: string): void {
	const address = URL.createObjectURL(new Blob([text], { type }));
	const link = document.createElement('a');
	link.href = address;
	link.download = name;
	link.click();
	// The browser has read it by then.
	setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
