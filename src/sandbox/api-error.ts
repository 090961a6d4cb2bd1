/** An answer the API gives instead of a result; the router turns it into the error envelope. */
export class ApiError extends Error {
	readonly status: number;
	readonly code: string;
	readonly headers: Record<string, string>;

	constructor(status: number, code: string, message: string, headers: Record<string, string> = {}) {
		super(message);
		this.status = status;
		this.code = code;
		this.headers = headers;
	}
}

/** 404 with the sentence Resend uses, `Contact not found`. Segments still answer as audiences. */
export function notFound(noun: string): ApiError {
	return new ApiError(404, 'not_found', `${noun} not found`);
}

/** 422: a field has a value the API does not take. */
export function invalid(message: string): ApiError {
	return new ApiError(422, 'validation_error', message);
}

/** 422: a required field is absent. */
export function missing(field: string): ApiError {
	return new ApiError(422, 'missing_required_field', `Missing \`${field}\` field.`);
}

/** 403: the object exists, and its state forbids the call. */
export function refused(message: string): ApiError {
	return new ApiError(403, 'validation_error', message);
}

/** The JSON every refusal carries. */
export function envelope(error: ApiError): { statusCode: number; message: string; name: string } {
	return { statusCode: error.status, message: error.message, name: error.code };
}
