/** One line of a measurement, and whether what it says is as promised. */
export interface Finding {
	isGood: boolean;
	text: string;
}
